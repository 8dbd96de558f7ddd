package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RegistryHost;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.ecs.DescribeTogether;
import io.github.ecsmaven.ecs.RolloutApis;
import io.github.ecsmaven.sandbox.Sandbox;
import java.io.File;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The goals that talk to AWS, or to the sandbox in its place. */
abstract class AwsMojo extends EcsMojo {
    private static final int DEFAULT_PORT = 4747;

    /** AWS region. Default: what the AWS SDK's own chain says. Example: {@code eu-west-1}. */
    @Parameter(property = "ecs.region")
    @Nullable String region;

    /** Profile of {@code ~/.aws/config}. Default: what the AWS SDK's own chain says. Example: {@code uat}. */
    @Parameter(property = "ecs.profile")
    @Nullable String profile;

    /** ARN of a role that is assumed through STS. Default: none. Example: {@code arn:aws:iam::123456789012:role/deploy}. */
    @Parameter(property = "ecs.roleArn")
    @Nullable String roleArn;

    /** Another endpoint for every AWS service. Default: the SDK's ({@code AWS_ENDPOINT_URL} works). Example: {@code http://127.0.0.1:4566}. */
    @Parameter(property = "ecs.endpoint")
    @Nullable String endpoint;

    /**
     * Runs against the embedded AWS on the local Docker engine instead of an account; it is started when it isn't there, and
     * repository, cluster and service are created on first use. Example: {@code -Decs.sandbox}.
     */
    @Parameter(property = "ecs.sandbox", defaultValue = "false")
    String sandbox;

    /** Folder in which the sandbox keeps its state, images and address, for its owner alone. Default: {@code ~/.ecs-sandbox}. */
    @Parameter(property = "ecs.sandbox.home", defaultValue = "${user.home}/.ecs-sandbox")
    File sandboxHome;

    /** Port of the sandbox on 127.0.0.1; 0 takes any free one. */
    @Parameter(property = "ecs.sandbox.port", defaultValue = "4747")
    String sandboxPort;

    final boolean onSandbox() {
        return OptionText.flag("ecs.sandbox", sandbox);
    }

    private int sandboxPort() {
        return OptionText.port("ecs.sandbox.port", sandboxPort, 0);
    }

    /** {@code ecs.endpoint}, which with the sandbox has to be on this machine. */
    private Optional<URI> namedEndpoint() {
        Optional<URI> other = OptionText.text(endpoint).map(AwsMojo::uri);
        if (onSandbox()) {
            other.ifPresent(address -> requireLoopback("ecs.endpoint", address.toString(), isLoopback(address)));
        }
        return other;
    }

    @Override
    void checkValues(boolean deployed, Consumer<Runnable> values) {
        values.accept(this::requireGiven);
        values.accept(this::namedEndpoint);
        values.accept(this::sandboxPort);
    }

    private void requireGiven() {
        GivenTarget given = given();
        given.require("ecs.region", region);
        given.require("ecs.profile", profile);
        given.require("ecs.roleArn", roleArn);
        given.require("ecs.endpoint", endpoint);
    }

    final GivenTarget given() {
        return GivenTarget.of(session, project);
    }

    /** Where AWS is; with {@code ecs.sandbox} the sandbox is started when it isn't there. */
    final AwsSettings aws() throws InterruptedException {
        requireGiven();
        Optional<URI> other = namedEndpoint();
        if (!onSandbox()) {
            requireReachable(other);
            return new AwsSettings(
                    OptionText.text(region),
                    OptionText.text(profile),
                    OptionText.text(roleArn),
                    other,
                    Optional.empty());
        }
        Sandbox.Start early = EarlySandbox.started(board());
        Sandbox.Address address =
                ChildProcess.sandbox(sandboxHome, sandboxPort()).ensure();
        Sandbox.Start start = address.started() ? address.start() : early;
        if (start != Sandbox.Start.NONE && board().first("sandbox told")) {
            getLog().info(started(address.endpoint(), start));
        }
        noteOtherPort(address);
        return settings(address, other.orElse(address.endpoint()));
    }

    private void requireReachable(Optional<URI> other) {
        farAway(other, System.getenv())
                .ifPresent(aws -> requireOnline(
                        aws,
                        " (an endpoint on this machine, -Decs.endpoint=http://127.0.0.1:4566, works offline too)"));
    }

    /**
     * What needs the network; empty for an endpoint on this machine, the sandbox's or another emulator's, which can be asked
     * without it. Pure.
     */
    static Optional<String> farAway(Optional<URI> endpoint, Map<String, String> environment) {
        Optional<URI> place = endpoint.or(() -> EnvironmentEndpoint.everywhere(environment));
        return place.filter(AwsMojo::isLoopback).isPresent()
                ? Optional.empty()
                : Optional.of(place.map(uri -> "AWS at " + uri).orElse("AWS"));
    }

    static String started(URI endpoint, Sandbox.Start start) {
        String replaced = start == Sandbox.Start.IN_PLACE
                ? " in the place of one of an older build of the plugin; its services were away for a moment"
                : "";
        return "Sandbox started at " + endpoint + replaced + " (it stays; mvn ecs:sandbox-stop ends it)";
    }

    private void noteOtherPort(Sandbox.Address address) {
        int port = sandboxPort();
        boolean wanted = port != 0 && port != DEFAULT_PORT;
        if (wanted && address.endpoint().getPort() != port && board().first("sandbox port told")) {
            getLog().warn("The sandbox of " + sandboxHome + " runs at " + address.endpoint()
                    + " already; ecs.sandbox.port=" + port
                    + " holds from its next start (mvn ecs:sandbox-stop ends it).");
        }
    }

    /** What a rollout needs of AWS. */
    final RolloutApis apis(AwsClients clients, AwsSettings settings) {
        return new RolloutApis(
                clients.ecs(), together(settings), clients::logs, clients::balancers, clients::codeDeploy, onSandbox());
    }

    /** The modules of a reactor that deploy to the same place ask there together. */
    @SuppressWarnings("unchecked")
    private DescribeTogether together(AwsSettings settings) {
        Map<Object, Object> places = board().shared("watched together", Map.class, ConcurrentHashMap::new);
        return (DescribeTogether) places.computeIfAbsent(settings, place -> new DescribeTogether());
    }

    /** Whether another module comes after this one, and the end of the session calls for what goes on until then. */
    final boolean isFollowed() {
        return board().isCalledAtEnd() && Reactor.isFollowed(session.getProjects(), project);
    }

    /**
     * Lets Maven build on meanwhile; what goes wrong fails this module at the end of the session.
     *
     * @param stage {@code rollout} or {@code rollback}, whose time it is
     */
    final void goOnBehind(MojoExecution execution, String stage, GoalRunner.Work work) {
        long begun = System.nanoTime();
        board().goesOn(BehindGoal.begin(goal(execution), rollouts(), () -> timed(stage, begun, work)));
    }

    /**
     * Puts work off until all that goes on behind the goals has ended; what goes wrong then fails this module.
     *
     * @param stage {@code upload}, whose time it is
     */
    final void doAfterAll(MojoExecution execution, String stage, GoalRunner.Work work) {
        board().afterAll(BehindGoal.later(goal(execution), () -> timed(stage, System.nanoTime(), work)));
    }

    private BehindGoal.Goal goal(MojoExecution execution) {
        return new BehindGoal.Goal(project, execution, session.getRequest().isShowErrors(), this::hide);
    }

    private void timed(String stage, long begun, GoalRunner.Work work) throws Exception {
        try {
            work.run();
        } finally {
            board().note(project, stage + " nanos", String.valueOf(System.nanoTime() - begun));
        }
    }

    /** The sandbox in the place of AWS. */
    static AwsSettings settings(Sandbox.Address address, URI endpoint) {
        return new AwsSettings(
                Optional.of(address.region()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(endpoint),
                Optional.of(new AwsSettings.FixedCredentials(address.accessKeyId(), address.secretAccessKey())));
    }

    static URI uri(String text) {
        try {
            URI address = URI.create(text);
            if (address.getHost() != null && String.valueOf(address.getScheme()).matches("(?i)https?")) {
                return address;
            }
        } catch (IllegalArgumentException noAddress) {
            // Told below.
        }
        throw Problem.ofProject(
                "'" + text + "' is not an address (ecs.endpoint, AWS_ENDPOINT_URL).",
                "write -Decs.endpoint=http://host:port.");
    }

    /** With the sandbox no call may leave the machine. */
    static void requireLoopback(String property, String value, boolean loopback) {
        if (!loopback) {
            throw Problem.ofProject(
                    "ecs.sandbox is on, but " + property + " is '" + value + "', which is not on this machine.",
                    "remove one of the two: ecs.sandbox, or " + property + ".");
        }
    }

    static boolean isLoopback(URI endpoint) {
        return endpoint.getHost() != null
                && RegistryHost.isLoopback(endpoint.getHost().toLowerCase(Locale.ROOT));
    }
}
