package io.github.ecsmaven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CiBuildTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GitHub Actions  | GITHUB_ACTIONS=true GITHUB_RUN_NUMBER=7 GITHUB_REF=refs/heads/a/b GITHUB_SHA=abc | 7 | a/b | abc",
                "GitHub Actions  | GITHUB_ACTIONS=true GITHUB_RUN_NUMBER=7 GITHUB_HEAD_REF=fix GITHUB_REF=refs/pull/3/merge | 7 | fix |",
                "GitHub Actions  | GITHUB_ACTIONS=true GITHUB_RUN_NUMBER=7 GITHUB_HEAD_REF= GITHUB_REF=refs/tags/v1 | 7 | |",
                "GitLab          | GITLAB_CI=true CI_PIPELINE_IID=12 CI_JOB_ID=999 CI_COMMIT_BRANCH=main CI_COMMIT_SHA=abc | 12 | main | abc",
                "GitLab          | GITLAB_CI=true CI_PIPELINE_IID=12 CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=fix CI_COMMIT_REF_NAME=fix | 12 | fix |",
                "GitLab          | GITLAB_CI=true CI_PIPELINE_IID=12 CI_COMMIT_TAG=v1 CI_COMMIT_REF_NAME=v1 | 12 | |",
                "CodeBuild       | CODEBUILD_BUILD_ID=p:1 CODEBUILD_BUILD_NUMBER=5 CODEBUILD_WEBHOOK_HEAD_REF=refs/heads/main CODEBUILD_RESOLVED_SOURCE_VERSION=abc | 5 | main | abc",
                "CodeBuild       | CODEBUILD_BUILD_ID=p:1 CODEBUILD_BUILD_NUMBER=5 CODEBUILD_WEBHOOK_HEAD_REF=refs/tags/v1 | 5 | |",
                "Bitbucket       | BITBUCKET_BUILD_NUMBER=8 BITBUCKET_BRANCH=main BITBUCKET_COMMIT=abc | 8 | main | abc",
                "Bitbucket       | BITBUCKET_BUILD_NUMBER=8 BITBUCKET_TAG=v1 | 8 | |",
                "Azure Pipelines | TF_BUILD=True BUILD_BUILDNUMBER=20261126.1 BUILD_BUILDID=77 BUILD_SOURCEBRANCH=refs/heads/main BUILD_SOURCEVERSION=abc | 20261126.1 | main | abc",
                "Azure Pipelines | TF_BUILD=True BUILD_BUILDID=77 SYSTEM_PULLREQUEST_SOURCEBRANCH=refs/heads/fix BUILD_SOURCEBRANCH=refs/pull/1/merge | 77 | fix |",
                "CircleCI        | CIRCLECI=true CIRCLE_BUILD_NUM=9 CIRCLE_BRANCH=main CIRCLE_SHA1=abc | 9 | main | abc",
                "CircleCI        | CIRCLECI=true CIRCLE_BUILD_NUM=9 CIRCLE_TAG=v1 | 9 | |",
                "Travis          | TRAVIS=true TRAVIS_BUILD_NUMBER=4 TRAVIS_PULL_REQUEST_BRANCH=fix TRAVIS_BRANCH=main TRAVIS_COMMIT=abc | 4 | fix | abc",
                "Jenkins         | JENKINS_URL=http://j BUILD_NUMBER=3 BRANCH_NAME=PR-1 CHANGE_BRANCH=fix GIT_COMMIT=abc | 3 | fix | abc",
                "Jenkins         | JENKINS_URL=http://j BUILD_NUMBER=3 GIT_BRANCH=origin/main | 3 | main |",
                "Jenkins         | JENKINS_URL=http://j BUILD_NUMBER=3 TAG_NAME=v1 BRANCH_NAME=v1 | 3 | |",
            })
    void ofWhenAProductIsKnownReadsItsVariables(
            String product, String environment, String number, String branch, String commit) {
        Map<String, String> variables = Stream.of(environment.split(" "))
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(one -> one[0], one -> one[1]));
        CiBuild build = CiBuild.of(variables);
        assertThat(build.product()).hasValue(product);
        assertThat(build.number().orElse(null)).isEqualTo(number);
        assertThat(build.branch().orElse(null)).isEqualTo(branch);
        assertThat(build.commit().orElse(null)).isEqualTo(commit);
    }

    @Test
    void ofWhenNoProductIsThereKnowsNothing() {
        CiBuild build = CiBuild.of(Map.of("BUILD_NUMBER", "3", "HOME", "/home/me"));
        assertThat(build.product()).isEmpty();
        assertThat(build.number()).isEmpty();
    }
}
