def check = evaluate(new File(checks))
["hello", "farewell"].each { module ->
    assert new URL(check.deployed("$module/") + "/Grace").text.endsWith(', Grace')
    check.noContainerIsLeftOf("shop:$module")
}
// The first build, without -T: Maven goes on to the next module while the rollout is watched.
def log = new File(basedir, "build.log").text
def left = log.indexOf("The rollout of hello goes on while the next modules are built")
assert left >= 0 && left < log.indexOf("Building farewell")
assert log.indexOf("  hello ", left) > left : "nobody has told how the rollout of hello ended"
assert !new File(basedir, "words/target/ecs/image.json").exists() : "the library got an image"
