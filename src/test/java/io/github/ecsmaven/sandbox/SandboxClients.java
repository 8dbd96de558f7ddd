package io.github.ecsmaven.sandbox;

import io.github.ecsmaven.EngineAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;

/** A sandbox of a test's own, and stock AWS clients of it. */
public final class SandboxClients {
    private SandboxClients() {}

    /** A process that is started when its address is asked for. */
    public static Sandbox of(Path home) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new Sandbox(home, 0, java, System.getProperty("java.class.path"));
    }

    /** One in this JVM. */
    static SandboxServer server(Path home) throws IOException {
        EngineAddress engine = new EngineAddress(System.getenv(), Path.of(System.getProperty("user.home")));
        return SandboxServer.start(new SandboxServer.Launch(home, 0, true), engine, Clock.systemUTC());
    }

    public static EcrClient ecr(Sandbox.Address address) {
        return EcrClient.builder()
                .endpointOverride(address.endpoint())
                .region(Region.of(address.region()))
                .credentialsProvider(credentials(address))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** What a Docker client logs in with, as the user AWS. */
    public static String registryPassword(EcrClient ecr) {
        String token = ecr.getAuthorizationToken().authorizationData().get(0).authorizationToken();
        return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8).substring("AWS:".length());
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
