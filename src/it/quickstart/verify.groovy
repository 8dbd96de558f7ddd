import groovy.json.JsonSlurper

def read(String path) {
    def file = new File(basedir, path)
    assert file.isFile() : "$file is missing"
    new JsonSlurper().parse(file)
}

[""].each { module ->
    def image = read("${module}target/ecs/image.json")
    def push = read("${module}target/ecs/push.json")
    def rollouts = read("${module}target/ecs/redeploy.json").services
    assert image.digest ==~ /sha256:[0-9a-f]{64}/
    assert push.digest == image.digest : "what was pushed is not what was tested"
    assert push.tags.contains("1.0.0")
    assert rollouts.size() == 1
    assert rollouts[0].digest == image.digest : "what runs is not what was tested"
    assert rollouts[0].url.startsWith("http://127.0.0.1:")
    assert new URL(rollouts[0].url + "/greeting?name=Grace").text == '{"text":"Hello, Grace!"}'
    assert new File(basedir, "${module}target/ecs/container.log").isFile()
}

["shop:greeting"].each { project ->
    // Others may build the same project now: a container is left when the keeper that owns it has ended.
    def keepers = ["docker", "ps", "--all", "--filter", "label=io.github.ecsmaven.test.project=$project",
            "--format", '{{.Label "io.github.ecsmaven.test.keeper"}}'].execute().text.readLines()
    assert keepers.every { ProcessHandle.of(it.split(/\|/)[3] as long).present } : "a temporary container of $project is left"
}
assert new File(basedir, "build.log").text =~ /(?m)ECS summary of [\w-]+$/
