package io.github.ecsmaven.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A workflow of GitHub Actions for a push to {@code main}; each job is another machine, approvals are given. */
public final class GitHub {
    /** The actions that may be used, each with what it may be told. */
    private static final Map<String, Set<String>> ACTIONS = Map.of(
            "actions/checkout@v7", Set.of("fetch-depth", "persist-credentials"),
            "actions/setup-java@v6", Set.of("distribution", "java-version", "cache"),
            "actions/upload-artifact@v7",
                    Set.of("name", "path", "if-no-files-found", "include-hidden-files", "retention-days"),
            "actions/download-artifact@v8", Set.of("name"),
            "aws-actions/configure-aws-credentials@v6", Set.of("role-to-assume", "aws-region"));

    private static final String ALWAYS = "${{ !cancelled() }}";
    private static final Pattern REF = Pattern.compile("github\\.ref == '([^']+)'");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\{ vars\\.([A-Z_]+) }}");

    private final Machine machine;
    private final Map<String, String> variables;
    private final Set<String> passed = new HashSet<>();
    private final Set<String> uploaded = new HashSet<>();

    /** @param variables of the repository */
    public GitHub(Machine machine, Map<String, String> variables) {
        this.machine = machine;
        this.variables = Map.copyOf(variables);
    }

    public Ran run(String yaml) {
        Document workflow = Document.of(yaml).only("name", "on", "permissions", "jobs");
        assertThat(workflow.map("on").only("push", "workflow_dispatch").has("push"))
                .isTrue();
        Document jobs = workflow.map("jobs");
        jobs.keys().forEach(name -> check(jobs.map(name)));
        boolean all = true;
        for (String name : jobs.keys()) {
            all &= !isWanted(jobs.map(name)) || job(name, jobs.map(name), workflow.map("permissions"));
        }
        return machine.end(all);
    }

    /** All of it before anything runs, as GitHub does. */
    private void check(Document job) {
        job.only(
                "name",
                "needs",
                "if",
                "runs-on",
                "timeout-minutes",
                "environment",
                "concurrency",
                "permissions",
                "steps");
        job.maybe("if").ifPresent(this::holds);
        for (Document step : job.maps("steps")) {
            step.only("name", "uses", "with", "run", "if");
            step.maybe("if").filter(text -> !text.equals(ALWAYS)).ifPresent(this::holds);
            if (step.has("uses")) {
                assertThat(ACTIONS).as(step.text("name")).containsKey(step.text("uses"));
                Document with =
                        step.map("with").only(ACTIONS.get(step.text("uses")).toArray(String[]::new));
                with.keys().forEach(key -> filled(with.text(key)));
            }
        }
    }

    private boolean isWanted(Document job) {
        return job.maybe("if").map(this::holds).orElse(true)
                && (!job.has("needs") || passed.containsAll(job.texts("needs")));
    }

    private boolean holds(String condition) {
        Matcher ref = REF.matcher(condition);
        assertThat(ref.matches()).as("if: %s", condition).isTrue();
        return ref.group(1).equals("refs/heads/" + machine.branch());
    }

    private boolean job(String name, Document job, Document permissions) {
        job.maybe("environment").ifPresent(environment -> machine.event("environment " + environment));
        Document rights = job.has("permissions") ? job.map("permissions") : permissions;
        Map<String, String> environment = new HashMap<>(Map.of(
                "CI", "true",
                "GITHUB_ACTIONS", "true",
                "GITHUB_RUN_ID", "4711",
                "GITHUB_RUN_ATTEMPT", "1",
                "GITHUB_RUN_NUMBER", "7",
                "GITHUB_REF", "refs/heads/" + machine.branch(),
                "GITHUB_SHA", machine.commit()));
        Path workspace = machine.workspace();
        boolean good = true;
        for (Document step : job.maps("steps")) {
            boolean always = step.maybe("if").filter(ALWAYS::equals).isPresent();
            boolean wanted = always || step.maybe("if").map(this::holds).orElse(true);
            if (wanted && (good || always)) {
                good &= step.has("uses")
                        ? use(step, workspace, environment, rights)
                        : run(step, workspace, environment);
            }
        }
        if (good) {
            passed.add(name);
        }
        return good;
    }

    private boolean run(Document step, Path workspace, Map<String, String> environment) {
        boolean good = machine.run(workspace, environment, "bash", "-e", "-c", step.text("run"));
        machine.event(step.text("name") + (good ? "" : " failed"));
        return good;
    }

    private boolean use(Document step, Path workspace, Map<String, String> environment, Document rights) {
        String action = step.text("uses");
        Document with = step.map("with");
        switch (action.replaceFirst("@.*", "")) {
            case "actions/checkout" -> {
                assertThat(rights.text("contents")).isEqualTo("read");
                machine.checkOut(workspace);
            }
            case "actions/upload-artifact" -> upload(with, workspace);
            case "actions/download-artifact" -> {
                assertThat(uploaded).contains(with.text("name"));
                Machine.copy(machine.store(with.text("name")), workspace, List.of("**"));
            }
            case "aws-actions/configure-aws-credentials" -> {
                assertThat(rights.text("id-token")).as("permission for OIDC").isEqualTo("write");
                machine.event("role " + filled(with.text("role-to-assume")));
                environment.put("AWS_REGION", filled(with.text("aws-region")));
            }
            default -> assertThat(with.text("distribution")).isEqualTo("temurin");
        }
        return true;
    }

    private void upload(Document with, Path workspace) {
        String name = with.text("name");
        assertThat(uploaded.add(name)).as("a name is taken once: %s", name).isTrue();
        List<String> lines = with.text("path").lines().toList();
        Stream<String> hidden =
                with.maybe("include-hidden-files").filter("true"::equals).isPresent()
                        ? Stream.of()
                        : Stream.of("**/.*", "**/.*/**");
        int files = Machine.copy(
                workspace,
                machine.store(name),
                lines.stream().filter(line -> !line.startsWith("!")).toList(),
                Stream.concat(
                                lines.stream()
                                        .filter(line -> line.startsWith("!"))
                                        .map(line -> line.substring(1)),
                                hidden)
                        .toList());
        assertThat(files > 0 || with.maybe("if-no-files-found").isPresent())
                .as("files of %s", name)
                .isTrue();
        machine.event("uploaded " + name);
    }

    private String filled(String text) {
        return VARIABLE.matcher(text).replaceAll(variable -> Matcher.quoteReplacement(variable(variable)));
    }

    private String variable(MatchResult found) {
        assertThat(variables).containsKey(found.group(1));
        return variables.get(found.group(1));
    }
}
