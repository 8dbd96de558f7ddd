package io.github.ecsmaven;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
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

    /** Each as the product's page of predefined variables shows it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GITHUB_ACTIONS=true GITHUB_RUN_ID=71 GITHUB_RUN_ATTEMPT=2 GITHUB_SERVER_URL=https://github.com GITHUB_REPOSITORY=a/b GITHUB_ACTOR=ada GITHUB_EVENT_NAME=push | 71-2 | https://github.com/a/b/actions/runs/71 | ada | push |",
                "GITLAB_CI=true CI_PIPELINE_ID=5 CI_PIPELINE_URL=https://g/p/5 GITLAB_USER_LOGIN=ada CI_COMMIT_AUTHOR=Bob CI_PIPELINE_SOURCE=schedule CI_JOB_STARTED_AT=2026-11-26T14:53:03Z | 5 | https://g/p/5 | ada | schedule | 2026-11-26T14:53:03Z",
                "CODEBUILD_BUILD_ID=p:1 CODEBUILD_BUILD_URL=https://c/1 CODEBUILD_INITIATOR=role/ada CODEBUILD_START_TIME=1795704783000 | p:1 | https://c/1 | role/ada | | 2026-11-26T14:53:03Z",
                "BITBUCKET_BUILD_NUMBER=8 BITBUCKET_REPO_FULL_NAME=a/b | a/b-8 | https://bitbucket.org/a/b/pipelines/results/8 | | |",
                "TF_BUILD=True BUILD_BUILDID=77 SYSTEM_COLLECTIONURI=https://dev.azure.com/a/ SYSTEM_TEAMPROJECT=b BUILD_REQUESTEDFOR=Ada BUILD_REASON=Manual | 77 | https://dev.azure.com/a/b/_build/results?buildId=77 | Ada | Manual |",
                "TF_BUILD=True BUILD_BUILDID=77 SYSTEM_COLLECTIONURI=https://dev.azure.com/a/ SYSTEM_TEAMPROJECT=Web_Shop | 77 | https://dev.azure.com/a/Web%20Shop/_build/results?buildId=77 | | |",
                "TF_BUILD=True BUILD_BUILDID=77 | 77 | | | |",
                "TF_BUILD=True BUILD_BUILDID=77 SYSTEM_PIPELINESTARTTIME=2026-11-26_14:53:03+00:00 | 77 | | | | 2026-11-26T14:53:03Z",
                "TF_BUILD=True BUILD_BUILDID=77 SYSTEM_PIPELINESTARTTIME=yesterday | 77 | | | |",
                "CIRCLECI=true CIRCLE_WORKFLOW_ID=w CIRCLE_BUILD_URL=https://c/9 CIRCLE_USERNAME=ada | w | https://c/9 | ada | |",
                "JENKINS_URL=http://j BUILD_TAG=jenkins-a-3 BUILD_URL=http://j/a/3/ CHANGE_AUTHOR=ada | jenkins-a-3 | http://j/a/3/ | ada | |",
            })
    void ofWhenAProductIsKnownTellsOfTheBuild(
            String environment, String id, String url, String starter, String event, Instant begun) {
        Map<String, String> variables = Stream.of(environment.split(" "))
                .map(one -> one.replace("_14:53", " 14:53")
                        .replace("Web_Shop", "Web Shop")
                        .split("=", 2))
                .collect(Collectors.toMap(one -> one[0], one -> one[1]));
        CiBuild build = CiBuild.of(variables);
        assertThat(build.id().orElse(null)).isEqualTo(id);
        assertThat(build.url().orElse(null)).isEqualTo(url);
        assertThat(build.starter().orElse(null)).isEqualTo(starter);
        assertThat(build.event().orElse(null)).isEqualTo(event);
        assertThat(build.begun().orElse(null)).isEqualTo(begun);
    }

    @Test
    void ofWhenNoProductIsThereKnowsNothing() {
        CiBuild build = CiBuild.of(Map.of("BUILD_NUMBER", "3", "HOME", "/home/me"));
        assertThat(build.product()).isEmpty();
        assertThat(build.number()).isEmpty();
    }
}
