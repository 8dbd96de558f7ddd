package io.github.ecsmaven.aws;

import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;

/** The AWS clients of one goal, made on first use and closed together. */
public final class AwsClients implements AutoCloseable {
    private final AwsSettings settings;

    public AwsClients(AwsSettings settings) {
        this.settings = settings;
    }

    /** @throws io.github.ecsmaven.Problem when no region is found */
    public EcrClient ecr() {
        throw new UnsupportedOperationException(settings.toString());
    }

    /** @throws io.github.ecsmaven.Problem when no region is found */
    public EcsClient ecs() {
        throw new UnsupportedOperationException();
    }

    /** The region that the clients use. */
    public String region() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
