package io.github.ecsmaven.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A pipeline of Bitbucket for a push to {@code main}; each step is another machine, manual ones are started. */
public final class Bitbucket {
    private static final Set<String> DEPLOYMENTS = Set.of("test", "staging", "production");

    private final Machine machine;
    private final Map<String, String> variables;
    private final Set<String> shared = new LinkedHashSet<>();

    /** @param variables of the repository */
    public Bitbucket(Machine machine, Map<String, String> variables) {
        this.machine = machine;
        this.variables = Map.copyOf(variables);
    }

    public Ran run(String yaml) {
        Document file = Document.of(yaml).only("image", "clone", "options", "definitions", "pipelines");
        assertThat(file.map("clone").only("depth").text("depth")).isEqualTo("full");
        file.map("options").only("max-time");
        Document definitions = file.map("definitions").only("services", "caches", "steps");
        Set<String> caches = new HashSet<>(definitions.map("caches").keys());
        caches.add("maven");
        Document pipelines = file.map("pipelines").only("default", "branches");
        List<Document> steps = pipelines.map("branches").maps(machine.branch()).stream()
                .map(entry -> entry.only("step").map("step"))
                .toList();
        steps.forEach(step -> check(step, caches, definitions.map("services").keys()));
        for (Document step : steps) {
            step.maybe("trigger").ifPresent(manual -> machine.event("approved"));
            if (!run(step)) {
                return machine.end(false);
            }
        }
        return machine.end(true);
    }

    /** All of it before anything runs, as Bitbucket does. */
    private static void check(Document step, Set<String> caches, List<String> services) {
        step.only("name", "size", "services", "deployment", "trigger", "oidc", "caches", "artifacts", "script");
        assertThat(caches).containsAll(step.texts("caches"));
        assertThat(!step.has("services") || services.containsAll(step.texts("services")))
                .isTrue();
        step.maybe("deployment").ifPresent(name -> assertThat(DEPLOYMENTS).contains(name));
        step.maybe("trigger").ifPresent(trigger -> assertThat(trigger).isEqualTo("manual"));
        for (Document artifact :
                step.map("artifacts").only("download", "upload").maps("upload")) {
            artifact.only("name", "type", "capture-on", "paths", "ignore-paths");
            assertThat(artifact.text("type")).isIn("shared", "scoped");
        }
    }

    private boolean run(Document step) {
        Path workspace = machine.workspace();
        machine.checkOut(workspace);
        download(step.map("artifacts"), workspace);
        Map<String, String> environment = new HashMap<>(Map.of(
                "CI", "true",
                "BITBUCKET_BUILD_NUMBER", "7",
                "BITBUCKET_REPO_FULL_NAME", "shop/clock",
                "BITBUCKET_BRANCH", machine.branch(),
                "BITBUCKET_COMMIT", machine.commit()));
        environment.putAll(variables);
        if (step.maybe("oidc").filter("true"::equals).isPresent()) {
            environment.put("BITBUCKET_STEP_OIDC_TOKEN", "token-of-the-test");
        }
        boolean good = machine.run(workspace, environment, "bash", "-e", "-c", String.join("\n", step.texts("script")));
        machine.event(step.text("name") + (good ? "" : " failed"));
        for (Document artifact : step.map("artifacts").maps("upload")) {
            if (good || artifact.maybe("capture-on").filter("always"::equals).isPresent()) {
                upload(artifact, workspace);
            }
        }
        return good;
    }

    /** Those that are named, else all that are there, the last one last. */
    private void download(Document artifacts, Path workspace) {
        for (String name : artifacts.has("download") ? artifacts.texts("download") : List.copyOf(shared)) {
            assertThat(shared).as("a shared artifact of a step before").contains(name);
            Machine.copy(machine.store(name), workspace, List.of("**"));
        }
    }

    private void upload(Document artifact, Path workspace) {
        String name = artifact.text("name");
        if (artifact.text("type").equals("shared")) {
            assertThat(shared.add(name)).as("a name is taken once: %s", name).isTrue();
        }
        Machine.copy(
                workspace,
                machine.store(name),
                artifact.texts("paths"),
                artifact.has("ignore-paths") ? artifact.texts("ignore-paths") : List.of());
    }
}
