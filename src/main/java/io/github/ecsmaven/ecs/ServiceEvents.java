package io.github.ecsmaven.ecs;

import java.util.List;
import java.util.regex.Pattern;

/** Tells the service events that say something from those that the counts of the deployments say already. */
final class ServiceEvents {
    private static final Pattern ROUTINE = Pattern.compile("has (started|stopped) \\d+|stopped \\d+ pending"
            + "|registered \\d+|begun draining|steady state|deployment completed"
            + "|deployment failed: tasks failed to start|rolling back to");

    private static final Pattern BRACKETS = Pattern.compile("\\((service|deployment|task) ([^()]+)\\)");

    private ServiceEvents() {}

    static boolean isTelling(String event) {
        return !ROUTINE.matcher(event).find();
    }

    /** Those that say more than that tasks came and went, each once. */
    static List<String> telling(List<String> events) {
        return events.stream().filter(ServiceEvents::isTelling).distinct().toList();
    }

    /** As a person reads it; the API writes names in brackets, the ECS console leaves these out. */
    static String said(String event) {
        return "ECS: " + BRACKETS.matcher(event).replaceAll("$1 $2");
    }
}
