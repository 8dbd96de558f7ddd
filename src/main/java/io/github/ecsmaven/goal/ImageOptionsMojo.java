package io.github.ecsmaven.goal;

import com.google.cloud.tools.jib.api.Credential;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.ecr.EcrLogins;
import io.github.ecsmaven.image.BuildImage;
import io.github.ecsmaven.image.ContainerOptions;
import io.github.ecsmaven.image.ImageRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The goals that make the image's bytes: once to test them, and once more to push the same. */
abstract class ImageOptionsMojo extends AwsMojo {
    /**
     * No temporary container, and no integration tests unless {@code skipITs} says otherwise; then Docker is not needed.
     * {@code skipITs} and {@code skipTests} do the same. Example: {@code -Decs.test.skip}.
     */
    @Parameter(property = "ecs.test.skip", defaultValue = "false")
    String testSkip;

    /**
     * Base image; {@code docker://}, {@code tar://} and {@code registry://} prefixes as in Jib; {@code scratch}: none. Default:
     * {@code public.ecr.aws/docker/library/eclipse-temurin:<java>-jre}, for a WAR {@code jetty}. Example: {@code docker://java:17}.
     */
    @Parameter(property = "ecs.from.image")
    @Nullable String fromImage;

    /**
     * Platforms {@code os/arch}, comma separated; {@code linux/arm64/v8} is {@code linux/arm64}, other variants are refused.
     * For several an index (Docker's manifest list, with {@code ecs.container.format=OCI} an OCI index) of one image each is
     * pushed; the base image has to be such a list in a registry, and the tests run with the image for the Docker engine's
     * own platform, which has to be among them unless tests are skipped. Example: {@code linux/amd64,linux/arm64}.
     */
    @Parameter(property = "ecs.from.platforms", defaultValue = "linux/amd64")
    List<String> fromPlatforms;

    /** Ports that the container exposes, comma separated. Default: none. Example: {@code 8080,53/udp,9000-9010}. */
    @Parameter(property = "ecs.container.ports")
    @Nullable List<String> containerPorts;

    /** JVM flags before the main class, comma separated ({@code \,} is a comma). Default: none. Example: {@code -Xmx256m}. */
    @Parameter(property = "ecs.container.jvmFlags")
    @Nullable String containerJvmFlags;

    /** Environment of the container. As properties: {@code ecs.container.environment=A=b,C=d} or {@code ecs.container.environment.A=b}. Default: none. */
    @Parameter
    @Nullable Map<String, String> containerEnvironment;

    /** Labels of the image. As properties: {@code ecs.container.labels=a=b} or {@code ecs.container.labels.a=b}. Default: none. */
    @Parameter
    @Nullable Map<String, String> containerLabels;

    /** User, and group after a colon. Default: the base image's. Example: {@code 1000:1000}. */
    @Parameter(property = "ecs.container.user")
    @Nullable String containerUser;

    /** Entrypoint, comma separated ({@code \,} is a comma). Default: computed; {@code INHERIT} keeps the base image's. Example: {@code /bin/start,--fast}. */
    @Parameter(property = "ecs.container.entrypoint")
    @Nullable String containerEntrypoint;

    /** Arguments after the entrypoint, comma separated ({@code \,} is a comma). Default: none. Example: {@code --verbose}. */
    @Parameter(property = "ecs.container.args")
    @Nullable String containerArgs;

    /** Main class, of the project or of a dependency; one that is in neither is refused, unless {@code ecs.container.extraClasspath} may hold it. Default: found in the compiled classes. Example: {@code shop.orders.OrdersApplication}. */
    @Parameter(property = "ecs.container.mainClass")
    @Nullable String containerMainClass;

    /** Working directory in the container. Default: the base image's. Example: {@code /work}. */
    @Parameter(property = "ecs.container.workingDirectory")
    @Nullable String containerWorkingDirectory;

    /** Volumes, absolute paths, comma separated. Default: none. Example: {@code /data}. */
    @Parameter(property = "ecs.container.volumes")
    @Nullable List<String> containerVolumes;

    /** Image format, {@code Docker} or {@code OCI}. Example: {@code OCI}. */
    @Parameter(property = "ecs.container.format", defaultValue = "Docker")
    String containerFormat;

    /** Creation time: {@code EPOCH}, {@code USE_CURRENT_TIMESTAMP} or ISO 8601. Default: {@code EPOCH}, so that equal input gives an equal image. Example: {@code 2026-01-31T12:00:00Z}. */
    @Parameter(property = "ecs.container.creationTime", defaultValue = "EPOCH")
    String containerCreationTime;

    /** Time of the files: {@code EPOCH_PLUS_SECOND} or ISO 8601. Example: {@code 2026-01-31T12:00:00Z}. */
    @Parameter(property = "ecs.container.filesModificationTime", defaultValue = "EPOCH_PLUS_SECOND")
    String containerFilesModificationTime;

    /** Where the application lies in the container. Default: {@code /app}; for a WAR Jetty's {@code /var/lib/jetty/webapps/ROOT}. Example: {@code /srv/orders}. */
    @Parameter(property = "ecs.container.appRoot")
    @Nullable String containerAppRoot;

    /** Class path entries before the project's own, comma separated. Default: none. Example: {@code /opt/agent}. */
    @Parameter(property = "ecs.container.extraClasspath")
    @Nullable List<String> containerExtraClasspath;

    /** Names each dependency on the class path instead of {@code libs/*}. Example: {@code true}. */
    @Parameter(property = "ecs.container.expandClasspathDependencies", defaultValue = "false")
    String containerExpandClasspathDependencies;

    /** With the sandbox, or another endpoint in AWS's place, AWS is not asked for logins. */
    final RegistryLogins logins() {
        return new RegistryLogins(new SettingsLogins(session.getSettings(), decrypter)::of, this::ecrLogin, getLog());
    }

    private Optional<Credential> ecrLogin(String host) {
        if (onSandbox() || session.isOffline() || otherEndpoint().isPresent()) {
            return Optional.empty();
        }
        AwsSettings settings = RegistryLogins.awsFor(host, OptionText.text(profile), OptionText.text(roleArn));
        try (AwsClients clients = new AwsClients(settings, System.getenv())) {
            return Optional.of(
                    EcrLogins.isPublic(host) ? EcrLogins.of(clients.ecrPublic()) : EcrLogins.of(clients.ecr()));
        }
    }

    /** {@code ecs.endpoint}, or what the SDK is told by the environment. */
    final Optional<URI> otherEndpoint() {
        return OptionText.text(endpoint)
                .or(() -> Stream.of("AWS_ENDPOINT_URL_ECR", "AWS_ENDPOINT_URL")
                        .map(System.getenv()::get)
                        .filter(text -> text != null && !text.isBlank())
                        .findFirst())
                .map(AwsMojo::uri);
    }

    @Override
    void checkValues(boolean deployed, Consumer<Runnable> values) {
        super.checkValues(deployed, values);
        values.accept(() -> BuildImage.check(imageRequest()));
    }

    final ImageRequest imageRequest() {
        ProjectContents contents = new ProjectContents(project);
        return new ImageRequest(
                contents.application(),
                new ImageRequest.Base(
                        OptionText.text(fromImage).orElseGet(contents::defaultBase), OptionText.list(fromPlatforms)),
                containerOptions(),
                imageCaches());
    }

    private ContainerOptions containerOptions() {
        return new ContainerOptions(
                OptionText.list(containerPorts),
                OptionText.list(containerJvmFlags),
                maps().read("ecs.container.environment", containerEnvironment),
                maps().read("ecs.container.labels", containerLabels),
                OptionText.text(containerUser),
                OptionText.list(containerEntrypoint),
                OptionText.list(containerArgs),
                OptionText.text(containerMainClass),
                OptionText.text(containerWorkingDirectory),
                OptionText.list(containerVolumes),
                containerFormat,
                containerCreationTime,
                containerFilesModificationTime,
                OptionText.text(containerAppRoot),
                OptionText.list(containerExtraClasspath),
                OptionText.flag("ecs.container.expandClasspathDependencies", containerExpandClasspathDependencies));
    }
}
