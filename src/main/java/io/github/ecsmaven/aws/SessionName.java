package io.github.ecsmaven.aws;

import java.util.List;
import java.util.Map;

/** The name of an assumed role's session, which CloudTrail shows: it tells the build. */
final class SessionName {
    private static final List<String> BUILD = List.of(
            "BUILD_TAG", "CODEBUILD_BUILD_ID", "GITHUB_RUN_ID", "CI_JOB_ID", "BUILD_BUILDID", "CIRCLE_BUILD_NUM");
    private static final int LONGEST = 64;

    private SessionName() {}

    /** Letters, digits and {@code =,.@-}, 2 to 64 of them (STS AssumeRole, RoleSessionName). */
    static String of(Map<String, String> environment) {
        String build = BUILD.stream()
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElseGet(() -> environment.getOrDefault("USER", "build"));
        String name = "ecs-maven-plugin-" + build.replaceAll("[^A-Za-z0-9=,.@-]", "-");
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }
}
