package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A cluster.
 *
 * @param status {@code ACTIVE} or {@code INACTIVE}
 * @param settings the members of CreateCluster, as given
 */
record Cluster(String arn, String name, String status, ObjectNode settings) {
    boolean active() {
        return status.equals("ACTIVE");
    }

    Cluster inactive() {
        return new Cluster(arn, name, "INACTIVE", settings);
    }
}
