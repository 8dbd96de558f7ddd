package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.sandbox.LocalAws;
import io.github.ecsmaven.sandbox.engine.ScriptedEngine.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        Await.until("both services", Duration.ofSeconds(30), () -> isUp("orders") && isUp("billing"));
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        aws.close();
    }

    @Test
    void frontEndsGoUpWhenAllRolloutsHaveCompletedWhereverTheyStand() {
        MavenBuild build = reactor("completes");

        String console = build.run("ecs:redeploy", "ecs:upload").succeeds().console();

        assertThat(console)
                .containsSubsequence("web", "The front end goes up at the build's end", "Rollout of orders")
                .contains("The front end goes up after the rollouts that are under way.")
                .containsPattern("(?s)orders +\\d+ s  completed.*Uploaded 1 of 1 files")
                .containsPattern("(?s)billing +\\d+ s  completed.*Uploaded 1 of 1 files");
        assertThat(objects("shop-web")).contains("index.html");
        assertThat(objects("shop-kiosk")).contains("index.html");
    }

    /** Nor with threads, nor when the other modules are to be deployed all the same. */
    @Test
    void frontEndsStayDownWhenARolloutHasFailed() {
        aws.engine().on("registry/billing@" + NEW, Script.CRASHES);
        MavenBuild build = reactor("fails");

        String console = build.run("ecs:redeploy", "ecs:upload", "-T", "2", "--fail-at-end")
                .failsWith(
                        "web is not uploaded: a front end goes up only when the back ends of its build have.",
                        "kiosk is not uploaded: a front end goes up only when the back ends of its build have.",
                        "The rollout of billing has failed.")
                .console();

        assertThat(console)
                .containsPattern("orders \\.+ SUCCESS")
                .containsPattern("billing \\.+ FAILURE")
                .containsPattern("web \\.+ FAILURE")
                .containsPattern("kiosk \\.+ FAILURE");
        assertThat(List.of(objects("shop-web"), objects("shop-kiosk"))).containsExactly(NOTHING, NOTHING);

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
        clients.ecs()
                .createService(ask -> ask.cluster("uat")
                        .serviceName(service)
                        .taskDefinition(service)
                        .desiredCount(1)
                        .loadBalancers(LoadBalancer.builder()
                                .targetGroupArn("arn:aws:elasticloadbalancing:" + LocalAws.REGION + ":"
                                        + LocalAws.ACCOUNT + ":targetgroup/" + service + "/6d0ecf831eec9f09")
                                .containerName("app")
                                .containerPort(8080)
                                .build()));
    }

    private boolean isUp(String service) {
        return clients.ecs().describeServices(ask -> ask.cluster("uat").services(service)).services().stream()
                .flatMap(one -> one.deployments().stream())
                .anyMatch(one -> "COMPLETED".equals(one.rolloutStateAsString()));
    }

    private MavenBuild reactor(String name) {
        MavenBuild build = MavenBuild.empty("front-ends", name)
                .environment("AWS_ACCESS_KEY_ID", LocalAws.ACCOUNT)
                .environment("AWS_SECRET_ACCESS_KEY", "test")
                .environment("AWS_REGION", LocalAws.REGION)
                .with("-Decs.endpoint=" + aws.endpoint());
        build.write("pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>shop</groupId><artifactId>shop</artifactId><version>1</version><packaging>pom</packaging>
                  <properties><ecs.cluster>uat</ecs.cluster></properties>
                  <build><plugins><plugin>
                    <groupId>io.github.ecsmaven</groupId><artifactId>ecs-maven-plugin</artifactId>
                    <version>0.1.0-SNAPSHOT</version><extensions>true</extensions>
                  </plugin></plugins></build>
                  <modules><module>%s</module></modules>
                </project>
                """.formatted(String.join("</module><module>", MODULES)));
        List.of("web", "kiosk").forEach(module -> {
            module(build, module, "<packaging>pom</packaging><properties><ecs.upload.bucket>shop-" + module
                    + "</ecs.upload.bucket></properties>");
            build.write(module + "/dist/index.html", "<h1>" + module + "</h1>");
        });
        List.of("orders", "billing").forEach(module -> {
            module(build, module, "");
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
