package io.github.ecsmaven.ecs;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.sandbox.Sandbox;
import io.github.ecsmaven.sandbox.ecs.TestApp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;

/** A running sandbox with a repository, into which images of {@link TestApp} are pushed. */
final class SandboxEcs implements AutoCloseable {
    private static final String BASE = "ecs-maven-plugin/java:17";
    private static final String CLASS = TestApp.class.getName();

    private final Path cache;
    private final EcsClient ecs;
    private final AwsClients clients;
    private final String repository;
    private final String password;
    private final List<String> calls = new CopyOnWriteArrayList<>();

    SandboxEcs(Sandbox.Address address, Path cache) {
        this.cache = cache;
        AwsSettings settings = new AwsSettings(
                Optional.of(address.region()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(address.endpoint()),
                Optional.of(new AwsSettings.FixedCredentials(address.accessKeyId(), address.secretAccessKey())));
        clients = new AwsClients(settings, Map.of());
        repository = clients.ecr()
                .createRepository(r -> r.repositoryName("shop"))
                .repository()
                .repositoryUri();
        String token =
                clients.ecr().getAuthorizationToken().authorizationData().get(0).authorizationToken();
        password = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8).substring("AWS:".length());
        ecs = EcsClient.builder()
                .endpointOverride(address.endpoint())
                .region(Region.of(address.region()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(address.accessKeyId(), address.secretAccessKey())))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(sdk -> sdk.addExecutionInterceptor(new Count()))
                .build();
    }

    RolloutApis apis() {
        return new RolloutApis(
                ecs, new DescribeTogether(), clients::logs, clients::balancers, clients::codeDeploy, true);
    }

    /** Names of the actions that the client has called. */
    List<String> calls() {
        return calls;
    }

    String repository() {
        return repository;
    }

    Digest push(String tag, Map<String, String> environment) throws Exception {
        Path main = Path.of(uri());
        RegistryImage target = RegistryImage.named(repository + ":" + tag).addCredential("AWS", password);
        JibContainer pushed = Jib.from(DockerDaemonImage.named(BASE))
                .addFileEntriesLayer(FileEntriesLayer.builder()
                        .addEntry(main, AbsoluteUnixPath.get("/app/" + CLASS.replace('.', '/') + ".class"))
                        .build())
                .setEnvironment(environment)
                .addExposedPort(Port.tcp(8080))
                .setEntrypoint(
                        "/opt/java/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", "/app", CLASS)
                .containerize(Containerizer.to(target)
                        .setAllowInsecureRegistries(true)
                        .setBaseImageLayersCache(cache)
                        .setApplicationLayersCache(cache)
                        .setToolName("test"));
        return new Digest(pushed.getDigest().toString());
    }

    private static URI uri() throws Exception {
        return TestApp.class.getResource("TestApp.class").toURI();
    }

    private final class Count implements ExecutionInterceptor {
        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            calls.add(context.request().getClass().getSimpleName().replaceFirst("Request$", ""));
        }
    }

    @Override
    public void close() {
        ecs.close();
        clients.close();
    }
}
