package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RegistryFailure;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.sandbox.LocalAws;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecrpublic.model.EcrPublicException;

/** The login to Public ECR, through the AWS SDK, and the push to a registry that takes logins as it does. */
class PublicEcrTest {
    @TempDir
    static Path home;

    private static LocalAws aws;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws IOException {
        aws = new LocalAws(home);
    }

    @AfterAll
    static void close() throws IOException {
        aws.close();
    }

    private static Credential login() {
        try (AwsClients clients = aws.clients(
                LocalAws.ACCOUNT, EcrLogins.loginRegion("public.ecr.aws").orElseThrow())) {
            return EcrLogins.of(clients.ecrPublic());
        }
    }

    @Test
    void pushWithTheTokenOfAwsIsTaken() throws Exception {
        List<String> given = new CopyOnWriteArrayList<>();
        try (TokenRegistry registry = new TokenRegistry(given::contains)) {
            Digest pushed = push(registry.host() + "/shop/orders", () -> {
                Credential login = login();
                given.add(login.getPassword());
                return Optional.of(login);
            });
            assertThat(registry.has("1.0")).isTrue();
            assertThat(registry.has(pushed.value())).isTrue();
            assertThat(registry.tokens).isNotEmpty().containsOnly("AWS");
        }
    }

    @Test
    void pushWithoutALoginIsRefused() throws Exception {
        try (TokenRegistry registry = new TokenRegistry(any -> false)) {
            Problem problem =
                    catchThrowableOfType(Problem.class, () -> push(registry.host() + "/shop/orders", Optional::empty));
            assertThat(problem.what()).endsWith("failed: this login may not push there.");
            assertThat(registry.has("1.0")).isFalse();
        }
    }

    /** As a login of ECR in another account does too. */
    @Test
    void pushWhenAwsGivesNoLoginSaysWhyAndHoldsTheStatementToAdd() throws Exception {
        aws.order("[{'fault': 'deny', 'action': 'ecr-public:GetAuthorizationToken'}]");
        try (TokenRegistry registry = new TokenRegistry(any -> false)) {
            Problem problem = catchThrowableOfType(
                    Problem.class, () -> push(registry.host() + "/shop/orders", () -> Optional.of(login())));
            assertThat(problem.text())
                    .startsWith(
                            "Could not log in to Public ECR: the permission ecr-public:GetAuthorizationToken is missing.")
                    .contains(
                            "\n  Statement: {\"Effect\": \"Allow\", \"Action\": \"ecr-public:GetAuthorizationToken\"");
            assertThat(registry.tokens).isEmpty();
        } finally {
            aws.mend();
        }
    }

    @Test
    void tokenIsGivenInOneRegionOnly() {
        try (AwsClients clients = aws.clients()) {
            assertThat(catchThrowableOfType(EcrPublicException.class, () -> clients.ecrPublic()
                                    .getAuthorizationToken(request -> {}))
                            .awsErrorDetails()
                            .errorCode())
                    .isEqualTo("UnsupportedCommandException");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DENIED        | not to this one | Statement: {\"Effect\": \"Allow\", \"Action\": [\"ecr-public:BatchCheckLayerAvailability\"",
                "DENIED        | User: u is not authorized to perform: ecr-public:PutImage on resource: arn:aws:ecr-public::1:repository/o | add ecr-public:PutImage to",
                "NO_LOGIN      | no              | give the build AWS credentials that may push to public.ecr.aws",
                "NO_REPOSITORY | NAME_UNKNOWN    | aws ecr-public create-repository",
            })
    void explainNamesWhatPublicEcrWants(RegistryFailure.Kind kind, String answer, String said) {
        PushTarget target = new PushTarget(PushImage.requireName("public.ecr.aws/a1b2c3/orders"), List.of());
        assertThat(new ExplainPush(target, false)
                        .explain(new RegistryFailure(kind, answer), new IOException())
                        .text())
                .contains(said)
                .doesNotContain("\"ecr:", "docker login");
    }

    private Digest push(String name, CredentialRetriever login) throws Exception {
        Pushes pushes = new Pushes(folder);
        JibContainerBuilder image = pushes.image("one");
        Digest digest = pushes.digest(image);
        PushImage push = new PushImage(
                () -> {
                    throw new AssertionError("no call of ECR's API with a full name");
                },
                pushes,
                Clock.systemUTC(),
                time -> {
                    throw new AssertionError(pushes.told.toString());
                },
                any -> List.of(login));
        System.setProperty("sendCredentialsOverHttp", "true");
        try {
            push.run(pushes.named(image, digest, name, "1.0"));
            return digest;
        } finally {
            System.clearProperty("sendCredentialsOverHttp");
        }
    }
}
