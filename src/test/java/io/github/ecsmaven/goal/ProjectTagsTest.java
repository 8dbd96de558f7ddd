package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.GitCommit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTagsTest {
    @TempDir
    Path folder;

    @Test
    void uncommittedChangesAreToldWhereATagNamesTheCommit() throws Exception {
        Path pom = Files.writeString(folder.resolve("pom.xml"), "<project/>");
        assertThat(uncommitted()).as("no checkout").isEmpty();
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            git.add().addFilepattern("pom.xml").call();
            String commit = GitCommit.of(git, "first");
            assertThat(uncommitted()).as("as committed").isEmpty();

            Files.writeString(pom, "<project></project>");
            assertThat(uncommitted())
                    .isEqualTo("The checkout has uncommitted changes: the tag git-" + commit.substring(0, 12)
                            + " names a commit that doesn't hold them.");
            assertThat(uncommitted("{commit:8}", "v{commit:4}"))
                    .contains("the tags " + commit.substring(0, 8) + ", v" + commit.substring(0, 4) + " name a commit");
            assertThat(uncommitted("{version}")).as("no tag of the commit").isEmpty();
        }
    }

    /** A promotion with what another commit's build has left. */
    @Test
    void otherCommitThanTheTestedOneIsToldWhereATagNamesTheCommit() {
        String tested = "a".repeat(40);
        Map<String, String> same = Map.of("GITHUB_ACTIONS", "true", "GITHUB_SHA", tested);
        Map<String, String> other = Map.of("GITHUB_ACTIONS", "true", "GITHUB_SHA", "b".repeat(40));

        assertThat(otherCommit(tested, same)).isEmpty();
        assertThat(otherCommit(tested, Map.of())).as("no commit is known").isEmpty();
        assertThat(otherCommit(tested, other, "{version}"))
                .as("no tag of the commit")
                .isEmpty();
        assertThat(otherCommit(tested, other))
                .contains("The image was tested at the commit " + tested
                        + ", and the tag git-bbbbbbbbbbbb names another one, which is checked out now.");
    }

    private Optional<String> otherCommit(String tested, Map<String, String> environment, String... tags) {
        return ProjectTags.otherCommit(List.of(tags), project(), session(), environment, tested);
    }

    private String uncommitted(String... tags) {
        return ProjectTags.uncommitted(List.of(tags), project(), session(), Map.of())
                .orElse("");
    }

    private MavenProject project() {
        MavenProject project = new MavenProject(new Model());
        project.setVersion("1.4.0");
        project.setFile(folder.resolve("pom.xml").toFile());
        return project;
    }

    @SuppressWarnings("deprecation") // Maven 3 has no other constructor that takes a request.
    private static MavenSession session() {
        DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
        request.setStartTime(new Date());
        return new MavenSession(null, null, request, new DefaultMavenExecutionResult());
    }
}
