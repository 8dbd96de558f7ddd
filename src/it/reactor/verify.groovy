def check = evaluate(new File(checks))
["hello", "farewell"].each { module ->
    assert new URL(check.deployed("$module/") + "/Grace").text.endsWith(', Grace')
    check.noContainerIsLeftOf("shop:$module")
}
assert !new File(basedir, "words/target/ecs/image.json").exists() : "the library got an image"
