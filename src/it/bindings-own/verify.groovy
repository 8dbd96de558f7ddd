// What the user has bound runs there and once; what he has not is added once.
def goals = []
new File(basedir, "build.log").eachLine { line ->
    def goal = line =~ /--- (?:maven-)?(ecs|failsafe)(?:-maven-plugin|-plugin)?:[^:]+:([a-z-]+) \(([a-z-]+)\)/
    if (goal.find()) {
        goals << "${goal.group(1)}:${goal.group(2)} (${goal.group(3)})".toString()
    }
}
assert goals == [
    "ecs:validate (ecs-validate)",
    "ecs:prebuild (ecs-prebuild)",
    "ecs:image (mine)",
    "ecs:start (managed)",
    "failsafe:integration-test (mine)",
    "ecs:stop (ecs-stop)",
    "failsafe:verify (ecs-verify)",
    "ecs:push (inherited)",
    "ecs:preflight (ecs-preflight)",
    "ecs:redeploy (redeploy-mine)",
]
def check = evaluate(new File(checks))
def rollout = check.read("target/ecs/redeploy.json").services[0]
assert rollout.digest == check.read("target/ecs/push.json").digest
assert new URL(rollout.url + "/echo").text == "/echo"
