package io.github.ecsmaven.goal;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import io.github.ecsmaven.DockerLogins;
import io.github.ecsmaven.Logins;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.ecr.EcrLogins;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.maven.plugin.logging.Log;

/**
 * In which order logins to registries are looked for: settings.xml goes first; AWS is asked for ECR's own hosts; then the logins
 * of {@code docker login}.
 *
 * <p>Anybody may pull from Public ECR, and most base images come from there. A look for AWS credentials can take seconds where
 * there are none (the instance's address is asked, and does not answer), so a base image there is asked for without a login first.
 */
final class RegistryLogins {
    private final Function<String, Optional<Credential>> settings;
    private final Function<String, Optional<Credential>> aws;
    private final Logins docker;
    private final Log log;

    /**
     * @param settings the login that settings.xml has for a host
     * @param aws a new login to a host of ECR; empty when AWS is not asked, a Problem when it gives none
     */
    RegistryLogins(
            Function<String, Optional<Credential>> settings, Function<String, Optional<Credential>> aws, Log log) {
        this(settings, aws, image -> DockerLogins.of(image, System.getenv()), log);
    }

    RegistryLogins(
            Function<String, Optional<Credential>> settings,
            Function<String, Optional<Credential>> aws,
            Logins docker,
            Log log) {
        this.settings = settings;
        this.aws = aws;
        this.docker = docker;
        this.log = log;
    }

    /**
     * Who asks AWS for the login to a host of ECR, and where: in the host's own region, whatever {@code ecs.region} is, as its token
     * is good for that region alone; a registry of another account takes it when that account's policies do.
     */
    static AwsSettings awsFor(String host, Optional<String> profile, Optional<String> roleArn) {
        return new AwsSettings(EcrLogins.loginRegion(host), profile, roleArn, Optional.empty(), Optional.empty());
    }

    /** Of an image that is pulled. AWS is asked for Public ECR once it has refused more calls without a login. */
    Logins ofBase() {
        return new Logins() {
            @Override
            public List<CredentialRetriever> of(ImageReference image) {
                String host = image.getRegistry();
                return EcrLogins.isPublic(host) ? withoutAws(image) : withAws(image, () -> quietly(host));
            }

            @Override
            public Optional<Logins> whenBusy(String host) {
                return EcrLogins.isPublic(host) ? Optional.of(ofBusyBase()) : Optional.empty();
            }
        };
    }

    /** Of a base image in a goal that calls AWS anyway. */
    Logins ofBaseWithAws() {
        return image -> withAws(image, () -> quietly(image.getRegistry()));
    }

    private Logins ofBusyBase() {
        return image -> withAws(image, () -> saying(image.getRegistry()));
    }

    /** Of an image that is pushed. What AWS said is told when no other login is found either. */
    Logins ofTarget() {
        return image -> {
            List<Problem> refused = new ArrayList<>();
            List<CredentialRetriever> retrievers = new ArrayList<>(withAws(image, () -> {
                refused.clear();
                try {
                    return aws.apply(image.getRegistry());
                } catch (Problem none) {
                    refused.add(none);
                    return Optional.empty();
                }
            }));
            retrievers.add(() -> {
                if (!refused.isEmpty()) {
                    throw refused.get(0);
                }
                return Optional.empty();
            });
            return retrievers;
        };
    }

    private List<CredentialRetriever> withAws(ImageReference image, CredentialRetriever ofAws) {
        List<CredentialRetriever> retrievers = new ArrayList<>(withoutAws(image));
        if (EcrLogins.isEcr(image.getRegistry())) {
            retrievers.add(1, ofAws);
        }
        return retrievers;
    }

    private List<CredentialRetriever> withoutAws(ImageReference image) {
        List<CredentialRetriever> retrievers = new ArrayList<>();
        retrievers.add(() -> settings.apply(image.getRegistry()));
        retrievers.addAll(docker.of(image));
        return retrievers;
    }

    private Optional<Credential> quietly(String host) {
        try {
            return aws.apply(host);
        } catch (Problem none) {
            log.debug("AWS gives no login to " + host + ": " + none.text());
            return Optional.empty();
        }
    }

    private Optional<Credential> saying(String host) {
        try {
            return aws.apply(host);
        } catch (Problem none) {
            log.warn(host + " lets callers without a login ask less often, and AWS gives no login: " + none.what());
            log.debug(none.text());
            return Optional.empty();
        }
    }
}
