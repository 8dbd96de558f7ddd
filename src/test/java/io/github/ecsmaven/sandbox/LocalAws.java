package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.sandbox.engine.ScriptedEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;

/** The sandbox in this JVM, with tasks that follow a script: a whole AWS for a fast test, over HTTP and with the AWS SDK. */
public final class LocalAws implements AutoCloseable {
    public static final String ACCOUNT = SandboxServer.ACCOUNT;
    public static final String REGION = "eu-west-1";

    private final ScriptedEngine engine;
    private final SandboxServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    public LocalAws(Path home) throws IOException {
        engine = new ScriptedEngine();
        server = SandboxServer.start(new SandboxServer.Launch(home, 0, true), engine.address(), Clock.systemUTC());
    }

    public ScriptedEngine engine() {
        return engine;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.state().port());
    }

    /** As the plugin calls it; the account's own user. */
    public AwsClients clients() {
        return clients(ACCOUNT, REGION);
    }

    /** Of a user of this account, in this region. */
    public AwsClients clients(String account, String region) {
        return new AwsClients(
                new AwsSettings(
                        Optional.of(region),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(endpoint()),
                        Optional.of(new AwsSettings.FixedCredentials(account, "any"))),
                Map.of());
    }

    /** With the credentials that the SDK's own chain finds, in this role. */
    public AwsClients assuming(String role) {
        return new AwsClients(
                new AwsSettings(
                        Optional.of(REGION),
                        Optional.empty(),
                        Optional.of(role),
                        Optional.of(endpoint()),
                        Optional.empty()),
                Map.of());
    }

    /** One that does not try again by itself, which would be waited for by the real clock. */
    public EcsClient impatient() {
        return impatient(EcsClient.builder());
    }

    /** The same for ECR. */
    public EcrClient impatientEcr() {
        return impatient(EcrClient.builder());
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C impatient(B builder) {
        return builder.endpointOverride(endpoint())
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(sdk -> sdk.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    /** Orders faults, as {@code PUT /admin/faults} does; with {@code '} for quotes. */
    public void order(String fault) {
        HttpResponse<String> answer = send("PUT", fault.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** The faults that are left, as JSON. */
    public String ordered() {
        return send("GET", "").body();
    }

    /** What was sent through SES and SNS, as JSON. */
    public String sent() {
        return send(Admin.MESSAGES, "GET", "").body();
    }

    /** Takes all faults away. */
    public void mend() {
        assertThat(send("DELETE", "").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> send(String method, String body) {
        return send(Admin.FAULTS, method, body);
    }

    private HttpResponse<String> send(String path, String method, String body) {
        try {
            return http.send(
                    HttpRequest.newBuilder(endpoint().resolve(path))
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() throws IOException {
        server.end(Admin.End.FORGET);
        engine.close();
    }
}
