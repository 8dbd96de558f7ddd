package io.github.ecsmaven;

import java.util.List;
import java.util.stream.Collectors;

/** A statement of an IAM policy, to be copied into the policy of the build's role. */
public final class PolicyStatement {
    private PolicyStatement() {}

    /**
     * @param actions as {@code ecr:PutImage}
     * @param resource ARN, or {@code *}
     * @return JSON in one line
     */
    public static String allow(List<String> actions, String resource) {
        String quoted = actions.stream().map(action -> '"' + action + '"').collect(Collectors.joining(", "));
        return "{\"Effect\": \"Allow\", \"Action\": " + (actions.size() == 1 ? quoted : "[" + quoted + "]")
                + ", \"Resource\": \"" + resource + "\"}";
    }
}
