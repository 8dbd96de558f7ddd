package io.github.ecsmaven.aws;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/**
 * Finds the region as the SDK's default chain does (AWS_REGION, profile, instance), and reads AWS_DEFAULT_REGION before it asks
 * the instance: the AWS CLI and most CIs set it, and the SDK for Java passes over it.
 */
final class FindRegion {
    private final List<Supplier<@Nullable Region>> places;

    FindRegion(List<Supplier<@Nullable Region>> places) {
        this.places = List.copyOf(places);
    }

    static FindRegion sdk(AwsSettings settings, Map<String, String> environment) {
        String profile = settings.profile().orElseGet(ProfileFileSystemSetting.AWS_PROFILE::getStringValueOrThrow);
        return new FindRegion(List.of(
                () -> ask(new SystemSettingsRegionProvider()),
                () -> variable(environment, "AWS_REGION"),
                () -> ask(new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, profile)),
                () -> variable(environment, "AWS_DEFAULT_REGION"),
                () -> onInstance(environment) ? ask(new InstanceProfileRegionProvider()) : null));
    }

    /** @throws Problem when no place names a region */
    Region run() {
        return places.stream()
                .map(Supplier::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> Problem.ofProject(
                        "No AWS region is known.",
                        List.of(
                                "Looked at: ecs.region, AWS_REGION, AWS_DEFAULT_REGION, the AWS profile, the EC2 instance."),
                        "set ecs.region in the pom (or -Decs.region=eu-west-1), or AWS_REGION in the environment."));
    }

    private static boolean onInstance(Map<String, String> environment) {
        return !"true".equalsIgnoreCase(environment.get("AWS_EC2_METADATA_DISABLED"));
    }

    private static @Nullable Region variable(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "").trim();
        return value.isEmpty() ? null : Region.of(value);
    }

    private static @Nullable Region ask(AwsRegionProvider provider) {
        try {
            return provider.getRegion();
        } catch (SdkClientException notThere) {
            return null;
        }
    }
}
