package io.github.ecsmaven.ci;

import java.util.ArrayList;
import java.util.List;

/** What a pipeline of any product has Maven do, in this order. Checkout and approval are the product's own. */
public enum Stage {
    COMPILE("compile", "test-compile"),
    UNIT_TESTS("unit-tests", "test"),
    PACKAGE("package", "package"),
    INTEGRATION_TESTS("integration-tests", "verify"),
    UAT("uat", "deploy"),
    PRODUCTION("production", "");

    /** What calls before have completed is not done again. */
    private static final String RESUME = "-Decs.resume";

    private final String placeholder;
    private final String goals;

    Stage(String placeholder, String goals) {
        this.placeholder = placeholder;
        this.goals = goals;
    }

    /** By which the templates name the stage's command. */
    String placeholder() {
        return placeholder;
    }

    /** A shell's command: no colours and no prompts, no lines of transfers. */
    public String command(ProjectFacts project) {
        String maven = project.maven() + " -B -ntp ";
        if (this == PRODUCTION) {
            return maven + promotion(project) + " " + project.production();
        }
        return maven + goals + " " + RESUME;
    }

    private static String promotion(ProjectFacts project) {
        List<String> goals = new ArrayList<>();
        if (project.contents().images()) {
            goals.addAll(List.of("ecs:push", "ecs:redeploy"));
        }
        if (project.contents().promotesFrontEnds()) {
            goals.add("ecs:upload");
        }
        if (project.contents().reactor()) {
            // Modules find each other's jars in a Maven call that comes to the phase package.
            goals.add(0, "package");
            goals.add(RESUME);
        }
        return String.join(" ", goals);
    }
}
