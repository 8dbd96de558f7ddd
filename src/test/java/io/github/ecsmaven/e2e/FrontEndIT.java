package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.report.RecordSchema;
import io.github.ecsmaven.sandbox.LocalAws;
import io.github.ecsmaven.sandbox.engine.ScriptedEngine.Script;
import io.github.ecsmaven.sandbox.s3.S3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A reactor of two services with a front end before them and one behind them, at an AWS whose tasks follow a script. */
class FrontEndIT {
    private static final String OLD = "sha256:" + "cd".repeat(32);
    private static final String NEW = "sha256:" + "ef".repeat(32);
    private static final List<String> MODULES = List.of("web", "orders", "billing", "kiosk");
    private static final String NOTHING = "nothing";

    @TempDir
    Path folder;

    private LocalAws aws;
    private AwsClients clients;

    @BeforeEach
    void start() throws Exception {
        aws = new LocalAws(Files.createDirectories(folder.resolve("sandbox")));
        clients = aws.clients();
        List.of("shop-web", "shop-kiosk").forEach(bucket -> clients.s3().createBucket(create -> create.bucket(bucket)));
        clients.ecs().createCluster(create -> create.clusterName("uat"));
        List.of("orders", "billing").forEach(this::create);
        Await.until("both services", Duration.ofMinutes(1), () -> isUp("orders") && isUp("billing"));
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        aws.close();
    }

    @Test
    void frontEndsGoUpWhenAllRolloutsHaveCompletedWhereverTheyStand() {
        MavenBuild build = reactor("completes", "registry/orders@" + NEW);

        String console = build.run("ecs:redeploy", "ecs:upload").succeeds().console();

        assertThat(console)
                .containsSubsequence("web", "The front end goes up at the build's end", "Rollout of orders")
                .containsPattern("(?s)orders +\\d+ s  completed.*Uploaded 1 of 1 files")
                .containsPattern("(?s)billing +\\d+ s  completed.*Uploaded 1 of 1 files");
        assertThat(objects("shop-web")).contains("index.html");
        assertThat(objects("shop-kiosk")).contains("index.html");
        assertThat(console)
                .containsPattern("Smoke test of orders: http://\\S+/ answers 200")
                .containsPattern("Smoke test of web: " + site() + " answers 200")
                .containsPattern("(?s)ECS summary of web.*upload +\\d.*smoke test +\\d.*bucket +s3://shop-web/");
        JsonNode record = build.record("report.json");
        RecordSchema.accepts(record);
        assertThat(stages(record, "orders")).isEqualTo("rollout DONE, upload DONE, smoke test DONE");
        assertThat(stages(record, "web")).endsWith("upload DONE, smoke test DONE");
        assertThat(module(record, "web").path("upload").path("bucket").asText()).isEqualTo("shop-web");

        assertSiteThatDoesNotAnswerAsItShallIsBroughtBack(build);
    }

    private void assertSiteThatDoesNotAnswerAsItShallIsBroughtBack(MavenBuild build) {
        String set = module(build.record("report.json"), "web")
                .path("upload")
                .path("set")
                .asText();
        build.write("web/dist/index.html", "<h1>broken</h1>");

        build.run("ecs:upload", "-pl", "web")
                .failsWith(
                        "The smoke test of the front end in s3://shop-web/ failed: " + site()
                                + " answers without the text 'web'.",
                        "Asked 2 times within ",
                        "<h1>broken</h1>",
                        "Rollback of s3://shop-web/: 0 new, 1 changed",
                        "Rolled back: the files of set " + set + " are served again.");

        assertThat(page()).isEqualTo("<h1>web</h1>");
    }

    private String page() {
        return clients.s3()
                .getObjectAsBytes(get -> get.bucket("shop-web").key("index.html"))
                .asUtf8String();
    }

    /** Where the local AWS serves the front end. */
    private String site() {
        return clients.s3()
                .headBucket(head -> head.bucket("shop-web"))
                .sdkHttpResponse()
                .firstMatchingHeader(S3.SITE)
                .orElseThrow();
    }

    private static JsonNode module(JsonNode record, String name) {
        for (JsonNode module : record.path("modules")) {
            if (module.path("name").asText().equals(name)) {
                return module;
            }
        }
        throw new AssertionError(record.toPrettyString());
    }

    private static String stages(JsonNode record, String module) {
        List<String> stages = new ArrayList<>();
        module(record, module)
                .path("stages")
                .forEach(stage -> stages.add(stage.path("stage").asText() + " "
                        + stage.path("status").asText()));
        return String.join(", ", stages);
    }

    /** Nor with threads, nor when the other modules are to be deployed all the same. */
    @Test
    void frontEndsStayDownWhenARolloutOrASmokeTestHasFailed() {
        aws.engine().on("registry/billing@" + NEW, Script.CRASHES);
        MavenBuild build = reactor("fails", "Welcome");

        String console = build.run("ecs:redeploy", "ecs:upload", "-T", "2", "--fail-at-end")
                .failsWith(
                        "web is not uploaded: a front end goes up only when the back ends of its build have.",
                        "kiosk is not uploaded: a front end goes up only when the back ends of its build have.",
                        "The rollout of billing has failed.",
                        "The rollout of orders has failed.",
                        "The smoke test of orders in uat failed: http://",
                        "answers without the text 'Welcome'.",
                        "Rolled back: revision 1 runs again, after ")
                .console();

        assertThat(console)
                .containsPattern("orders \\.+ FAILURE")
                .containsPattern("billing \\.+ FAILURE")
                .containsPattern("web \\.+ FAILURE")
                .containsPattern("kiosk \\.+ FAILURE");
        assertThat(List.of(objects("shop-web"), objects("shop-kiosk"))).containsExactly(NOTHING, NOTHING);

        JsonNode record = build.record("report.json");
        assertThat(stages(record, "orders")).contains("rollout DONE").endsWith("smoke test FAILED");
        assertThat(stages(record, "billing")).contains("rollout FAILED");
        // What broke is told first; what is held back did not run.
        assertThat(stages(record, "web")).endsWith("upload NOT_RUN");
        assertThat(console)
                .containsPattern("(?s)ECS summary of (orders|billing).*ECS summary of web.*upload +not run")
                .doesNotContainPattern("upload .*FAILED");

        // By itself a front end waits for nobody.
        build.run("ecs:redeploy", "ecs:upload", "-pl", "web").succeeds();
        assertThat(objects("shop-web")).contains("index.html");
    }

    private String objects(String bucket) {
        List<String> keys = clients.s3().listObjectsV2(list -> list.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
        return keys.isEmpty() ? NOTHING : String.join(" ", keys);
    }

    private void create(String service) {
        ContainerDefinition container = ContainerDefinition.builder()
                .name("app")
                .image("registry/" + service + "@" + OLD)
                .memory(128)
                .portMappings(PortMapping.builder().containerPort(8080).build())
                .build();
        clients.ecs().registerTaskDefinition(ask -> ask.family(service).containerDefinitions(container));
        clients.ecs().createService(ask -> ask.cluster("uat")
                .serviceName(service)
                .taskDefinition(service)
                .desiredCount(1)
                .loadBalancers(LoadBalancer.builder()
                        .targetGroupArn("arn:aws:elasticloadbalancing:" + LocalAws.REGION + ":" + LocalAws.ACCOUNT
                                + ":targetgroup/" + service + "/6d0ecf831eec9f09")
                        .containerName("app")
                        .containerPort(8080)
                        .build()));
    }

    private boolean isUp(String service) {
        return clients.ecs().describeServices(ask -> ask.cluster("uat").services(service)).services().stream()
                .flatMap(one -> one.deployments().stream())
                .anyMatch(one -> "COMPLETED".equals(one.rolloutStateAsString()));
    }

    /** @param text that orders is asked for */
    private MavenBuild reactor(String name, String text) {
        MavenBuild build = MavenBuild.empty("front-ends", name)
                .environment("AWS_ACCESS_KEY_ID", LocalAws.ACCOUNT)
                .environment("AWS_SECRET_ACCESS_KEY", "test")
                .environment("AWS_REGION", LocalAws.REGION)
                .with("-Decs.endpoint=" + aws.endpoint(), "-Dsite=" + site(), "-Dorders.text=" + text);
        build.parentOf(MODULES);
        List.of("web", "kiosk").forEach(module -> {
            String smoke = module.equals("web")
                    ? "<ecs.smoke.url>${site}</ecs.smoke.url><ecs.smoke.text>web</ecs.smoke.text>"
                            + "<ecs.smoke.retries>1</ecs.smoke.retries>"
                    : "";
            module(
                    build,
                    module,
                    "<packaging>pom</packaging><properties><ecs.upload.bucket>shop-" + module + "</ecs.upload.bucket>"
                            + smoke + "</properties>");
            build.write(module + "/dist/index.html", "<h1>" + module + "</h1>");
        });
        List.of("orders", "billing").forEach(module -> {
            module(
                    build,
                    module,
                    module.equals("orders")
                            ? "<properties><ecs.services.orders.smoke.url>/</ecs.services.orders.smoke.url>"
                                    + "<ecs.smoke.text>${orders.text}</ecs.smoke.text>"
                                    + "<ecs.smoke.retries>1</ecs.smoke.retries></properties>"
                            : "");
            ReactorRolloutsIT.pushed(build, module + "/target/ecs/", module);
        });
        return build;
    }

    private static void module(MavenBuild build, String name, String more) {
        build.write(name + "/pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version></parent>
                  <artifactId>%s</artifactId>%s
                </project>
                """.formatted(name, more));
    }
}
