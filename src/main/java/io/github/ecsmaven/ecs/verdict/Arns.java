package io.github.ecsmaven.ecs.verdict;

/** Reads the parts of ECS's ARNs that a person knows things by. */
public final class Arns {
    private Arns() {}

    /** What stands after the last slash: the name of a cluster, service or task; a bare name stays as it is. */
    public static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** {@code revision 17} of {@code …:task-definition/orders:17}. */
    public static String revision(String taskDefinitionArn) {
        String name = name(taskDefinitionArn);
        int colon = name.lastIndexOf(':');
        return colon < 0 ? "'" + name + "'" : "revision " + name.substring(colon + 1);
    }

    /** {@code 17} of {@code …:task-definition/orders:17}. */
    public static String revisionNumber(String taskDefinitionArn) {
        String name = name(taskDefinitionArn);
        return name.substring(name.lastIndexOf(':') + 1);
    }

    /** {@code orders} of {@code …:task-definition/orders:17}. */
    public static String family(String taskDefinitionArn) {
        String name = name(taskDefinitionArn);
        int colon = name.lastIndexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }
}
