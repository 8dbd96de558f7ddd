def check = evaluate(new File(checks))
["hello": "shop.hello.HelloIT", "farewell": "shop.farewell.FarewellIT"].each { module, test ->
    assert new URL(check.deployed("$module/", test) + "/Grace").text.endsWith(', Grace')
    check.noContainerIsLeftOf("shop:$module")
}
// The first build, without -T: Maven goes on to the next module while the rollout is watched.
def log = new File(basedir, "build.log").text
def left = log.indexOf("The rollout of hello goes on while the next modules are built")
assert left >= 0 && left < log.indexOf("Building farewell")
assert log.indexOf("  hello ", left) > left : "nobody has told how the rollout of hello ended"
// The front ends, before and behind the services, go up when both services run.
["web", "kiosk"].each { module ->
    def place = "to s3://reactor-$module/"
    assert log.indexOf(place) >= 0 : "$module was not uploaded"
    def before = log.substring(0, log.indexOf(place))
    assert (before =~ /completed, running sha256/).size() == 2 : "$module went up before both services ran"
    assert check.read("$module/target/ecs/upload.json").files == 1
}
// The second build, with -T, has pushed another image of both, and rolled it out.
def second = log.substring(log.indexOf("MultiThreadedBuilder"))
["hello", "farewell"].each { module ->
    def rollout = check.read("$module/target/ecs/redeploy.json").services[0]
    assert rollout.outcome == "COMPLETED"
    assert rollout.taskDefinition != rollout.previousTaskDefinition
    assert second =~ "Pushed [^ ]*/$module@${rollout.digest.take(19)}"
}
assert !new File(basedir, "words/target/ecs/image.json").exists() : "the library got an image"
