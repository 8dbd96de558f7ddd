// What holds for every sample that was deployed; verify.groovy gets it by evaluate(new File(checks)).
import groovy.json.JsonSlurper

def read(String path) {
    def file = new File(basedir, path)
    assert file.isFile() : "$file is missing"
    new JsonSlurper().parse(file)
}

/**
 * What was tested was pushed and runs, and the summary tells it. Returns the service's URL.
 * @param test the module's one integration test
 */
def deployed(String module, String test) {
    def report = new File(basedir, "${module}target/failsafe-reports/TEST-${test}.xml")
    assert report.isFile() : "the integration test has not run: $report is missing"
    assert report.text =~ /<testsuite [^>]*tests="1" errors="0" skipped="0" failures="0"/
    def image = read("${module}target/ecs/image.json")
    def push = read("${module}target/ecs/push.json")
    def rollouts = read("${module}target/ecs/redeploy.json").services
    assert image.digest ==~ /sha256:[0-9a-f]{64}/
    assert push.digest == image.digest : "what was pushed is not what was tested"
    assert push.tags.contains("1.0.0")
    assert rollouts.size() == 1
    assert rollouts[0].digest == image.digest : "what runs is not what was tested"
    assert rollouts[0].url.startsWith("http://127.0.0.1:")
    assert new File(basedir, "${module}target/ecs/container.log").isFile()
    def log = new File(basedir, "build.log").text
    // The last one of the module; each sample's service is called as its artifactId.
    def summary = log.substring(log.lastIndexOf("ECS summary of ${rollouts[0].service}")).readLines()
    def told = ["container start": /[\d.]+ s/, "integration tests": /[\d.]+ s/, "push": /[\d.]+ s/, "rollout": /[\d.]+ s/,
            "digest": image.digest, "tags": push.tags.join(", "), "deployment": rollouts[0].deploymentId, "url": rollouts[0].url]
    told.each { name, value ->
        assert summary.any { it ==~ "\\[INFO\\] +$name +$value" } : "the summary does not tell the $name, $value"
    }
    rollouts[0].url
}

/** Others may build the same project now: a container is left when the keeper that owns it has ended. */
def noContainerIsLeftOf(String project) {
    def docker = ["docker", "ps", "--all", "--filter", "label=io.github.ecsmaven.test.project=$project",
            "--format", '{{.Label "io.github.ecsmaven.test.keeper"}}'].execute()
    def out = new StringBuilder()
    def err = new StringBuilder()
    docker.waitForProcessOutput(out, err)
    assert docker.waitFor() == 0 : "docker can't tell whether a container of $project is left: $err"
    def keepers = out.toString().readLines()
    assert keepers.every { ProcessHandle.of(it.split(/\|/)[3] as long).present } : "a temporary container of $project is left"
}

this
