package io.github.ecsmaven.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A service that speaks awsJson1.1: {@code X-Amz-Target: prefix.Action}, a JSON object in, a JSON object out. */
public interface JsonService {
    /** The part of {@code X-Amz-Target} before the dot, for example {@code AmazonEC2ContainerServiceV20141113}. */
    String targetPrefix();

    /**
     * Called from several threads at once.
     *
     * @param action for example {@code DescribeServices}
     * @return the answer's members; times are epoch seconds with fraction (AWS JSON protocol)
     * @throws AwsError to refuse; {@link AwsError#unknownAction} for an action that isn't covered
     */
    ObjectNode handle(String action, ObjectNode request, Caller caller);
}
