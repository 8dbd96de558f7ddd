package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.GitCommit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCheckoutTest {
    @TempDir
    Path folder;

    @Test
    void commitWhenAModuleLiesInACheckoutIsItsHead() throws Exception {
        Path module = Files.createDirectories(folder.resolve("shop/orders"));
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            assertThat(GitCheckout.commit(module)).as("before the first commit").isEmpty();

            String commit = GitCommit.of(git, "first");
            assertThat(GitCheckout.commit(module)).contains(commit);
            assertThat(GitCheckout.describe(module, commit)).hasValueSatisfying(described -> {
                assertThat(described.author()).isEqualTo("A");
                assertThat(described.email()).isEqualTo("a@example.com");
                assertThat(described.message()).isEqualTo("first");
            });
            assertThat(GitCheckout.describe(module, "0".repeat(40)))
                    .as("a shallow clone without the commit")
                    .isEmpty();

            assertThat(GitCheckout.branch(module)).contains(git.getRepository().getBranch());
            git.checkout().setCreateBranch(true).setName("fix/a").call();
            assertThat(GitCheckout.branch(module)).contains("fix/a");

            git.checkout().setName(commit).setForced(true).call();
            assertThat(GitCheckout.commit(module)).as("detached").contains(commit);
            assertThat(GitCheckout.branch(module)).as("detached").isEmpty();
        }
    }

    @Test
    void isChangedWhenTrackedFilesDifferFromTheCommit() throws Exception {
        Path module = Files.createDirectories(folder.resolve("orders"));
        Path source = Files.writeString(module.resolve("Main.java"), "1");
        assertThat(GitCheckout.isChanged(module)).as("no checkout").isFalse();
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            git.add().addFilepattern("orders").call();
            assertThat(GitCheckout.isChanged(module))
                    .as("before the first commit")
                    .isTrue();
            GitCommit.of(git, "first");
            Files.writeString(module.resolve("notes.txt"), "untracked");
            assertThat(GitCheckout.isChanged(module)).as("as committed").isFalse();

            Files.writeString(source, "23");
            assertThat(GitCheckout.isChanged(module)).as("modified").isTrue();
            git.add().addFilepattern("orders/Main.java").call();
            assertThat(GitCheckout.isChanged(module)).as("staged").isTrue();

            Files.writeString(source, "1");
            git.add().addFilepattern("orders/Main.java").call();
            assertThat(GitCheckout.isChanged(module)).as("taken back").isFalse();
            Files.delete(source);
            assertThat(GitCheckout.isChanged(module)).as("deleted").isTrue();
        }
    }

    @Test
    void authorsAreThoseSinceACommitEachOnce() throws Exception {
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            String good = commit(git, "Ada");
            commit(git, "Grace");
            commit(git, "Linus");
            String head = commit(git, "Grace");

            assertThat(GitCheckout.authors(folder, good, head))
                    .extracting(author -> author.email().orElseThrow())
                    .containsExactly("grace@example.com", "linus@example.com");
            assertThat(GitCheckout.authors(folder, head, head)).isEmpty();
            assertThat(GitCheckout.authors(folder, "0".repeat(40), head))
                    .as("a shallow clone without the commit")
                    .isEmpty();
        }
    }

    private static String commit(Git git, String author) throws Exception {
        String email = author.toLowerCase(Locale.ROOT) + "@example.com";
        return GitCommit.of(git, "by " + author, new PersonIdent(author, email));
    }

    @Test
    void commitWhenTheCheckoutIsBrokenIsEmpty() throws Exception {
        Files.writeString(folder.resolve(".git"), "gitdir: /nowhere/at/all");

        assertThat(GitCheckout.commit(folder)).isEmpty();
        assertThat(GitCheckout.isChanged(folder)).isFalse();
    }
}
