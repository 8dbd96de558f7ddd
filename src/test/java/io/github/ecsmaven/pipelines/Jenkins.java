package io.github.ecsmaven.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.Closure;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * A declarative Jenkinsfile, run to its end with its {@code sh} steps for real; each agent is another machine, what is asked of people
 * is approved. A block's directives are the methods of a class here: one that it doesn't have is Groovy's own error. All blocks are
 * read before anything runs, as Jenkins does.
 */
public final class Jenkins {
    private final Machine machine;
    private final Map<String, Object> env = new HashMap<>(Map.of(
            "JENKINS_URL", "http://jenkins.example",
            "JOB_NAME", "clock",
            "BUILD_NUMBER", "7",
            "BUILD_TAG", "jenkins-clock-7",
            "BUILD_URL", "http://jenkins.example/job/clock/7/"));
    private @Nullable Path workspace;

    public Jenkins(Machine machine) {
        this.machine = machine;
    }

    public Ran run(String jenkinsfile) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(Jenkinsfile.class.getName());
        Jenkinsfile script = (Jenkinsfile) new GroovyShell(configuration).parse(jenkinsfile);
        PipelineBlock pipeline = new PipelineBlock();
        script.block = pipeline;
        script.run();
        return machine.end(pipeline.runAll());
    }

    /** The file itself. */
    @NullUnmarked
    public abstract static class Jenkinsfile extends Script {
        private PipelineBlock block;

        public void pipeline(Closure<?> body) {
            read(body, block);
            block.check();
        }
    }

    private static void read(Closure<?> body, Object block) {
        body.setDelegate(block);
        body.setResolveStrategy(Closure.DELEGATE_ONLY);
        body.call();
    }

    private static void requireKeys(Map<String, ?> named, String... keys) {
        assertThat(Set.of(keys)).containsAll(named.keySet());
    }

    /** A step has failed. */
    private static final class StepFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What pipelines and stages have in common. */
    public abstract class Block {
        private Optional<String> agent = Optional.empty();
        private final Map<String, Closure<?>> post = new HashMap<>();
        final List<StageBlock> stages = new ArrayList<>();

        public void agent(String which) {
            agent = Optional.of(which);
        }

        public String getAny() {
            return "any";
        }

        public String getNone() {
            return "none";
        }

        public void stages(Closure<?> body) {
            read(body, new StagesBlock(stages));
            assertThat(stages).isNotEmpty();
        }

        public void post(Closure<?> body) {
            read(body, new PostBlock(post));
        }

        /** Runs it on its own agent, when it has one, or on that around it. */
        boolean onAgent(BooleanSupplier work) {
            @Nullable Path outer = workspace;
            if (agent.filter("any"::equals).isPresent()) {
                workspace = machine.workspace();
                machine.event("agent");
            }
            boolean good = work.getAsBoolean();
            tellPost(good);
            workspace = outer;
            return good;
        }

        private void tellPost(boolean good) {
            for (String condition : List.of("always", good ? "success" : "failure")) {
                Optional.ofNullable(post.get(condition)).ifPresent(body -> read(body, new StepsBlock()));
            }
        }

        boolean inOrder() {
            for (StageBlock stage : stages) {
                if (!stage.runIfWanted()) {
                    return false;
                }
            }
            return true;
        }

        Optional<String> agent() {
            return agent;
        }
    }

    public final class PipelineBlock extends Block {
        private boolean checksOutByItself = true;

        public void options(Closure<?> body) {
            read(body, new PipelineOptions(this));
        }

        public void triggers(Closure<?> body) {
            read(body, new TriggersBlock());
        }

        void check() {
            assertThat(agent()).as("a pipeline says its agent").isPresent();
            assertThat(stages).as("a pipeline has stages").isNotEmpty();
            assertThat(checksOutByItself)
                    .as("this fixture does not check out by itself")
                    .isFalse();
        }

        boolean runAll() {
            return onAgent(this::inOrder);
        }
    }

    public final class PipelineOptions {
        private final PipelineBlock pipeline;

        private PipelineOptions(PipelineBlock pipeline) {
            this.pipeline = pipeline;
        }

        public void disableConcurrentBuilds() {
            machine.event("one build at a time");
        }

        public void buildDiscarder(Object which) {
            assertThat(which).isEqualTo("logRotator");
        }

        public String logRotator(Map<String, ?> named) {
            requireKeys(named, "numToKeepStr");
            return "logRotator";
        }

        public void preserveStashes(Map<String, ?> named) {
            requireKeys(named, "buildCount");
        }

        public void skipDefaultCheckout() {
            pipeline.checksOutByItself = false;
        }
    }

    /** Of a stage. */
    public static final class StageOptions {
        public void timeout(Map<String, ?> named) {
            requireKeys(named, "time", "unit");
            assertThat(String.valueOf(named.get("unit"))).isIn("MINUTES", "HOURS", "DAYS");
        }
    }

    public static final class TriggersBlock {
        public void githubPush() {}

        public void pollSCM(String schedule) {
            assertThat(schedule).isEmpty();
        }
    }

    public final class StagesBlock {
        private final List<StageBlock> stages;

        private StagesBlock(List<StageBlock> stages) {
            this.stages = stages;
        }

        public void stage(String name, Closure<?> body) {
            StageBlock stage = new StageBlock(name);
            read(body, stage);
            stage.check();
            stages.add(stage);
        }
    }

    public final class StageBlock extends Block {
        private final String name;
        private final List<BooleanSupplier> conditions = new ArrayList<>();
        private @Nullable Closure<?> steps;

        private StageBlock(String name) {
            this.name = name;
        }

        public void options(Closure<?> body) {
            read(body, new StageOptions());
        }

        public void when(Closure<?> body) {
            read(body, new WhenBlock(conditions));
        }

        public void steps(Closure<?> body) {
            steps = body;
        }

        void check() {
            assertThat(steps == null)
                    .as("stage '%s' has either steps or stages", name)
                    .isNotEqualTo(stages.isEmpty());
        }

        boolean runIfWanted() {
            if (!conditions.stream().allMatch(BooleanSupplier::getAsBoolean)) {
                machine.event(name + " skipped");
                return true;
            }
            return onAgent(() -> steps == null ? inOrder() : run(steps));
        }

        private boolean run(Closure<?> body) {
            boolean good = true;
            try {
                read(body, new StepsBlock());
            } catch (StepFailed failed) {
                good = false;
            }
            machine.event(name + (good ? "" : " failed"));
            return good;
        }
    }

    public final class WhenBlock {
        private final List<BooleanSupplier> conditions;

        private WhenBlock(List<BooleanSupplier> conditions) {
            this.conditions = conditions;
        }

        public void beforeAgent(boolean before) {
            assertThat(before).isTrue();
        }

        public void branch(String name) {
            conditions.add(() -> name.equals(env.get("BRANCH_NAME")));
        }

        public void expression(Closure<?> body) {
            conditions.add(() -> {
                body.setDelegate(new StepsBlock());
                body.setResolveStrategy(Closure.DELEGATE_ONLY);
                return Boolean.TRUE.equals(body.call());
            });
        }

        public void anyOf(Closure<?> body) {
            List<BooleanSupplier> these = new ArrayList<>();
            read(body, new WhenBlock(these));
            conditions.add(() -> these.stream().anyMatch(BooleanSupplier::getAsBoolean));
        }
    }

    public static final class PostBlock {
        private final Map<String, Closure<?>> bodies;

        private PostBlock(Map<String, Closure<?>> bodies) {
            this.bodies = bodies;
        }

        public void always(Closure<?> body) {
            bodies.put("always", body);
        }

        public void success(Closure<?> body) {
            bodies.put("success", body);
        }

        public void failure(Closure<?> body) {
            bodies.put("failure", body);
        }
    }

    public final class StepsBlock {
        public Map<String, Object> getEnv() {
            return env;
        }

        public String getScm() {
            return "scm";
        }

        public void script(Closure<?> body) {
            read(body, this);
        }

        public Map<String, String> checkout(String what) {
            assertThat(what).isEqualTo("scm");
            // Of a job that is no multibranch one it is what the branch holds now, also in the middle of a build.
            machine.checkOutNewest(agentsWorkspace());
            return Map.of("GIT_COMMIT", machine.commit(), "GIT_BRANCH", "origin/" + machine.branch());
        }

        public void sh(String script) {
            if (!machine.run(agentsWorkspace(), environment(), "sh", "-xe", "-c", script)) {
                throw new StepFailed();
            }
        }

        public String sh(Map<String, ?> named) {
            requireKeys(named, "script", "returnStdout");
            return machine.output(agentsWorkspace(), "sh", "-e", "-c", String.valueOf(named.get("script")));
        }

        public void stash(Map<String, ?> named) {
            requireKeys(named, "name", "includes", "excludes");
            String name = String.valueOf(named.get("name"));
            assertThat(Machine.copy(
                            agentsWorkspace(),
                            machine.store(name),
                            List.of(String.valueOf(named.get("includes")).split(", ")),
                            List.of(String.valueOf(named.get("excludes")))))
                    .as("files of the stash %s", name)
                    .isPositive();
        }

        public void unstash(String name) {
            Machine.copy(machine.store(name), agentsWorkspace(), List.of("**"));
        }

        public void junit(Map<String, ?> named) {
            requireKeys(named, "testResults", "allowEmptyResults");
            publish("junit", named.get("testResults"));
        }

        public void archiveArtifacts(Map<String, ?> named) {
            requireKeys(named, "artifacts", "allowEmptyArchive");
            publish("archive", named.get("artifacts"));
        }

        private void publish(String what, Object patterns) {
            int files = Machine.copy(
                    agentsWorkspace(),
                    machine.store(what),
                    List.of(String.valueOf(patterns).split(", ")));
            machine.event(what + (files > 0 ? "" : " of nothing"));
        }

        public void input(Map<String, ?> named) {
            requireKeys(named, "message", "ok");
            assertThat(workspace == null).as("nobody is waited for on an agent").isTrue();
            machine.event("approved");
        }

        public void mail(Map<String, ?> named) {
            requireKeys(named, "to", "subject", "body");
            machine.event("mail to " + named.get("to") + ": " + named.get("subject"));
        }

        private Map<String, String> environment() {
            Map<String, String> variables = new HashMap<>(Map.of("CI", "true"));
            env.forEach((name, value) -> variables.put(name, String.valueOf(value)));
            return variables;
        }

        private Path agentsWorkspace() {
            return Optional.ofNullable(workspace).orElseThrow(() -> new AssertionError("This step needs an agent."));
        }
    }
}
