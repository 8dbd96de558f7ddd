package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import io.github.ecsmaven.Logins;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is asked for a login to a registry, and in which order. */
class RegistryLoginsTest {
    private static final String PUBLIC = "public.ecr.aws";
    private static final String PRIVATE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    private final List<String> asked = new ArrayList<>();
    private final List<String> console = new ArrayList<>();

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "base,         public.ecr.aws,                               settings docker",
        "base,         ecr-public.aws.com,                           settings docker",
        "base,         123456789012.dkr.ecr.eu-west-1.amazonaws.com, settings aws docker",
        "base,         ghcr.io,                                      settings docker",
        "busy base,    public.ecr.aws,                               settings aws docker",
        "base in push, public.ecr.aws,                               settings aws docker",
        "base in push, ghcr.io,                                      settings docker",
        "target,       public.ecr.aws,                               settings aws docker",
        "target,       ecr-public.aws.com,                           settings aws docker",
        "target,       123456789012.dkr.ecr.eu-west-1.amazonaws.com, settings aws docker",
        "target,       ghcr.io,                                      settings docker",
    })
    void loginsAreLookedForInOrder(String what, String host, String order) throws Exception {
        assertThat(first(of(what, logins(Set.of()), host), host)).isEmpty();
        assertThat(String.join(" ", asked)).isEqualTo(order);
    }

    @ParameterizedTest(name = "{0} has one")
    @CsvSource({"settings, settings", "aws, settings aws", "docker, settings aws docker"})
    void theFirstThatIsFoundCounts(String has, String order) throws Exception {
        assertThat(first(logins(Set.of(has)).ofTarget(), PUBLIC))
                .map(Credential::getUsername)
                .contains(has);
        assertThat(String.join(" ", asked)).isEqualTo(order);
    }

    /** A base image of account B in Frankfurt, pushed to account A in Ireland: one role, the login of each from its own region. */
    @Test
    void baseAndTargetOfOtherAccountsAndRegionsHaveALoginEach() throws Exception {
        List<AwsSettings> called = new ArrayList<>();
        RegistryLogins logins = new RegistryLogins(
                host -> Optional.empty(),
                host -> {
                    AwsSettings settings =
                            RegistryLogins.awsFor(host, Optional.of("ci"), Optional.of("arn:aws:iam::1:role/deploy"));
                    called.add(settings);
                    return Optional.of(Credential.from("AWS", settings.region().orElseThrow()));
                },
                image -> List.of(),
                new SystemStreamLog());
        assertThat(first(logins.ofBaseWithAws(), "210987654321.dkr.ecr.eu-central-1.amazonaws.com"))
                .map(Credential::getPassword)
                .contains("eu-central-1");
        assertThat(first(logins.ofTarget(), PRIVATE))
                .map(Credential::getPassword)
                .contains("eu-west-1");
        assertThat(called).allSatisfy(settings -> {
            assertThat(settings.profile()).contains("ci");
            assertThat(settings.roleArn()).contains("arn:aws:iam::1:role/deploy");
            assertThat(settings.endpoint()).isEmpty();
            assertThat(settings.fixed()).isEmpty();
        });
    }

    @Test
    void onlyPublicEcrHasMoreLoginsWhenItIsBusy() {
        Logins base = logins(Set.of()).ofBase();
        assertThat(base.whenBusy(PRIVATE)).isEmpty();
        assertThat(base.whenBusy("registry-1.docker.io")).isEmpty();
        assertThat(base.whenBusy(PUBLIC)).isPresent();
    }

    @Test
    void busyBaseWhenAwsGivesNoneGoesOnWithANotice() throws Exception {
        assertThat(first(of("busy base", logins(Set.of("none of aws")), PUBLIC), PUBLIC))
                .isEmpty();
        assertThat(console)
                .contains("WARNING public.ecr.aws lets callers without a login ask less often, and AWS gives no login:"
                        + " Could not log in.");
    }

    @Test
    void targetWhenAwsGivesNoneSaysWhyUnlessAnotherLoginIsFound() throws Exception {
        for (String host : List.of(PUBLIC, PRIVATE)) {
            Problem problem = catchThrowableOfType(
                    Problem.class, () -> first(logins(Set.of("none of aws")).ofTarget(), host));
            assertThat(problem.what()).isEqualTo("Could not log in.");
            assertThat(first(logins(Set.of("none of aws", "docker")).ofTarget(), host))
                    .isPresent();
        }
    }

    private Logins of(String what, RegistryLogins logins, String host) {
        return switch (what) {
            case "base" -> logins.ofBase();
            case "busy base" -> logins.ofBase().whenBusy(host).orElseThrow();
            case "base in push" -> logins.ofBaseWithAws();
            default -> logins.ofTarget();
        };
    }

    private RegistryLogins logins(Set<String> has) {
        return new RegistryLogins(
                host -> ask("settings", has),
                host -> {
                    if (has.contains("none of aws")) {
                        throw Problem.ofProject("Could not log in.", "help it.");
                    }
                    return ask("aws", has);
                },
                image -> List.of(() -> ask("docker", has)),
                new ConsoleLines(console));
    }

    private Optional<Credential> ask(String who, Set<String> has) {
        asked.add(who);
        return Optional.of(Credential.from(who, "secret")).filter(any -> has.contains(who));
    }

    private static Optional<Credential> first(Logins logins, String host) throws Exception {
        for (CredentialRetriever retriever : logins.of(ImageReference.of(host, "shop/orders", "1"))) {
            Optional<Credential> found = retriever.retrieve();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
