package io.github.ecsmaven.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ecs.roleArn} over the wire: a scripted STS and ECS behind one endpoint. */
class AssumeRoleTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/deploy";
    private static final String KEY = "aws.accessKeyId";
    private static final String SECRET = "aws.secretAccessKey";

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String refusal = "";

    private record Seen(String body, String authorization, String token) {}

    @TempDir
    Path folder;

    private Path token;

    @BeforeEach
    void start() throws IOException {
        token = Files.writeString(folder.resolve("token"), "the-token");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        // The first place where the SDK's chain looks.
        System.setProperty(KEY, "BASE");
        System.setProperty(SECRET, "base-secret");
    }

    @AfterEach
    void stop() {
        System.clearProperty(KEY);
        System.clearProperty(SECRET);
        server.stop(0);
    }

    @Test
    void callWithARoleIsSignedWithTheRolesKeyAndAssumesItOnce() {
        try (AwsClients clients = clients()) {
            clients.ecs().listClusters();
            clients.ecs().listClusters();
        }
        assertThat(seen).hasSize(3);
        assertThat(seen.get(0).body())
                .contains("Action=AssumeRole", "RoleArn=" + ROLE, "RoleSessionName=ecs-maven-plugin-jenkins-orders-17");
        assertThat(seen.get(0).authorization()).contains("Credential=BASE/");
        assertThat(seen.get(1).authorization()).contains("Credential=ASSUMED/");
        assertThat(seen.get(1).token()).isEqualTo("session");
    }

    @Test
    void callWithARoleThatIsRefusedNamesRoleAndPermission() {
        refusal = refused(
                "AccessDenied",
                "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: sts:AssumeRole on resource: "
                        + ROLE);
        try (AwsClients clients = clients()) {
            Problem problem =
                    catchThrowableOfType(Problem.class, () -> clients.ecs().listClusters());
            assertThat(problem.what())
                    .isEqualTo("Could not assume the role '" + ROLE
                            + "' (ecs.roleArn): the permission sts:AssumeRole is missing.");
            assertThat(problem.next())
                    .startsWith("add sts:AssumeRole on " + ROLE)
                    .contains("trust policy");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ExpiredToken | The security token included in the request is expired | the AWS session has expired | get new credentials right before the deploy",
                "InvalidClientTokenId | The security token included in the request is invalid. | AWS does not know these credentials | AWS_SESSION_TOKEN",
                "SignatureDoesNotMatch | Signature expired: 20151221T200419Z is now earlier than 20151221T201450Z (20151221T201950Z - 5 min.) | the clock of this machine is wrong | NTP",
                "SignatureDoesNotMatch | Signature not yet current: 20151221T203000Z is still later than 20151221T202450Z (20151221T201950Z + 5 min.) | the clock of this machine is wrong | NTP",
                "SignatureDoesNotMatch | The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. | AWS does not accept the signature | AWS_SECRET_ACCESS_KEY",
            })
    void callWhenStsRefusesNamesCauseAndRemedy(String code, String message, String why, String next) {
        refusal = refused(code, message);
        try (AwsClients roles = clients();
                AwsClients own = clients(Optional.empty())) {
            Problem assuming =
                    catchThrowableOfType(Problem.class, () -> roles.ecs().listClusters());
            Problem asking = catchThrowableOfType(Problem.class, own::callerIdentity);
            assertThat(assuming.what())
                    .isEqualTo("Could not assume the role '" + ROLE + "' (ecs.roleArn): " + why + ".");
            assertThat(asking.what()).isEqualTo("Could not ask AWS whose credentials these are: " + why + ".");
            assertThat(List.of(assuming, asking)).allSatisfy(problem -> {
                assertThat(problem.evidence()).containsExactly(code + ": " + message);
                assertThat(problem.next()).contains(next);
            });
        }
    }

    /** The SDK's chain hides that answer among those of seven other places. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "AccessDenied | Not authorized to perform sts:AssumeRoleWithWebIdentity | the role does not trust the token of this build | trust policy",
                "InvalidIdentityToken | No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com | the role's account does not know who issues the tokens of this build | IAM identity provider",
                "InvalidIdentityToken | Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements | AWS cannot check the token of this build | /.well-known/openid-configuration",
                "InvalidIdentityToken | Missing a required claim: aud | the token of this build has no audience | aud",
                "ExpiredTokenException | Token expired: current date/time 1767261600 must be before the expiration date/time 1767258000 |  | right before the build",
            })
    void callWhenStsRefusesTheTokenOfTheCiNamesCauseAndRemedy(String code, String message, String why, String next) {
        refusal = refused(code, message);
        System.clearProperty(KEY);
        System.clearProperty(SECRET);
        Map<String, String> ci = Map.of(
                "aws.webIdentityTokenFile",
                token.toString(),
                "aws.roleArn",
                ROLE,
                "aws.region",
                "eu-west-1",
                "aws.disableEc2Metadata",
                "true",
                "aws.endpointUrlSts",
                endpoint().toString());
        ci.forEach(System::setProperty);
        try (AwsClients clients = clients(Optional.empty())) {
            Problem problem =
                    catchThrowableOfType(Problem.class, () -> clients.ecs().listClusters());
            assertThat(problem.what()).isEqualTo("No AWS credentials were found.");
            assertThat(problem.evidence())
                    .containsExactly(
                            "STS refused the token of AWS_WEB_IDENTITY_TOKEN_FILE"
                                    + (why == null ? "." : ": " + why + "."),
                            message);
            assertThat(problem.next()).contains(next);
            assertThat(seen).isNotEmpty().allSatisfy(call -> assertThat(call.body())
                    .contains("Action=AssumeRoleWithWebIdentity", "WebIdentityToken=the-token"));
        } finally {
            ci.keySet().forEach(System::clearProperty);
        }
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private AwsClients clients() {
        return clients(Optional.of(ROLE));
    }

    private AwsClients clients(Optional<String> role) {
        AwsSettings settings = new AwsSettings(
                Optional.of("eu-west-1"), Optional.empty(), role, Optional.of(endpoint()), Optional.empty());
        return new AwsClients(settings, Map.of("BUILD_TAG", "jenkins-orders-17"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = URLDecoder.decode(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        seen.add(new Seen(
                body,
                String.valueOf(headers.getFirst("Authorization")),
                String.valueOf(headers.getFirst("X-Amz-Security-Token"))));
        boolean sts = !headers.containsKey("X-Amz-Target");
        boolean refuses = sts && !refusal.isEmpty();
        String text = refuses ? refusal : sts ? assumed() : "{\"clusterArns\":[]}";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(refuses ? 403 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String assumed() {
        return "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>"
                + "<AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>session</SessionToken>"
                + "<Expiration>" + Instant.now().plusSeconds(3600) + "</Expiration></Credentials>"
                + "</AssumeRoleResult></AssumeRoleResponse>";
    }

    private static String refused(String code, String message) {
        return "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>"
                + code + "</Code><Message>" + message + "</Message></Error></ErrorResponse>";
    }
}
