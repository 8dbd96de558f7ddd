package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI against the sandbox. */
class AwsCliIT {
    @TempDir
    Path home;

    private Sandbox sandbox;
    private CommandLine aws;

    @BeforeEach
    void start() {
        assumeTrue(CommandLine.find("aws").isPresent(), "skipped: the AWS CLI ('aws') is not installed");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        sandbox = new Sandbox(home, 0, java, System.getProperty("java.class.path"));
        Sandbox.Address address = sandbox.ensure();
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
        aws.run("aws ecs create-cluster --cluster-name uat");
        aws.run("aws ecs register-task-definition --family web --container-definitions"
                + " [{\"name\":\"web\",\"image\":\"registry.test/none:1\",\"memory\":64}]");
        aws.run("aws ecs create-service --cluster uat --service-name web --task-definition web --desired-count 0");
        aws.run("aws ecs wait services-stable --cluster uat --services web");
        assertThat(aws.run("aws ecs describe-services --cluster uat --services web --output text"
                        + " --query services[0].[status,deployments[0].rolloutState]"))
                .isEqualTo("ACTIVE\tCOMPLETED");

        aws.run("aws ecr create-repository --repository-name orders");
        assertThat(aws.run("aws ecr describe-images --repository-name orders --query length(imageDetails)"))
                .isEqualTo("0");
        assertThatThrownBy(() -> aws.run("aws ecr describe-images --repository-name bills"))
                .hasMessageContaining("RepositoryNotFoundException");
    }
}
