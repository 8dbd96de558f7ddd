package io.github.ecsmaven.ecs.verdict;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells the service events that say something from those that the counts of the deployments say already. */
public final class ServiceEvents {
    private static final Pattern ROUTINE = Pattern.compile("has (started|stopped) \\d+|stopped \\d+ pending"
            + "|registered \\d+|begun draining|steady state|deployment completed"
            + "|deployment failed: tasks failed to start|rolling back to");

    private static final Pattern GUIDE = Pattern.compile(
            " For more information, see the Troubleshooting section of the Amazon ECS Developer Guide\\.?$");

    private static final Pattern TARGET_GROUP = Pattern.compile("arn:[^\\s()]+:targetgroup/([^/\\s()]+)/[0-9a-f]+");

    /** What differs between events that say the same of several tasks. */
    private static final Pattern ONE_OF_MANY =
            Pattern.compile("\\((?:task|instance|container-instance|port) [^()]+\\)|[0-9a-f]{12,}");

    private static final Pattern BRACKETS = Pattern.compile("\\((service|deployment|task) ([^()]+)\\)");

    private ServiceEvents() {}

    public static boolean isTelling(String event) {
        return !ROUTINE.matcher(event).find();
    }

    /** Those that say more than that tasks came and went; of those that say the same of several tasks the first. */
    static List<String> telling(List<String> events) {
        Set<String> kinds = new HashSet<>();
        return events.stream()
                .filter(ServiceEvents::isTelling)
                .filter(event -> kinds.add(kind(event)))
                .toList();
    }

    /** The same for events that say the same of different tasks. */
    public static String kind(String event) {
        return ONE_OF_MANY.matcher(event).replaceAll("#");
    }

    /** A target group by its name alone, as the console shows it. */
    static String shortened(String text) {
        return TARGET_GROUP.matcher(text).replaceAll("$1");
    }

    /** As a person reads it; the API writes names in brackets, the ECS console leaves these out. */
    public static String said(String event) {
        String plain = shortened(GUIDE.matcher(event).replaceFirst(""));
        return "ECS: " + BRACKETS.matcher(plain).replaceAll("$1 $2");
    }
}
