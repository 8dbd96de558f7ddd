package io.github.ecsmaven.goal;

import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.ecr.EcrLogins;
import io.github.ecsmaven.ecr.ImageTag;
import io.github.ecsmaven.ecr.PushImage;
import io.github.ecsmaven.ecr.PushLog;
import io.github.ecsmaven.ecr.PushRequest;
import io.github.ecsmaven.ecr.PushedImage;
import io.github.ecsmaven.ecr.Severity;
import io.github.ecsmaven.image.BuildImage;
import io.github.ecsmaven.image.BuiltImage;
import io.github.ecsmaven.image.ImageRequest;
import io.github.ecsmaven.image.Requests;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.logging.SystemStreamLog;

/**
 * Builds an image on a base of one registry and pushes it to another, with the logins as the goals have them: in a JVM of its own,
 * which finds AWS by its own proxy and trust store. Arguments: folder, base image, target, role. Says what was pushed.
 */
final class TwoAccountsMain {
    private TwoAccountsMain() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        RegistryLogins logins = logins(arguments[3]);
        ImageRequest request = Requests.onBase(folder, "orders", arguments[1], "Docker", "linux/amd64");
        BuiltImage built =
                new BuildImage(Requests.QUIET, Clock.systemUTC(), logins.ofBase()).run(request, Optional.empty());
        PushedImage pushed = push(folder, logins, request, built, arguments[2]);
        System.out.println(pushed.pinned() + " " + pushed.layersSent() + " of " + (built.layers() + 1));
    }

    /** The logins of this machine's docker are nobody's business here. */
    private static RegistryLogins logins(String role) {
        return new RegistryLogins(
                host -> Optional.empty(),
                host -> {
                    try (AwsClients clients = new AwsClients(
                            RegistryLogins.awsFor(host, Optional.empty(), Optional.of(role)), Map.of())) {
                        return Optional.of(EcrLogins.of(clients.ecr()));
                    }
                },
                image -> List.of(),
                new SystemStreamLog());
    }

    private static PushedImage push(
            Path folder, RegistryLogins logins, ImageRequest request, BuiltImage built, String target) {
        BuildImage.Again again = new BuildImage(Requests.QUIET, Clock.systemUTC(), logins.ofBaseWithAws())
                .again(request, built, Optional.empty())
                .get(0);
        PushRequest push = new PushRequest(
                new PushRequest.Tested(
                        built.digest(),
                        List.of(new PushRequest.Image(again.digest(), again.image())),
                        Optional.empty()),
                "unused",
                Optional.empty(),
                Optional.of(target),
                List.of(ImageTag.literal("1.0")),
                Optional.empty(),
                Optional.empty(),
                false,
                // Other caches than the build's, so that the base is pulled once more, by the goal that pushes.
                folder.resolve("push-base"),
                folder.resolve("push-cache"));
        return new PushImage(
                        () -> {
                            throw new IllegalStateException("no call of ECR's API with a full name");
                        },
                        new Silent(),
                        Clock.systemUTC(),
                        pause -> {
                            throw new IllegalStateException("nothing to wait for");
                        },
                        logins.ofTarget())
                .run(push);
    }

    private static final class Silent implements PushLog {
        @Override
        public void detail(String text) {}

        @Override
        public void warning(String text) {
            throw new IllegalStateException(text);
        }

        @Override
        public void repositoryCreated(String repositoryUri) {}

        @Override
        public void scanning(String why) {}

        @Override
        public void scanned(String counts, Severity failOn) {}

        @Override
        public void progress(long sent, long total) {}
    }
}
