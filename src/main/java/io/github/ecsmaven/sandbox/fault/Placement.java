package io.github.ecsmaven.sandbox.fault;

import java.util.Locale;
import java.util.stream.Stream;

/** Why a task finds no place, in the words of ECS's service events. */
public enum Placement {
    NO_INSTANCES(Placement.REQUIREMENTS + "Reason: No Container Instances were found in your cluster."),
    CPU(Placement.CLOSEST + "(container-instance " + Placement.INSTANCE + ") has insufficient CPU units available. "
            + Placement.GUIDE),
    MEMORY(Placement.CLOSEST + "(container-instance " + Placement.INSTANCE + ") has insufficient memory available. "
            + Placement.GUIDE),
    PORT(Placement.CLOSEST + "(container-instance " + Placement.INSTANCE
            + ") is already using a port required by your task. " + Placement.GUIDE),
    ENI(Placement.CLOSEST + "container-instance " + Placement.INSTANCE + " encountered error \"RESOURCE:ENI\". "
            + Placement.GUIDE),
    ATTRIBUTE(Placement.CLOSEST + "(container-instance " + Placement.INSTANCE
            + ") is missing an attribute required by your task. " + Placement.GUIDE),
    AGENT(Placement.CLOSEST + "(container-instance " + Placement.INSTANCE + ") encountered error \"AGENT\". "
            + Placement.GUIDE),
    CAPACITY(Placement.PLAIN
            + "Capacity is unavailable at this time. Please try again later or in a different availability"
            + " zone."),
    TASK_LIMIT(Placement.PLAIN + "You've reached the limit on the number of tasks you can run concurrently"),
    VCPU_LIMIT(Placement.PLAIN + "You\u2019ve reached the limit on the number of vCPUs you can run concurrently"),
    CPU_LIMIT(Placement.PLAIN + "The requested CPU configuration is above your limit."),
    MEMORY_LIMIT(Placement.PLAIN + "The requested MEMORY configuration is above your limit."),
    INTERNAL(Placement.PLAIN + "Internal error."),
    EMPTY_CAPACITY_PROVIDER(Placement.PLAIN + "TaskFailedToStart: EMPTY CAPACITY PROVIDER.");

    private static final String PLAIN = " was unable to place a task. Reason: ";
    private static final String REQUIREMENTS =
            " was unable to place a task because no container instance met all of its requirements. ";
    private static final String CLOSEST = REQUIREMENTS + "The closest matching ";
    private static final String GUIDE =
            "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";
    private static final String INSTANCE = "3f4de1c5ffdd4954a0f5b1d0f3c4a5e6";

    private final String event;

    Placement(String event) {
        this.event = event;
    }

    /** In {@code failures} of RunTask ("API failure reasons" in the ECS developer guide). */
    public String reason() {
        return switch (this) {
            case CPU, MEMORY, ENI -> "RESOURCE:" + name();
            case PORT -> "RESOURCE:PORTS";
            case ATTRIBUTE, AGENT -> name();
            case EMPTY_CAPACITY_PROVIDER -> "EMPTY CAPACITY PROVIDER";
            default -> event.substring(event.indexOf("Reason: ") + "Reason: ".length());
        };
    }

    /** Whether a container instance was looked at and could not take it. */
    public boolean ofAnInstance() {
        return event.contains(INSTANCE);
    }

    /** The id of the instance that {@link #event} names. */
    public static String instance() {
        return INSTANCE;
    }

    /** The service event, without the service in front. */
    public String event() {
        return event;
    }

    /** As in the JSON: {@code vcpu-limit}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Placement of(String word) {
        return Stream.of(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'reason' is '" + word + "'; it can be "
                        + Stream.of(values()).map(Placement::word).toList()));
    }
}
