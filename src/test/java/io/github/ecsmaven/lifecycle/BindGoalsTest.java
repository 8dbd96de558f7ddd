package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BindGoalsTest {
    private static final String FAILSAFE = "org.apache.maven.plugins:maven-failsafe-plugin";
    private static final String ALL = "image@pre-integration-test start@pre-integration-test stop@post-integration-test"
            + " push@deploy redeploy@deploy";

    /** What the user has bound, and the live bindings of our plugin that come out. */
    static Stream<Arguments> ours() {
        return Stream.of(
                Arguments.of("nothing", "", ALL),
                Arguments.of(
                        "one goal in another phase",
                        execution("mine", "package", "image"),
                        "image@package start@pre-integration-test stop@post-integration-test push@deploy redeploy@deploy"),
                Arguments.of(
                        "a goal in its default phase",
                        execution("mine", null, "push"),
                        "push@- image@pre-integration-test start@pre-integration-test stop@post-integration-test"
                                + " redeploy@deploy"),
                Arguments.of(
                        "two goals in one execution",
                        execution("mine", "deploy", "push", "redeploy"),
                        "push@deploy redeploy@deploy image@pre-integration-test start@pre-integration-test"
                                + " stop@post-integration-test"),
                Arguments.of("an execution turned off with phase none", execution("mine", "none", "image"), ALL),
                Arguments.of("an execution turned off with an empty phase", execution("mine", "", "image"), ALL),
                Arguments.of(
                        "a goal that is not ours to bind",
                        execution("mine", "package", "report"),
                        "report@package " + ALL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ours")
    void bindWhenTheUserHasBoundAddsOnlyTheRest(String label, String executions, String expected) throws Exception {
        MavenProject project = project(ecs(executions), "");

        BindGoals.bind(project, project.getPlugin(EcsLifecycle.PLUGIN), new Properties());

        assertThat(live(project.getPlugin(EcsLifecycle.PLUGIN))).isEqualTo(expected);
    }

    @Test
    void bindPreflightWhenTheUserHasNotBoundIt() throws Exception {
        MavenProject project = project(ecs(""), "");
        Plugin plugin = project.getPlugin(EcsLifecycle.PLUGIN);

        BindGoals.bindPreflight(plugin, "initialize");
        BindGoals.bindPreflight(plugin, "process-classes");

        assertThat(live(plugin)).isEqualTo("preflight@initialize");
    }

    @Test
    void bindUploadComesAfterTheRollout() throws Exception {
        MavenProject project = project(ecs(""), "");
        Plugin plugin = project.getPlugin(EcsLifecycle.PLUGIN);
        BindGoals.bind(project, plugin, new Properties());

        BindGoals.bindUpload(plugin);
        BindGoals.bindUpload(plugin);

        assertThat(live(plugin)).isEqualTo(ALL + " upload@deploy");
    }

    @Test
    void bindValidateWhenTheModuleMayBeALibraryReadsTwice() throws Exception {
        MavenProject project = project(ecs(""), "");
        Plugin plugin = project.getPlugin(EcsLifecycle.PLUGIN);

        BindGoals.bindValidate(plugin, false);
        assertThat(live(plugin)).isEqualTo("validate@validate");
        BindGoals.bindValidate(plugin, true);

        assertThat(live(plugin)).isEqualTo("validate@validate validate@process-classes");
    }

    @Test
    void bindPrebuildWhenNothingIsConfigured() throws Exception {
        MavenProject project = project(ecs(""), "");
        Plugin plugin = project.getPlugin(EcsLifecycle.PLUGIN);
        BindGoals.bind(project, plugin, new Properties());

        BindGoals.bindPrebuild(plugin);

        assertThat(live(plugin)).isEqualTo(ALL + " prebuild@process-test-classes");
    }

    @Test
    void bindPrebuildWhenTheUserHasBoundTheImageTakesItsSettings() throws Exception {
        String mine = "<execution><id>mine</id><phase>package</phase><goals><goal>image</goal></goals>"
                + "<configuration><containerPorts>9090</containerPorts></configuration></execution>";
        MavenProject project = project(ecs(mine), "");
        Plugin plugin = project.getPlugin(EcsLifecycle.PLUGIN);

        BindGoals.bindPrebuild(plugin);
        BindGoals.bindPrebuild(plugin);

        assertThat(live(plugin)).isEqualTo("image@package prebuild@process-test-classes");
        Xpp3Dom settings =
                (Xpp3Dom) plugin.getExecutionsAsMap().get("ecs-prebuild").getConfiguration();
        assertThat(settings.getChild("containerPorts").getValue()).isEqualTo("9090");
    }

    /** Failsafe in the POM, Failsafe in its pluginManagement, and the version and bindings that come out. */
    static Stream<Arguments> failsafe() {
        String both = "integration-test@integration-test verify@verify";
        return Stream.of(
                Arguments.of("nowhere", "", "", "3.5.4 " + both),
                Arguments.of("managed: the version is the user's", "", failsafe("2.22.2", ""), "2.22.2 " + both),
                Arguments.of("in the POM without executions", failsafe("3.2.5", ""), "", "3.2.5 " + both),
                Arguments.of(
                        "the user has bound one goal",
                        failsafe("3.2.5", execution("it", null, "integration-test")),
                        "",
                        "3.2.5 integration-test@- verify@verify"),
                Arguments.of(
                        "the user has bound both",
                        failsafe("3.2.5", execution("it", null, "integration-test", "verify")),
                        "",
                        "3.2.5 integration-test@- verify@-"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failsafe")
    void bindWhenFailsafeIsThereAddsWhatItLacks(String label, String build, String managed, String expected)
            throws Exception {
        MavenProject project = project(build + ecs(""), managed);

        BindGoals.bind(project, project.getPlugin(EcsLifecycle.PLUGIN), new Properties());

        Plugin failsafe = project.getPlugin(FAILSAFE);
        assertThat(failsafe.getVersion() + " " + live(failsafe)).isEqualTo(expected);
    }

    @Test
    void bindWhenCalledHandsTheAddressToTheTestsAndKeepsTheUsersVariables() throws Exception {
        String variables = "<configuration><systemPropertyVariables><ecs.url>http://mine</ecs.url><a>b</a>"
                + "</systemPropertyVariables></configuration>";
        MavenProject project = project(
                failsafe(
                                "3.2.5",
                                "<execution><id>it</id><goals><goal>integration-test</goal></goals>" + variables
                                        + "</execution>")
                        + ecs(""),
                "");

        BindGoals.bind(project, project.getPlugin(EcsLifecycle.PLUGIN), new Properties());

        Xpp3Dom given = (Xpp3Dom)
                project.getPlugin(FAILSAFE).getExecutionsAsMap().get("it").getConfiguration();
        assertThat(Stream.of(given.getChild("systemPropertyVariables").getChildren())
                        .map(variable -> variable.getName() + "=" + variable.getValue()))
                .containsExactly("ecs.url=http://mine", "a=b", "ecs.host=${ecs.host}", "ecs.port=${ecs.port}");
    }

    /** How services are written, and the names whose addresses the tests get. */
    static Stream<Arguments> services() {
        String item = "<service><name>db</name><image>postgres:16</image></service>";
        return Stream.of(
                Arguments.of("not at all", "", "", ""),
                Arguments.of("as a property", "", "postgres:16, queue=rabbitmq:4", "postgres queue"),
                Arguments.of("as a list in the configuration", "a/redis:7,b=c:1", "", "redis b"),
                Arguments.of("as elements", item + "<service><image>redis</image></service>", "", "db redis"),
                Arguments.of("as elements with text", "<service>q=rabbitmq:4</service>", "", "q"),
                Arguments.of("as an empty element", "<service/>" + item + "<service> </service>", "", "db"),
                Arguments.of("as an element without words", "<service><name/><image/></service>" + item, "", "db"),
                Arguments.of("with an empty name", "<service><name/><image>redis:7</image></service>", "", "redis"),
                Arguments.of("with a blank name", "", " =redis:7, ,=,db=c:1", "redis db"),
                Arguments.of("the configuration goes before the property", item, "redis:7", "db"),
                Arguments.of("twice; ecs:start refuses it", "", "redis:7,redis:6", "redis"),
                Arguments.of("with no name that will do; ecs:start refuses it", "", "Node.js:1,redis:7", "redis"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void bindWhenThereAreServicesHandsTheirAddressesOver(String label, String element, String property, String names)
            throws Exception {
        String configuration =
                element.isEmpty() ? "" : "<configuration><testServices>" + element + "</testServices></configuration>";
        MavenProject project = project(
                "<plugin><groupId>io.github.ecsmaven</groupId><artifactId>ecs-maven-plugin</artifactId>" + configuration
                        + "</plugin>",
                "");
        Properties commandLine = new Properties();
        if (!property.isEmpty()) {
            commandLine.setProperty("ecs.test.services", property);
        }

        BindGoals.bind(project, project.getPlugin(EcsLifecycle.PLUGIN), commandLine);

        Xpp3Dom given = (Xpp3Dom) project.getPlugin(FAILSAFE)
                .getExecutionsAsMap()
                .get("ecs-integration-test")
                .getConfiguration();
        Stream<String> services = Stream.of(names.split(" "))
                .filter(name -> !name.isEmpty())
                .flatMap(name -> Stream.of("url", "host", "port").map(part -> "services." + name + "." + part));
        assertThat(Stream.of(given.getChild("systemPropertyVariables").getChildren())
                        .map(variable -> variable.getName() + "=" + variable.getValue()))
                .as(label)
                .containsExactlyElementsOf(Stream.concat(Stream.of("url", "host", "port"), services)
                        .map(name -> "ecs." + name + "=${ecs." + name + "}")
                        .toList());
    }

    @Test
    void bindWhenThePluginIsConfiguredCopiesThatIntoEachNewExecution() throws Exception {
        MavenProject project = project(
                "<plugin><groupId>io.github.ecsmaven</groupId><artifactId>ecs-maven-plugin</artifactId>"
                        + "<configuration><cluster>uat</cluster></configuration></plugin>",
                "");

        BindGoals.bind(project, project.getPlugin(EcsLifecycle.PLUGIN), new Properties());

        assertThat(project.getPlugin(EcsLifecycle.PLUGIN).getExecutions())
                .hasSize(5)
                .allSatisfy(execution -> assertThat(((Xpp3Dom) execution.getConfiguration())
                                .getChild("cluster")
                                .getValue())
                        .isEqualTo("uat"));
    }

    private static String live(Plugin plugin) {
        return plugin.getExecutions().stream()
                .filter(execution ->
                        execution.getPhase() == null || !List.of("none", "").contains(execution.getPhase()))
                .flatMap(BindGoalsTest::bindings)
                .reduce((one, other) -> one + " " + other)
                .orElse("");
    }

    private static Stream<String> bindings(PluginExecution execution) {
        String phase = execution.getPhase() == null ? "-" : execution.getPhase();
        return execution.getGoals().stream().map(goal -> goal + "@" + phase);
    }

    private static String execution(String id, String phase, String... goals) {
        String named = Stream.of(goals).map(goal -> "<goal>" + goal + "</goal>").reduce("", String::concat);
        return "<execution><id>" + id + "</id>" + (phase == null ? "" : "<phase>" + phase + "</phase>") + "<goals>"
                + named + "</goals></execution>";
    }

    private static String ecs(String executions) {
        return "<plugin><groupId>io.github.ecsmaven</groupId><artifactId>ecs-maven-plugin</artifactId><executions>"
                + executions + "</executions></plugin>";
    }

    private static String failsafe(String version, String executions) {
        return "<plugin><artifactId>maven-failsafe-plugin</artifactId><version>" + version + "</version><executions>"
                + executions + "</executions></plugin>";
    }

    static MavenProject project(String plugins, String managed) throws Exception {
        Model model = new MavenXpp3Reader()
                .read(new StringReader("<project><modelVersion>4.0.0</modelVersion><groupId>shop</groupId>"
                        + "<artifactId>orders</artifactId><version>1</version><build><pluginManagement><plugins>"
                        + managed + "</plugins></pluginManagement><plugins>" + plugins
                        + "</plugins></build></project>"));
        return new MavenProject(model);
    }
}
