package io.github.ecsmaven.aws;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RegistryHost;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Holds that calls with the sandbox's credentials stay on this machine: no name is resolved, so none can lead away. */
final class SandboxGuard {
    private SandboxGuard() {}

    /** @throws Problem when the settings have fixed credentials and could reach anything but this machine */
    static void check(AwsSettings settings) {
        if (settings.fixed().isEmpty()) {
            return;
        }
        String host = settings.endpoint().map(URI::getHost).orElse("");
        if (host == null || !RegistryHost.isLoopback(host.toLowerCase(Locale.ROOT))) {
            String named = settings.endpoint().map(URI::toString).orElse("none");
            throw Problem.ofProject(
                    "The sandbox is only reached on this machine, but its endpoint is '" + named + "'.",
                    List.of("With ecs.sandbox no call may reach real AWS."),
                    "leave ecs.endpoint away together with ecs.sandbox, or leave ecs.sandbox away.");
        }
        if (settings.region().isEmpty()) {
            throw Problem.ofMachine(
                    "The sandbox was asked for without a region.",
                    List.of(),
                    "end it with mvn ecs:sandbox-stop, and run the build again.",
                    null);
        }
    }
}
