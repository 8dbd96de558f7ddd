package io.github.ecsmaven.sandbox;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Stock AWS clients of a sandbox. */
final class SandboxClients {
    private SandboxClients() {}

    static EcrClient ecr(Sandbox.Address address) {
        return EcrClient.builder()
                .endpointOverride(address.endpoint())
                .region(Region.of(address.region()))
                .credentialsProvider(credentials(address))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    static EcsClient ecs(Sandbox.Address address) {
        return EcsClient.builder()
                .endpointOverride(address.endpoint())
                .region(Region.of(address.region()))
                .credentialsProvider(credentials(address))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    static StaticCredentialsProvider credentials(Sandbox.Address address) {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(address.accessKeyId(), address.secretAccessKey()));
    }
}
