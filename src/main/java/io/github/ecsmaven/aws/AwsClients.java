package io.github.ecsmaven.aws;

import io.github.ecsmaven.Problem;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecrpublic.EcrPublicClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The AWS clients of one goal, made on first use and closed together. They retry as the SDK's standard mode does: three
 * attempts, waiting with jitter in between.
 */
public final class AwsClients implements AutoCloseable {
    private final AwsSettings settings;
    private final Map<String, String> environment;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Map<Class<?>, AutoCloseable> clients = new HashMap<>();
    private @Nullable SdkHttpClient http;
    private @Nullable Region region;
    private @Nullable AwsCredentialsProvider credentials;

    /**
     * @param settings what the user wrote
     * @param environment of this process, for what the SDK doesn't read itself
     * @throws Problem when the sandbox's credentials come without a loopback endpoint or without a region
     */
    public AwsClients(AwsSettings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        SandboxGuard.check(settings);
    }

    /** @throws Problem when no region is found */
    public EcrClient ecr() {
        return client(EcrClient.class, EcrClient::builder);
    }

    /** Public ECR, which answers in us-east-1 alone: the settings have to name that region. */
    public EcrPublicClient ecrPublic() {
        return client(EcrPublicClient.class, EcrPublicClient::builder);
    }

    /** @throws Problem when no region is found */
    public EcsClient ecs() {
        return client(EcsClient.class, EcsClient::builder);
    }

    /** @throws Problem when no region is found */
    public StsClient sts() {
        return client(StsClient.class, StsClient::builder);
    }

    /** @throws Problem when no region is found */
    public CloudWatchLogsClient logs() {
        return client(CloudWatchLogsClient.class, CloudWatchLogsClient::builder);
    }

    /** @throws Problem when no region is found */
    public CodeDeployClient codeDeploy() {
        return client(CodeDeployClient.class, CodeDeployClient::builder);
    }

    /** A service of all regions; its signature names us-east-1 whatever region is set. */
    public CloudFrontClient cloudFront() {
        return client(CloudFrontClient.class, CloudFrontClient::builder);
    }

    /** @throws Problem when no region is found */
    public ElasticLoadBalancingV2Client balancers() {
        return client(ElasticLoadBalancingV2Client.class, ElasticLoadBalancingV2Client::builder);
    }

    /** @throws Problem when no region is found */
    public SesV2Client ses() {
        return client(SesV2Client.class, SesV2Client::builder);
    }

    /** @throws Problem when no region is found */
    public SnsClient sns() {
        return client(SnsClient.class, SnsClient::builder);
    }

    /**
     * For a bucket of any region; of any store that speaks as S3 does when there is another endpoint.
     *
     * @throws Problem when no region is found
     */
    public S3Client s3() {
        boolean other = settings.endpoint().isPresent();
        // Other stores know neither buckets as hosts nor signed chunks nor the checksums that the SDK sends by default.
        return client(S3Client.class, () -> S3Client.builder()
                .forcePathStyle(other)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .crossRegionAccessEnabled(!other)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED));
    }

    /**
     * As whom AWS is called.
     *
     * @throws Problem when no credentials are found, or AWS refuses them
     */
    public CallerIdentity callerIdentity() {
        try {
            var answer = sts().getCallerIdentity();
            return new CallerIdentity(answer.account(), answer.arn());
        } catch (SdkException refused) {
            throw AwsProblems.translate("ask AWS whose credentials these are", refused);
        }
    }

    /**
     * The region that the clients use.
     *
     * @throws Problem when no region is found
     */
    public synchronized String region() {
        return foundRegion().id();
    }

    private Region foundRegion() {
        Region known = region;
        if (known == null) {
            known = settings.region().map(Region::of).orElseGet(() -> FindRegion.sdk(settings, environment)
                    .run());
            region = known;
        }
        return known;
    }

    private AwsCredentialsProvider credentials() {
        AwsCredentialsProvider known = credentials;
        if (known == null) {
            FindCredentials find = new FindCredentials(settings, environment, this::keep);
            known = find.run(base -> builtAs(StsClient.builder(), base));
            credentials = known;
        }
        return known;
    }

    private SdkHttpClient http() {
        SdkHttpClient known = http;
        if (known == null) {
            UrlConnectionHttpClient.Builder builder = UrlConnectionHttpClient.builder();
            if (settings.fixed().isPresent()) {
                // A proxy of the environment would carry the sandbox's calls off this machine.
                builder.proxyConfiguration(ProxyConfiguration.builder()
                        .useEnvironmentVariablesValues(false)
                        .useSystemPropertyValues(false)
                        .build());
            }
            known = keep(builder.build());
            http = known;
        }
        return known;
    }

    private synchronized <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends AutoCloseable>
            C client(Class<C> type, Supplier<B> builder) {
        AutoCloseable known = clients.get(type);
        if (known == null) {
            known = keep(builtAs(builder.get(), credentials()));
            clients.put(type, known);
        }
        return type.cast(known);
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C builtAs(
            B builder, AwsCredentialsProvider as) {
        builder.httpClient(http()).region(foundRegion()).credentialsProvider(as);
        settings.endpoint().ifPresent((URI endpoint) -> builder.endpointOverride(endpoint));
        if (settings.fixed().isPresent()) {
            // AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT can't go with another endpoint: the SDK refuses the
            // call.
            builder.fipsEnabled(false).dualstackEnabled(false);
        }
        builder.overrideConfiguration(sdk -> {
            sdk.retryStrategy(RetryMode.STANDARD)
                    .addExecutionInterceptor(new NameTheEndpoint())
                    .addExecutionInterceptor(new SendAtOnce());
            settings.profile().ifPresent(sdk::defaultProfileName);
            if (settings.fixed().isPresent()) {
                sdk.defaultProfileFile(ProfileFile.aggregator().build());
            }
        });
        return builder.build();
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception unclosable) {
                // Nothing depends on it any more: the goal has its result.
                continue;
            }
        }
    }
}
