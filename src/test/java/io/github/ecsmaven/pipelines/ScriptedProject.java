package io.github.ecsmaven.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.GitCommit;
import io.github.ecsmaven.ci.CiProduct;
import io.github.ecsmaven.ci.PipelineFile;
import io.github.ecsmaven.ci.ProjectFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;

/** A git repository whose {@code mvnw} is a script that notes how it is called, so that a pipeline runs in a second. */
public final class ScriptedProject {
    private static final Map<String, String> ROLES =
            Map.of("AWS_ROLE_UAT", "a", "AWS_ROLE_PRODUCTION", "b", "AWS_REGION", "c");

    private final Path folder;
    private final Path repository;

    /** @param script what {@code mvnw} does then, called with Maven's arguments */
    public ScriptedProject(Path folder, String script) {
        this.folder = folder;
        repository = folder.resolve("repository");
        try (Git git = Git.init()
                .setInitialBranch("main")
                .setDirectory(repository.toFile())
                .call()) {
            Path wrapper = repository.resolve("mvnw");
            Files.writeString(
                    wrapper,
                    "#!/bin/sh\necho \"$(git rev-parse HEAD) $*\" >>'" + folder.resolve("calls") + "'\n" + script
                            + "\n");
            assertThat(wrapper.toFile().setExecutable(true)).isTrue();
            for (CiProduct product : CiProduct.values()) {
                for (PipelineFile file : pipeline(product)) {
                    Path path = repository.resolve(file.path());
                    Files.createDirectories(path.getParent());
                    Files.writeString(path, file.text());
                }
            }
            git.add().addFilepattern(".").call();
            GitCommit.of(git, "A change");
        } catch (GitAPIException error) {
            throw new IllegalStateException(error);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** The commit of its branch. */
    String head() {
        try (Git git = Git.open(repository.toFile())) {
            return git.getRepository().resolve(Constants.HEAD).name();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Commit and arguments of each call of {@code mvnw}. */
    public List<String> calls() {
        try {
            return Files.readAllLines(folder.resolve("calls"));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static List<String> files(CiProduct product) {
        return pipeline(product).stream().map(PipelineFile::text).toList();
    }

    private static List<PipelineFile> pipeline(CiProduct product) {
        return product.pipeline()
                .files(new ProjectFacts(
                        "orders",
                        17,
                        new ProjectFacts.Contents(false, true, List.of("web/dist"), true),
                        "./mvnw",
                        Optional.of("github.com"),
                        "main",
                        Optional.empty(),
                        "-Decs.cluster=production",
                        Optional.empty(),
                        List.of(),
                        List.of()));
    }

    /** With the pipeline that is generated. */
    public Ran run(CiProduct product) {
        return run(product, files(product));
    }

    Ran run(CiProduct product, List<String> files) {
        Machine machine = new Machine(repository, folder.resolve("machine-" + System.nanoTime()), Map.of());
        return switch (product) {
            case JENKINS -> new Jenkins(machine).run(files.get(0));
            case GITHUB -> new GitHub(machine, ROLES).run(files.get(0));
            case GITLAB -> new GitLab(machine, ROLES).run("promote-production");
            case BITBUCKET -> new Bitbucket(machine, ROLES).run(files.get(0));
            case CODEBUILD -> new CodeBuild(machine).run(files.get(0), files.get(1));
        };
    }
}
