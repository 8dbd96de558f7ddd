package io.github.ecsmaven;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The CI build that this process is a part of, as its environment tells.
 *
 * @param product name of the CI product; empty on a developer's machine
 * @param number of the build, as the product shows it
 * @param branch that is built, of a pull request the one that it comes from; empty for a tag
 * @param commit full hash
 */
public record CiBuild(
        Optional<String> product, Optional<String> number, Optional<String> branch, Optional<String> commit) {
    /**
     * Which variables a product sets.
     *
     * @param sign set by this product alone
     * @param number first of these that has a value
     * @param tag set when a tag is built and no branch
     * @param branch first of these that has a value
     */
    private record Product(
            String name, String sign, List<String> number, List<String> tag, List<String> branch, String commit) {}

    /** From each product's page of predefined variables; Jenkins is last, as the others may run beside its variables. */
    private static final List<Product> PRODUCTS = List.of(
            new Product(
                    "GitHub Actions",
                    "GITHUB_ACTIONS",
                    List.of("GITHUB_RUN_NUMBER"),
                    List.of(),
                    List.of("GITHUB_HEAD_REF", "GITHUB_REF"),
                    "GITHUB_SHA"),
            new Product(
                    "GitLab",
                    "GITLAB_CI",
                    List.of("CI_PIPELINE_IID", "CI_JOB_ID"),
                    List.of("CI_COMMIT_TAG"),
                    List.of("CI_COMMIT_BRANCH", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_REF_NAME"),
                    "CI_COMMIT_SHA"),
            new Product(
                    "CodeBuild",
                    "CODEBUILD_BUILD_ID",
                    List.of("CODEBUILD_BUILD_NUMBER"),
                    List.of(),
                    List.of("CODEBUILD_WEBHOOK_HEAD_REF"),
                    "CODEBUILD_RESOLVED_SOURCE_VERSION"),
            new Product(
                    "Bitbucket",
                    "BITBUCKET_BUILD_NUMBER",
                    List.of("BITBUCKET_BUILD_NUMBER"),
                    List.of("BITBUCKET_TAG"),
                    List.of("BITBUCKET_BRANCH"),
                    "BITBUCKET_COMMIT"),
            new Product(
                    "Azure Pipelines",
                    "TF_BUILD",
                    List.of("BUILD_BUILDNUMBER", "BUILD_BUILDID"),
                    List.of(),
                    List.of("SYSTEM_PULLREQUEST_SOURCEBRANCH", "BUILD_SOURCEBRANCH"),
                    "BUILD_SOURCEVERSION"),
            new Product(
                    "CircleCI",
                    "CIRCLECI",
                    List.of("CIRCLE_BUILD_NUM"),
                    List.of("CIRCLE_TAG"),
                    List.of("CIRCLE_BRANCH"),
                    "CIRCLE_SHA1"),
            new Product(
                    "Travis",
                    "TRAVIS",
                    List.of("TRAVIS_BUILD_NUMBER"),
                    List.of("TRAVIS_TAG"),
                    List.of("TRAVIS_PULL_REQUEST_BRANCH", "TRAVIS_BRANCH"),
                    "TRAVIS_COMMIT"),
            new Product(
                    "Jenkins",
                    "JENKINS_URL",
                    List.of("BUILD_NUMBER"),
                    List.of("TAG_NAME"),
                    List.of("CHANGE_BRANCH", "BRANCH_NAME", "GIT_BRANCH"),
                    "GIT_COMMIT"));

    /** @param environment of this process */
    public static CiBuild of(Map<String, String> environment) {
        return PRODUCTS.stream()
                .filter(product -> value(environment, product.sign()).isPresent())
                .findFirst()
                .map(product -> build(product, environment))
                .orElse(new CiBuild(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static CiBuild build(Product product, Map<String, String> environment) {
        Optional<String> branch = first(environment, product.tag()).isPresent()
                ? Optional.empty()
                : first(environment, product.branch()).flatMap(CiBuild::branch);
        return new CiBuild(
                Optional.of(product.name()),
                first(environment, product.number()),
                branch,
                value(environment, product.commit()));
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
