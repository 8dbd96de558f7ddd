package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.artifact.repository.ArtifactRepository;
import org.apache.maven.artifact.repository.MavenArtifactRepository;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each goal refuses before the build: field, value, and the beginning of what is said. */
@MojoTest
class CheckValuesTest {
    private static final String POM = "<project><build><plugins><plugin><groupId>io.github.ecsmaven</groupId>"
            + "<artifactId>ecs-maven-plugin</artifactId></plugin></plugins></build></project>";

    @TempDir
    Path folder;

    private String artifactId = "orders";

    @Test
    @InjectMojo(goal = "validate", pom = POM)
    void validate(ValidateMojo mojo) throws Exception {
        assertRefused(mojo, "resume | yes | 'yes' is neither true nor false (ecs.resume).");
    }

    @Test
    @InjectMojo(goal = "image", pom = POM)
    void image(ImageMojo mojo) throws Exception {
        assertRefused(mojo, """
                        fromImage | Java 17 | The base image 'Java 17' can't be had.
                        fromPlatforms | amd64 | 'amd64' is not a value for ecs.from.platforms.
                        containerPorts | http | 'http' is not a value for ecs.container.ports.
                        containerFormat | zip | 'zip' is not a value for ecs.container.format.
                        containerAppRoot | srv | 'srv' is not a value for ecs.container.appRoot.
                        containerExpandClasspathDependencies | no | 'no' is neither true nor false (ecs.container.expandClasspathDependencies).
                        testRyuk | on | 'on' is neither true nor false (ecs.test.ryuk).
                        sandbox | ture | 'ture' is neither true nor false (ecs.sandbox).
                        sandboxPort | abc | 'abc' is not a port (ecs.sandbox.port).
                        sandboxPort | 65536 | '65536' is not a port (ecs.sandbox.port).
                        endpoint | localhost | 'localhost' is not an address (ecs.endpoint, AWS_ENDPOINT_URL).
                        """);
    }

    @Test
    @InjectMojo(goal = "image", pom = POM)
    void imageWithoutTestsHasNoBaseOfTheEngine(ImageMojo mojo) throws Exception {
        assertRefused(mojo, "fromImage | docker://java:17 |");
        mojo.testSkip = "";
        assertRefused(mojo, """
                        fromImage | docker://java:17 | A base image with the prefix docker:// needs a Docker engine, and none is asked
                        fromImage | java:17 |
                        """);
        mojo.fromImage = "docker://java:17";
        assertThatCode(() -> read(mojo, false)).as("perhaps a library").doesNotThrowAnyException();
    }

    @Test
    @InjectMojo(goal = "start", pom = POM)
    void start(StartMojo mojo) throws Exception {
        assertRefused(mojo, """
                        testPort | abc | 'abc' is not a port (ecs.test.port).
                        testPort | 0 | '0' is not a port (ecs.test.port).
                        testTimeout | soon | 'soon' is not a duration (ecs.test.timeout).
                        testWaitStatus | 2xx | '2xx' is not an HTTP status (ecs.test.wait.status).
                        testWaitLog | ( | '(' is not a regular expression (ecs.test.wait.log)
                        testServices | Bad_Name=redis | 'Bad_Name' can't be the name of a service (ecs.test.services)
                        testSkip | 1 | '1' is neither true nor false (ecs.test.skip).
                        """);
    }

    @Test
    @InjectMojo(goal = "start", pom = POM)
    void startWithoutTestsIsGivenNothing(StartMojo mojo) throws Exception {
        mojo.testSkip = "";
        assertRefused(mojo, "testTimeout | soon |");
    }

    @Test
    @InjectMojo(goal = "push", pom = POM)
    void push(PushMojo mojo) throws Exception {
        mojo.repository = "orders";
        assertRefused(mojo, """
                        repository | Shop Orders | 'Shop Orders' is not the name of a repository (ecs.repository).
                        toImage | a:b:c | 'a:b:c' is not the name of an image (ecs.to.image).
                        tags | {nonsense} | The tag '{nonsense}' (ecs.tags) can't be made
                        createRepository | y | 'y' is neither true nor false (ecs.createRepository).
                        repositoryImmutable | y | 'y' is neither true nor false (ecs.repository.immutable).
                        repositoryScanOnPush | y | 'y' is neither true nor false (ecs.repository.scanOnPush).
                        repositoryLifecyclePolicy | none.json |
                        scanFailOn | BAD | 'BAD' is not a severity (ecs.scan.failOn).
                        dryRun | y | 'y' is neither true nor false (ecs.dryRun).
                        """);
    }

    @Test
    @InjectMojo(goal = "push", pom = POM)
    void pushThatLooksAtTheScan(PushMojo mojo) throws Exception {
        mojo.repository = "orders";
        mojo.scanFailOn = "HIGH";
        assertRefused(mojo, """
                        scanTimeout | soon | 'soon' is not a duration (ecs.scan.timeout).
                        scanUnsupported | perhaps | 'perhaps' is not known (ecs.scan.unsupported).
                        """);
    }

    @Test
    @InjectMojo(goal = "push", pom = POM)
    void fileOfANewRepositoryIsLookedForInWhatIsDeployed(PushMojo mojo) throws Exception {
        mojo.repository = "orders";
        mojo.createRepository = "";
        mojo.repositoryLifecyclePolicy = "none.json";

        assertThat(refusal(mojo, true).what()).contains("none.json' does not exist (ecs.repository.lifecyclePolicy)");
        assertThatCode(() -> read(mojo, false)).doesNotThrowAnyException();
    }

    @Test
    @InjectMojo(goal = "redeploy", pom = POM)
    void redeploy(RedeployMojo mojo) throws Exception {
        mojo.service = List.of("orders");
        assertRefused(mojo, """
                        mode | fast | 'fast' is not known (ecs.mode).
                        service | , | No service is named (ecs.service).
                        service | BAD/NAME | 'BAD/NAME' is not the name of an ECS service (ecs.service).
                        cluster | u at | 'u at' is not an ECS cluster (ecs.cluster).
                        cluster | arn:aws:ecs:eu-west-1:123456789012:cluster/uat |
                        waitFor | ever | 'ever' is not known (ecs.waitFor).
                        timeout | soon | 'soon' is not a duration (ecs.timeout).
                        await | ture | 'ture' is neither true nor false (ecs.wait).
                        rollback | ja | 'ja' is neither true nor false (ecs.rollback).
                        taskDefinitionCpu | much | 'much' is not a value for ecs.taskDefinition.cpu.
                        taskDefinitionMemory | 1 TB | '1 TB' is not a value for ecs.taskDefinition.memory.
                        taskDefinitionFile | none.json | There is no file 'none.json' in the project (ecs.taskDefinition.file).
                        serviceFile | none.json | There is no file 'none.json' in the project (ecs.service.file).
                        serviceDesiredCount | two | 'two' is not a whole number (ecs.service.desiredCount).
                        serviceLaunchType | FARGAT | 'FARGAT' is not a launch type (ecs.service.launchType).
                        serviceAssignPublicIp | y | 'y' is neither true nor false (ecs.service.assignPublicIp).
                        serviceContainerPort | http | 'http' is not a port (ecs.service.containerPort).
                        taskDefinitionCpu | .25 vCPU |
                        taskDefinitionMemory | 1GB |
                        serviceDesiredCount | 0 |
                        """);
    }

    @Test
    @InjectMojo(goal = "redeploy", pom = POM)
    void fileIsReadInWhatIsDeployedToTheSandbox(RedeployMojo mojo) throws Exception {
        Files.writeString(folder.resolve("task.json"), "{\"family\": ");
        mojo.service = List.of("orders");
        mojo.taskDefinitionFile = "task.json";
        assertThatCode(() -> read(mojo, true))
                .as("of AWS the preflight says so")
                .doesNotThrowAnyException();

        mojo.sandbox = "true";
        assertThat(refusal(mojo, true).what()).contains("task.json");
        assertThatCode(() -> read(mojo, false)).as("perhaps a library").doesNotThrowAnyException();
    }

    @Test
    @InjectMojo(goal = "redeploy", pom = POM)
    void allThatIsWrongIsSaidAtOnce(RedeployMojo mojo) throws Exception {
        mojo.service = List.of("orders");
        mojo.sandboxPort = "-1";
        mojo.mode = "fast";

        assertThat(refusal(mojo, true).text()).isEqualTo("""
                        2 values can't be right.
                          '-1' is not a port (ecs.sandbox.port).
                            Next: write a number from 0 to 65535.
                          'fast' is not known (ecs.mode).
                            Next: write ecs.mode=revision or restart.
                        Next: correct them, and run it again.""");
    }

    @Test
    @InjectMojo(goal = "redeploy", pom = POM)
    void allThatIsWrongInOneRolloutIsSaidAtOnce(RedeployMojo mojo) {
        mojo.service = List.of("BAD/NAME", "orders", "b.c");
        mojo.cluster = "u/at";
        mojo.mode = "foo";
        mojo.waitFor = "ever";
        mojo.timeout = "soon";
        mojo.rollback = "ja";
        mojo.taskDefinitionCpu = "much";
        mojo.taskDefinitionMemory = "1 TB";
        mojo.serviceDesiredCount = "two";
        mojo.serviceContainerPort = "http";

        assertThat(refusal(mojo, true).text())
                .startsWith("11 values can't be right.")
                .contains("'BAD/NAME'", "'b.c'", "'u/at'", "'foo'", "'ever'", "'soon'", "'ja'", "'much'", "'1 TB'")
                .contains("'two'", "'http'");
    }

    @Test
    @InjectMojo(goal = "redeploy", pom = POM)
    void artifactIdOfALibraryNeedNotBeTheNameOfAService(RedeployMojo mojo) {
        artifactId = "shop.orders";
        mojo.service = List.of("shop.orders");
        assertThat(refusal(mojo, true).what()).contains("'shop.orders'", "ecs.service");
        assertThatCode(() -> read(mojo, false)).doesNotThrowAnyException();

        mojo.service = List.of("BAD/NAME");
        assertThat(refusal(mojo, false).what()).as("named").contains("'BAD/NAME'");
    }

    @Test
    @InjectMojo(goal = "push", pom = POM)
    void allThatIsWrongInOnePushIsSaidAtOnce(PushMojo mojo) {
        mojo.repository = "Shop Orders";
        mojo.tags = List.of("{nonsense}");
        mojo.createRepository = "y";
        mojo.repositoryImmutable = "j";
        mojo.scanFailOn = "BAD";
        mojo.scanTimeout = "soon";
        mojo.scanUnsupported = "perhaps";
        mojo.dryRun = "si";

        assertThat(refusal(mojo, true).text())
                .startsWith("8 values can't be right.")
                .contains("'Shop Orders'", "{nonsense}", "'y'", "'j'", "'BAD'", "'soon'", "'perhaps'", "'si'");
    }

    /** @param table field, value and how the refusal begins; nothing where the value is right */
    private void assertRefused(EcsMojo mojo, String table) throws Exception {
        for (String row : table.lines().toList()) {
            String[] cells = row.split(" \\|", -1);
            Field field = field(mojo.getClass(), cells[0]);
            Object before = field.get(mojo);
            field.set(mojo, value(field, cells[1].strip()));
            Problem problem = refusal(mojo, true);
            assertThat(problem == null ? "" : problem.what()).as(row).startsWith(cells[2].strip());
            assertThat(problem == null).as(row).isEqualTo(cells[2].isBlank());
            field.set(mojo, before);
        }
    }

    private static Object value(Field field, String text) {
        if (field.getType() != List.class) {
            return text;
        }
        TestService service = new TestService();
        service.set(text);
        return field.getName().equals("testServices") ? List.of(service) : List.of(text.split(","));
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        try {
            return type.getDeclaredField(name);
        } catch (NoSuchFieldException inherited) {
            if (type == EcsMojo.class) {
                throw inherited;
            }
            return field(type.getSuperclass(), name);
        }
    }

    private Problem refusal(EcsMojo mojo, boolean deployed) {
        return catchThrowableOfType(Problem.class, () -> read(mojo, deployed));
    }

    private void read(EcsMojo mojo, boolean deployed) {
        mojo.project = new MavenProject(new Model());
        mojo.project.setGroupId("shop");
        mojo.project.setArtifactId(artifactId);
        mojo.project.setVersion("1");
        mojo.project.setPackaging("jar");
        mojo.project.setFile(folder.resolve("pom.xml").toFile());
        mojo.project.getBuild().setDirectory(folder.resolve("target").toString());
        mojo.project
                .getBuild()
                .setOutputDirectory(folder.resolve("target/classes").toString());
        mojo.project.getBuild().setFinalName("orders-1");
        mojo.session = session();
        BadValues bad = new BadValues(false);
        mojo.checkValues(deployed, value -> bad.read("orders", value));
        bad.refuse();
    }

    @SuppressWarnings("deprecation") // Maven 3 has no other constructor that takes a request.
    private MavenSession session() {
        ArtifactRepository local = new MavenArtifactRepository();
        local.setUrl(folder.resolve("repository").toUri().toString());
        DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
        request.setLocalRepository(local);
        request.setStartTime(new Date());
        return new MavenSession(null, null, request, new DefaultMavenExecutionResult());
    }
}
