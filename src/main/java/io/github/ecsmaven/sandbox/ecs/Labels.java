package io.github.ecsmaven.sandbox.ecs;

import java.util.LinkedHashMap;
import java.util.Map;

/** The labels of the sandbox's containers, by which it finds them again. */
final class Labels {
    /** Its value is the sandbox's home id. */
    static final String HOME = "io.github.ecsmaven.sandbox";

    static final String TASK = HOME + ".task";

    private final String home;

    Labels(String home) {
        this.home = home;
    }

    String home() {
        return home;
    }

    Map<String, String> of(Task task, String container) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(HOME, home);
        labels.put(HOME + ".cluster", last(task.clusterArn));
        if (!task.service.isEmpty()) {
            labels.put(HOME + ".service", last(task.service));
        }
        labels.put(TASK, task.id);
        labels.put(HOME + ".container", container);
        return labels;
    }

    private static String last(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
