package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.ecsmaven.LoopbackOnly;
import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;

class SandboxIT {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    Path home;

    private Sandbox sandbox(int port) {
        return new Sandbox(home, port, JAVA, System.getProperty("java.class.path"));
    }

    @AfterEach
    void stop() {
        sandbox(0).stop(true);
    }

    @Test
    void ensureWhenAbsentStartsSmallAndQuick() throws IOException {
        long before = System.nanoTime();
        Sandbox.Address address = sandbox(0).ensure();
        Duration took = Duration.ofNanos(System.nanoTime() - before);

        assertThat(address.started()).isTrue();
        assertThat(address.toString()).doesNotContain(address.secretAccessKey());
        assertThat(sandbox(0).find()).map(Sandbox.Address::endpoint).hasValue(address.endpoint());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("sandbox.json"))))
                .isEqualTo("rw-------");
        LoopbackOnly.assertThatPort(address.endpoint().getPort());
        long kilobytes = residentKilobytes(pid());
        assertThat(took).isLessThan(Duration.ofSeconds(20));
        assertThat(kilobytes).isLessThan(150 * 1024);
    }

    @Test
    void ensureWhenTheHomeWasOpenToOthersClosesItAndAllInIt() throws IOException {
        sandbox(0).ensure();
        sandbox(0).stop(false);
        Path old = Files.createDirectories(home.resolve("logs/task")).resolve("web.log");
        Files.writeString(old, "SECRET=1\n");
        for (Path open : List.of(old, home.resolve("logs"), home)) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        }

        try (EcsClient ecs = SandboxClients.ecs(sandbox(0).ensure())) {
            KeyValuePair secret =
                    KeyValuePair.builder().name("SECRET").value("1").build();
            ContainerDefinition web = ContainerDefinition.builder()
                    .name("web")
                    .image("web:1")
                    .memory(64)
                    .environment(secret)
                    .build();
            ecs.registerTaskDefinition(request -> request.family("web").containerDefinitions(web));
        }

        assertThat(home.resolve("ecs/task-definitions.json")).content().contains("SECRET");
        try (Stream<Path> all = Files.walk(home)) {
            assertThat(all).contains(old).allSatisfy(path -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo(Files.isDirectory(path) || path.equals(old) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void ensureAndStopWhenTheHomeIsAProjectsFolderLeaveItAlone() throws IOException {
        Path library = Files.createDirectories(home.resolve("lib")).resolve("driver.jar");
        Files.writeString(library, "jar");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            assertThatThrownBy(() -> sandbox(0).ensure()).isInstanceOf(Problem.class);
            assertThatThrownBy(() -> sandbox(0).stop(true)).isInstanceOf(Problem.class);

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                    .isEqualTo("rwxr-xr-x");
            assertThat(library).hasContent("jar");
            assertThat(home.toFile().list()).containsExactly("lib");
        } finally {
            Files.delete(library);
            Files.delete(library.getParent());
        }
    }

    @Test
    void ensureWhenTheHomeIsAnotherUsersIsRefused() throws IOException {
        UserPrincipal self = Files.getOwner(home);
        assumeThat(self.getName())
                .as("skipped: only root can give a folder to another user")
                .isEqualTo("root");
        Files.setOwner(
                home, home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        try {
            assertThatThrownBy(() -> sandbox(0).ensure()).isInstanceOfSatisfying(Problem.class, problem -> assertThat(
                            problem.text())
                    .isEqualTo("The sandbox's home '" + home
                            + "' belongs to the user 'nobody', but Maven runs as 'root'.\n"
                            + "Next: set ecs.sandbox.home to a directory of your own, or run Maven as 'nobody'."));
            assertThat(home).isEmptyDirectory();
        } finally {
            Files.setOwner(home, self);
        }
    }

    @Test
    void ensureWhenAskedByTwoAtOnceStartsOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Sandbox.Address>> both = threads.invokeAll(
                    List.of(() -> sandbox(0).ensure(), () -> sandbox(0).ensure()));
            Sandbox.Address one = both.get(0).get(30, TimeUnit.SECONDS);
            Sandbox.Address two = both.get(1).get(30, TimeUnit.SECONDS);
            assertThat(one.endpoint()).isEqualTo(two.endpoint());
            assertThat(one.started()).isNotEqualTo(two.started());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void ensureWhenKilledStartsAgainAtTheSamePlace() throws Exception {
        Sandbox.Address first = sandbox(0).ensure();
        ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);
        assertThat(sandbox(0).find()).isEmpty();

        Sandbox.Address second = sandbox(0).ensure();

        assertThat(second).isEqualTo(first);
        assertThat(pid()).isNotEqualTo(process.pid());
    }

    @Test
    void ensureWhenPortIsTakenSaysWhichProperty() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> sandbox(other.getLocalPort()).ensure())
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                            .isEqualTo("The sandbox can't listen on 127.0.0.1:" + other.getLocalPort()
                                    + ": another program has the port.\n"
                                    + "Next: set ecs.sandbox.port to a free port (0: any), or end the program that listens on "
                                    + other.getLocalPort() + "."));
        }
    }

    @Test
    void ensureWhenTheProcessDiesShowsItsLog() {
        Sandbox broken = new Sandbox(home, 0, JAVA, "/nowhere.jar");
        assertThatThrownBy(broken::ensure)
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.evidence())
                        .anyMatch(line -> line.contains("SandboxMain")));
    }

    @Test
    void ensureWhenStoppedBySigtermKeepsPortAndKeys() throws Exception {
        Sandbox.Address first = sandbox(0).ensure();
        ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
        process.destroy();
        process.onExit().get(10, TimeUnit.SECONDS);

        assertThat(State.read(home)).map(State::pid).hasValue(0L);
        assertThat(sandbox(0).ensure()).isEqualTo(first);
    }

    @Test
    void ensureWhenAnOlderBuildRunsReplacesItAndAYoungerOneStays() {
        Sandbox.Address first = sandbox(0).ensure();
        long pid = pid();
        writeBuild(new Build("", Long.MAX_VALUE));
        assertThat(sandbox(0).ensure().started()).isFalse();
        assertThat(pid()).isEqualTo(pid);

        writeBuild(new Build("", 1));
        Sandbox.Address second = sandbox(0).ensure();

        assertThat(first.start()).isEqualTo(Sandbox.Start.FRESH);
        assertThat(second.start()).isEqualTo(Sandbox.Start.IN_PLACE);
        assertThat(second).usingRecursiveComparison().ignoringFields("start").isEqualTo(first);
        assertThat(pid()).isNotEqualTo(pid);
        assertThat(sandbox(0).ensure().started()).isFalse();
    }

    @Test
    void ensureWhenAnOlderBuildIsInUseKeepsIt() throws Exception {
        URI endpoint = sandbox(0).ensure().endpoint();
        writeBuild(new Build("", 1));
        HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(endpoint).build(), HttpResponse.BodyHandlers.discarding());
        assertThat(sandbox(0).ensure().started()).isFalse();
    }

    private void writeBuild(Build build) {
        State now = State.read(home).orElseThrow();
        now.running(now.port(), now.pid(), now.started(), build).write(home);
    }

    @Test
    void ensureWhenItsFormerPortIsTakenTakesAnotherAndSaysSo() throws IOException {
        URI before = sandbox(0).ensure().endpoint();
        sandbox(0).stop(false);
        try (ServerSocket other = new ServerSocket(before.getPort(), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(sandbox(0).ensure().endpoint()).isNotEqualTo(before);
            assertThat(home.resolve("sandbox.log"))
                    .content()
                    .contains("Another program has the port " + other.getLocalPort());
        }
    }

    @Test
    void runHereWhenInterruptedEndsTheProcess() throws Exception {
        CompletableFuture<Sandbox.Address> ready = new CompletableFuture<>();
        Thread goal = new Thread(() -> sandbox(0).runHere(ready::complete));
        goal.start();
        Sandbox.Address address = ready.get(30, TimeUnit.SECONDS);
        ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
        assertThat(sandbox(0).find()).map(Sandbox.Address::endpoint).hasValue(address.endpoint());
        assertThatThrownBy(() -> sandbox(0).runHere(other -> {}))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("A sandbox runs already");

        goal.interrupt();
        goal.join(10_000);

        assertThat(goal.isAlive()).isFalse();
        assertThat(process.isAlive()).isFalse();
        assertThat(pid()).isZero();
    }

    @Test
    void runHereWhenStoppedByTheGoalReturns() throws Exception {
        CompletableFuture<Sandbox.Address> ready = new CompletableFuture<>();
        Thread goal = new Thread(() -> sandbox(0).runHere(ready::complete));
        goal.start();
        ready.get(30, TimeUnit.SECONDS);
        assertThat(sandbox(0).stop(false)).isTrue();
        goal.join(10_000);
        assertThat(goal.isAlive()).isFalse();
    }

    @Test
    void stopWhenRunningEndsTheProcess() {
        sandbox(0).ensure();
        long pid = pid();

        assertThat(sandbox(0).stop(false)).isTrue();
        assertThat(sandbox(0).stop(false)).isFalse();
        assertThat(sandbox(0).find()).isEmpty();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void stopRequestWithoutProofIsRefused() throws Exception {
        URI endpoint = sandbox(0).ensure().endpoint();
        assertThat(requestStop(endpoint, Admin.End.STOP, "")).isEqualTo(403);
        assertThat(sandbox(0).find()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"STOP, FORGET", "KEEP, FORGET", "KEEP, STOP"})
    void stopRequestWithTheProofOfAnotherEndIsRefused(Admin.End proved, Admin.End asked) throws Exception {
        URI endpoint = sandbox(0).ensure().endpoint();
        String proof = State.read(home).orElseThrow().stopProof(proved);
        assertThat(requestStop(endpoint, asked, proof)).isEqualTo(403);
        assertThat(sandbox(0).find()).isPresent();
    }

    private static int requestStop(URI endpoint, Admin.End how, String proof) throws Exception {
        HttpRequest stop = HttpRequest.newBuilder(endpoint.resolve(Admin.STOP + "?how=" + how))
                .header("Authorization", "Bearer " + proof)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(stop, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private long pid() {
        return State.read(home).orElseThrow().pid();
    }

    private static long residentKilobytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
