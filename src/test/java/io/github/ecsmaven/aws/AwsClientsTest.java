package io.github.ecsmaven.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RefusingPort;
import io.github.ecsmaven.aws.AwsSettings.FixedCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

class AwsClientsTest {
    private static final Map<String, String> NO_INSTANCE = Map.of("AWS_EC2_METADATA_DISABLED", "true");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ecs.eu-west-1.amazonaws.com",
                "http://127.0.0.1.nip.io:4747",
                "http://localhost.example.com",
                "http://10.0.0.1:4747",
                "http://0.0.0.0:4747",
                "http://127.0.0.1@example.com/",
            })
    void newWhenTheSandboxIsElsewhereIsRefused(String endpoint) {
        Problem problem = catchThrowableOfType(
                Problem.class, () -> new AwsClients(sandbox(Optional.of(URI.create(endpoint))), Map.of()).close());
        assertThat(problem.what())
                .isEqualTo("The sandbox is only reached on this machine, but its endpoint is '" + endpoint + "'.");
    }

    @Test
    void newWhenTheSandboxHasNoEndpointIsRefused() {
        assertThat(catchThrowableOfType(
                        Problem.class, () -> new AwsClients(sandbox(Optional.empty()), Map.of()).close()))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:4747", "http://localhost:4747", "http://[::1]:4747"})
    void newWhenTheSandboxIsHereIsTaken(String endpoint) {
        try (AwsClients clients = new AwsClients(sandbox(Optional.of(URI.create(endpoint))), Map.of())) {
            assertThat(clients.region()).isEqualTo("eu-west-1");
        }
    }

    @Test
    void callerIdentityGoesToTheEndpointWithTheFixedKey() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        StringBuilder key = new StringBuilder();
        server.createContext("/", exchange -> {
            key.append(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer =
                    ("<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>"
                                    + "<Arn>arn:aws:iam::000000000000:root</Arn><UserId>u</UserId><Account>000000000000</Account>"
                                    + "</GetCallerIdentityResult></GetCallerIdentityResponse>")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (AwsClients clients = new AwsClients(sandbox(Optional.of(endpoint)), Map.of())) {
            assertThat(clients.callerIdentity())
                    .isEqualTo(new CallerIdentity("000000000000", "arn:aws:iam::000000000000:root"));
            assertThat(key).contains("Credential=sandbox/");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void callWhenNobodyListensNamesTheEndpoint() throws IOException {
        try (RefusingPort nobody = new RefusingPort();
                AwsClients clients = new AwsClients(
                        sandbox(Optional.of(URI.create("http://127.0.0.1:" + nobody.number()))), Map.of())) {
            URI endpoint = URI.create("http://127.0.0.1:" + nobody.number());
            Problem problem = catchThrowableOfType(Problem.class, clients::callerIdentity);
            assertThat(problem.what())
                    .isEqualTo("Could not ask AWS whose credentials these are: no answer from " + endpoint + ".");
            SdkException raw =
                    catchThrowableOfType(SdkException.class, () -> clients.ecs().listClusters());
            assertThat(raw.getMessage()).contains(endpoint.toString());
        }
    }

    @Test
    void callWhenNoCredentialsAreFoundIsOurProblem() {
        AwsSettings settings = new AwsSettings(
                Optional.of("eu-west-1"),
                Optional.of("nope-" + System.nanoTime()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (AwsClients clients = new AwsClients(settings, Map.of())) {
            Problem problem =
                    catchThrowableOfType(Problem.class, () -> clients.ecs().listClusters());
            assertThat(problem.what()).isEqualTo("No AWS credentials were found.");
            assertThat(problem.next()).startsWith("correct ecs.profile or AWS_PROFILE");
        }
    }

    @Test
    void regionWhenNowhereNamedSaysWhereItLooked() {
        Problem problem = catchThrowableOfType(Problem.class, () -> new FindRegion(List.of(() -> null)).run());
        assertThat(problem.text()).isEqualTo("""
                        No AWS region is known.
                          Looked at: ecs.region, AWS_REGION, AWS_DEFAULT_REGION, the AWS profile, the EC2 instance.
                        Next: set ecs.region in the pom (or -Decs.region=eu-west-1), or AWS_REGION in the environment.""");
    }

    @Test
    void regionWhenOnlyTheDefaultVariableIsSetIsRead() {
        AwsSettings settings = new AwsSettings(
                Optional.empty(), Optional.of("nope"), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(FindRegion.sdk(settings, Map.of("AWS_DEFAULT_REGION", "eu-central-1"))
                        .run())
                .isEqualTo(Region.EU_CENTRAL_1);
        assertThat(FindRegion.sdk(settings, Map.of("AWS_DEFAULT_REGION", "eu-central-1", "AWS_REGION", "eu-west-2"))
                        .run())
                .isEqualTo(Region.EU_WEST_2);
        assertThat(catchThrowableOfType(Problem.class, () -> FindRegion.sdk(settings, NO_INSTANCE)
                        .run()))
                .isNotNull();
    }

    @Test
    void noCredentialsSaysWhatBelongsToTheCi() {
        SdkException none =
                SdkClientException.create("Unable to load credentials from any of the providers in the chain: ["
                        + "ProfileCredentialsProvider(profileName=default): Profile file contained no credentials for"
                        + " profile 'default': ProfileFile(profilesAndSectionsMap=[])]");
        assertThat(NoCredentials.explain(Optional.empty(), Map.of("GITHUB_ACTIONS", "true"), none)
                        .next())
                .contains("configure-aws-credentials");
        assertThat(NoCredentials.explain(Optional.empty(), Map.of("JENKINS_URL", "x"), none)
                        .next())
                .contains("withAWS");
        assertThat(NoCredentials.explain(Optional.empty(), Map.of(), none).evidence())
                .singleElement()
                .asString()
                .contains("~/.aws");
        assertThat(NoCredentials.explain(Optional.empty(), Map.of("AWS_PROFILE", "uat"), none)
                        .evidence())
                .containsExactly("The profile 'uat' (ecs.profile, AWS_PROFILE) has none in ~/.aws.");
        assertThat(NoCredentials.explain(
                                Optional.empty(), Map.of(), SdkClientException.create("Unable to load SSO token"))
                        .next())
                .isEqualTo("run: aws sso login");
    }

    @Test
    void sessionNameTellsTheBuildAndIsValid() {
        assertThat(SessionName.of(Map.of("BUILD_TAG", "jenkins-shop/orders 17")))
                .isEqualTo("ecs-maven-plugin-jenkins-shop-orders-17");
        assertThat(SessionName.of(Map.of("BUILD_TAG", "x".repeat(99)))).hasSize(64);
        assertThat(SessionName.of(Map.of())).isEqualTo("ecs-maven-plugin-build");
    }

    private static AwsSettings sandbox(Optional<URI> endpoint) {
        return new AwsSettings(
                Optional.of("eu-west-1"),
                Optional.empty(),
                Optional.empty(),
                endpoint,
                Optional.of(new FixedCredentials("sandbox", "secret")));
    }
}
