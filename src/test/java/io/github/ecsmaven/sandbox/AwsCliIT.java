package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** The AWS CLI against the sandbox. */
class AwsCliIT {
    @TempDir
    Path home;

    private Sandbox sandbox;
    private Sandbox.Address address;
    private CommandLine aws;

    @BeforeEach
    void start() {
        assumeTrue(CommandLine.find("aws").isPresent(), "skipped: the AWS CLI ('aws') is not installed");
        sandbox = SandboxClients.of(home);
        address = sandbox.ensure();
        aws = new CommandLine(Map.of(
                "AWS_ENDPOINT_URL", address.endpoint().toString(),
                "AWS_REGION", address.region(),
                "AWS_DEFAULT_REGION", address.region(),
                "AWS_ACCESS_KEY_ID", address.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", address.secretAccessKey(),
                "AWS_CONFIG_FILE", home.resolve("none").toString(),
                "AWS_SHARED_CREDENTIALS_FILE", home.resolve("none").toString(),
                "AWS_PAGER", ""));
    }

    @AfterEach
    void stop() {
        if (sandbox != null) {
            sandbox.stop(true);
        }
    }

    @Test
    void describeAndWaitAnswerAsOnAws() throws Exception {
        prepare();
        aws.run("aws ecs wait services-stable --cluster uat --services web");
        assertThat(aws.run("aws ecs describe-services --cluster uat --services web --output text"
                        + " --query services[0].[status,deployments[0].rolloutState]"))
                .isEqualTo("ACTIVE\tCOMPLETED");
        assertThat(aws.run("aws ecr describe-images --repository-name orders --query length(imageDetails)"))
                .isEqualTo("0");
    }

    @Test
    void s3SyncAndList() throws Exception {
        Path site = Files.createDirectories(home.resolve("site/a b"));
        Files.writeString(site.resolve("größe+1.html"), "<p>1");
        Files.writeString(home.resolve("site/index.html"), "<p>index");
        aws.run("aws s3 mb s3://shop-web");

        aws.run("aws s3 sync " + home.resolve("site") + " s3://shop-web/app --only-show-errors");

        assertThat(aws.run("aws s3api list-objects-v2 --bucket shop-web --output text --query Contents[].Key"))
                .isEqualTo("app/a b/größe+1.html\tapp/index.html");
        assertThat(aws.run("aws s3 cp s3://shop-web/app/index.html -")).isEqualTo("<p>index");
        aws.run("aws s3 rm --recursive s3://shop-web --only-show-errors");
        aws.run("aws s3 rb s3://shop-web");
    }

    /** A service without tasks and an empty repository; through the SDK, as each call of the CLI takes a second or two. */
    private void prepare() {
        try (EcsClient ecs = SandboxClients.ecs(address);
                EcrClient ecr = SandboxClients.ecr(address)) {
            ecs.createCluster(request -> request.clusterName("uat"));
            ContainerDefinition container = ContainerDefinition.builder()
                    .name("web")
                    .image("registry.test/none:1")
                    .memory(64)
                    .build();
            ecs.registerTaskDefinition(request -> request.family("web").containerDefinitions(container));
            ecs.createService(request -> request.cluster("uat")
                    .serviceName("web")
                    .taskDefinition("web")
                    .desiredCount(0));
            ecr.createRepository(request -> request.repositoryName("orders"));
        }
    }
}
