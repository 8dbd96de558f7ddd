package io.github.ecsmaven;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The CI build that this process is a part of, as its environment tells.
 *
 * @param product name of the CI product; empty on a developer's machine
 * @param number of the build, as the product shows it
 * @param branch that is built, of a pull request the one that it comes from; empty for a tag
 * @param commit full hash
 * @param id by which the product tells the build from all others; the same in each step of it
 * @param url of the build's page
 * @param starter who began it, as the product names people
 * @param event why it was begun, as the product names it: {@code push}, {@code schedule}
 * @param begun when the product began with it
 */
public record CiBuild(
        Optional<String> product,
        Optional<String> number,
        Optional<String> branch,
        Optional<String> commit,
        Optional<String> id,
        Optional<String> url,
        Optional<String> starter,
        Optional<String> event,
        Optional<Instant> begun) {
    /**
     * Which variables a product sets.
     *
     * @param sign set by this product alone
     * @param number first of these that has a value
     * @param tag set when a tag is built and no branch
     * @param branch first of these that has a value
     * @param about what else is told of the build
     */
    private record Product(
            String name,
            String sign,
            List<String> number,
            List<String> tag,
            List<String> branch,
            String commit,
            About about) {}

    /**
     * Each is text with variables in it, {@code $NAME}, all of which have to have a value.
     *
     * @param starter first of these that is whole
     */
    private record About(String id, String url, List<String> starter, String event, String begun) {}

    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z_]+)");

    /** From each product's page of predefined variables; Jenkins is last, as the others may run beside its variables. */
    private static final List<Product> PRODUCTS = List.of(
            new Product(
                    "GitHub Actions",
                    "GITHUB_ACTIONS",
                    List.of("GITHUB_RUN_NUMBER"),
                    List.of(),
                    List.of("GITHUB_HEAD_REF", "GITHUB_REF"),
                    "GITHUB_SHA",
                    new About(
                            "$GITHUB_RUN_ID-$GITHUB_RUN_ATTEMPT",
                            "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID",
                            List.of("$GITHUB_ACTOR"),
                            "$GITHUB_EVENT_NAME",
                            "")),
            new Product(
                    "GitLab",
                    "GITLAB_CI",
                    List.of("CI_PIPELINE_IID", "CI_JOB_ID"),
                    List.of("CI_COMMIT_TAG"),
                    List.of("CI_COMMIT_BRANCH", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_REF_NAME"),
                    "CI_COMMIT_SHA",
                    new About(
                            "$CI_PIPELINE_ID",
                            "$CI_PIPELINE_URL",
                            List.of("$GITLAB_USER_LOGIN", "$CI_COMMIT_AUTHOR"),
                            "$CI_PIPELINE_SOURCE",
                            "$CI_JOB_STARTED_AT")),
            new Product(
                    "CodeBuild",
                    "CODEBUILD_BUILD_ID",
                    List.of("CODEBUILD_BUILD_NUMBER"),
                    List.of(),
                    List.of("CODEBUILD_WEBHOOK_HEAD_REF"),
                    "CODEBUILD_RESOLVED_SOURCE_VERSION",
                    new About(
                            "$CODEBUILD_BUILD_ID",
                            "$CODEBUILD_BUILD_URL",
                            List.of("$CODEBUILD_INITIATOR"),
                            "$CODEBUILD_WEBHOOK_EVENT",
                            "$CODEBUILD_START_TIME")),
            new Product(
                    "Bitbucket",
                    "BITBUCKET_BUILD_NUMBER",
                    List.of("BITBUCKET_BUILD_NUMBER"),
                    List.of("BITBUCKET_TAG"),
                    List.of("BITBUCKET_BRANCH"),
                    "BITBUCKET_COMMIT",
                    new About(
                            "$BITBUCKET_REPO_FULL_NAME-$BITBUCKET_BUILD_NUMBER",
                            "https://bitbucket.org/$BITBUCKET_REPO_FULL_NAME/pipelines/results/$BITBUCKET_BUILD_NUMBER",
                            List.of("$BITBUCKET_STEP_TRIGGERER_UUID"),
                            "",
                            "")),
            new Product(
                    "Azure Pipelines",
                    "TF_BUILD",
                    List.of("BUILD_BUILDNUMBER", "BUILD_BUILDID"),
                    List.of(),
                    List.of("SYSTEM_PULLREQUEST_SOURCEBRANCH", "BUILD_SOURCEBRANCH"),
                    "BUILD_SOURCEVERSION",
                    new About(
                            "$BUILD_BUILDID",
                            "$SYSTEM_COLLECTIONURI$SYSTEM_TEAMPROJECT/_build/results?buildId=$BUILD_BUILDID",
                            List.of("$BUILD_REQUESTEDFOR"),
                            "$BUILD_REASON",
                            "$SYSTEM_PIPELINESTARTTIME")),
            new Product(
                    "CircleCI",
                    "CIRCLECI",
                    List.of("CIRCLE_BUILD_NUM"),
                    List.of("CIRCLE_TAG"),
                    List.of("CIRCLE_BRANCH"),
                    "CIRCLE_SHA1",
                    new About("$CIRCLE_WORKFLOW_ID", "$CIRCLE_BUILD_URL", List.of("$CIRCLE_USERNAME"), "", "")),
            new Product(
                    "Travis",
                    "TRAVIS",
                    List.of("TRAVIS_BUILD_NUMBER"),
                    List.of("TRAVIS_TAG"),
                    List.of("TRAVIS_PULL_REQUEST_BRANCH", "TRAVIS_BRANCH"),
                    "TRAVIS_COMMIT",
                    new About("$TRAVIS_BUILD_ID", "$TRAVIS_BUILD_WEB_URL", List.of(), "$TRAVIS_EVENT_TYPE", "")),
            new Product(
                    "Jenkins",
                    "JENKINS_URL",
                    List.of("BUILD_NUMBER"),
                    List.of("TAG_NAME"),
                    List.of("CHANGE_BRANCH", "BRANCH_NAME", "GIT_BRANCH"),
                    "GIT_COMMIT",
                    new About("$BUILD_TAG", "$BUILD_URL", List.of("$BUILD_USER_ID", "$CHANGE_AUTHOR"), "", "")));

    /** @param environment of this process */
    public static CiBuild of(Map<String, String> environment) {
        return PRODUCTS.stream()
                .filter(product -> value(environment, product.sign()).isPresent())
                .findFirst()
                .map(product -> build(product, environment))
                .orElseGet(CiBuild::none);
    }

    private static CiBuild none() {
        return new CiBuild(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static CiBuild build(Product product, Map<String, String> environment) {
        Optional<String> branch = first(environment, product.tag()).isPresent()
                ? Optional.empty()
                : first(environment, product.branch()).flatMap(CiBuild::branch);
        return new CiBuild(
                Optional.of(product.name()),
                first(environment, product.number()),
                branch,
                value(environment, product.commit()),
                filled(environment, product.about().id()),
                // A project of Azure Pipelines may have spaces in its name.
                filled(environment, product.about().url()).map(url -> url.replace(" ", "%20")),
                product.about().starter().stream()
                        .flatMap(text -> filled(environment, text).stream())
                        .findFirst(),
                filled(environment, product.about().event()),
                filled(environment, product.about().begun()).flatMap(CiBuild::time));
    }

    private static Optional<String> filled(Map<String, String> environment, String text) {
        Matcher variable = VARIABLE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (variable.find()) {
            Optional<String> value = value(environment, variable.group(1));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            variable.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(variable.appendTail(filled).toString()).filter(whole -> !whole.isEmpty());
    }

    /** GitLab and Azure Pipelines write ISO 8601, the one with T and the other without; CodeBuild counts milliseconds. */
    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(
                    text.matches("\\d{13}")
                            ? Instant.ofEpochMilli(Long.parseLong(text))
                            : OffsetDateTime.parse(text.replace(' ', 'T')).toInstant());
        } catch (DateTimeParseException unknown) {
            return Optional.empty();
        }
    }

    /** Without what stands before a branch's name; other refs, {@code refs/tags/…} and {@code refs/pull/…}, are none. */
    private static Optional<String> branch(String ref) {
        String name = ref.replaceFirst("^(refs/heads/|origin/)", "");
        return name.startsWith("refs/") ? Optional.empty() : Optional.of(name);
    }

    private static Optional<String> first(Map<String, String> environment, List<String> names) {
        return names.stream().flatMap(name -> value(environment, name).stream()).findFirst();
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Stream.ofNullable(environment.get(name))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }
}
