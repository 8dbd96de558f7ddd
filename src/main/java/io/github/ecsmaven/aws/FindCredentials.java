package io.github.ecsmaven.aws;

import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Decides as whom AWS is called: the sandbox's own key, the profile, else the SDK's chain; and a role on top of it. */
final class FindCredentials {
    private final AwsSettings settings;
    private final Map<String, String> environment;
    private final UnaryOperator<AutoCloseable> keep;

    FindCredentials(AwsSettings settings, Map<String, String> environment, UnaryOperator<AutoCloseable> keep) {
        this.settings = settings;
        this.environment = environment;
        this.keep = keep;
    }

    /** @param stsAs makes the STS client that assumes the role, with the credentials that it gets */
    AwsCredentialsProvider run(Function<AwsCredentialsProvider, StsClient> stsAs) {
        if (settings.fixed().isPresent()) {
            var key = settings.fixed().get();
            return StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
        }
        AwsCredentialsProvider base = explained(own());
        return settings.roleArn().isPresent() ? assumed(settings.roleArn().get(), stsAs.apply(base)) : base;
    }

    private AwsCredentialsProvider own() {
        return settings.profile().isPresent()
                ? kept(ProfileCredentialsProvider.create(settings.profile().get()))
                : kept(DefaultCredentialsProvider.builder().build());
    }

    private AwsCredentialsProvider assumed(String roleArn, StsClient sts) {
        keep.apply(sts);
        StsAssumeRoleCredentialsProvider role = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> request.roleArn(roleArn).roleSessionName(SessionName.of(environment)))
                .build();
        keep.apply(role);
        return () -> {
            try {
                return role.resolveCredentials();
            } catch (SdkException refused) {
                throw AwsProblems.translate("assume the role '" + roleArn + "' (ecs.roleArn)", refused);
            }
        };
    }

    /** The chain's own error lists every provider with its reason, thirty lines of which one matters. */
    private AwsCredentialsProvider explained(AwsCredentialsProvider provider) {
        return () -> {
            try {
                return provider.resolveCredentials();
            } catch (SdkException notFound) {
                throw NoCredentials.explain(settings.profile(), environment, notFound);
            }
        };
    }

    private <T extends AwsCredentialsProvider & SdkAutoCloseable> T kept(T provider) {
        keep.apply(provider);
        return provider;
    }
}
