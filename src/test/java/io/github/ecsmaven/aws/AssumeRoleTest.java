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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ecs.roleArn} over the wire: a scripted STS and ECS behind one endpoint. */
class AssumeRoleTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/deploy";
    private static final String KEY = "aws.accessKeyId";
    private static final String SECRET = "aws.secretAccessKey";

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private boolean allowed = true;

    private record Seen(String body, String authorization, String token) {}

    @BeforeEach
    void start() throws IOException {
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
        allowed = false;
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

    private AwsClients clients() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        AwsSettings settings = new AwsSettings(
                Optional.of("eu-west-1"), Optional.empty(), Optional.of(ROLE), Optional.of(endpoint), Optional.empty());
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
        String text = !sts ? "{\"clusterArns\":[]}" : allowed ? assumed() : refused();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(sts && !allowed ? 403 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String assumed() {
        return "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>"
                + "<AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>session</SessionToken>"
                + "<Expiration>" + Instant.now().plusSeconds(3600) + "</Expiration></Credentials>"
                + "</AssumeRoleResult></AssumeRoleResponse>";
    }

    private static String refused() {
        return "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
                + "<Code>AccessDenied</Code><Message>User: arn:aws:iam::123456789012:user/ci is not authorized to perform:"
                + " sts:AssumeRole on resource: " + ROLE + "</Message></Error></ErrorResponse>";
    }
}
