package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.WholeFile;
import io.github.ecsmaven.ci.CiProduct;
import io.github.ecsmaven.ci.DescribeChange;
import io.github.ecsmaven.ci.PipelineFile;
import io.github.ecsmaven.ci.ProjectFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Writes the pipeline of this project for a CI: each stage of a delivery, from the checkout to the promotion to production, is one
 * of the CI. Needs neither Docker nor AWS. An existing file that differs stays as it is unless told otherwise.
 */
@Mojo(name = "ci", aggregator = true, threadSafe = true)
public final class CiMojo extends AbstractMojo {
    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    /** Does nothing when true. Example: {@code -Decs.skip}. */
    @Parameter(property = "ecs.skip", defaultValue = "false")
    String skip;

    /** Whose pipeline: {@code jenkins}, {@code github}, {@code gitlab}, {@code codebuild} or {@code bitbucket}. Example: {@code github}. */
    @Parameter(property = "ecs.ci")
    @Nullable String ci;

    /**
     * The branch that is deployed; others are built and tested. Default: the one that a clone of {@code origin} begins with, where
     * git has noted it ({@code git remote set-head origin -a}), else the one that is checked out, else {@code main}. Example:
     * {@code release}.
     */
    @Parameter(property = "ecs.ci.branch")
    @Nullable String ciBranch;

    /**
     * Where a version is promoted to: a profile of the pom, whose properties then say cluster and service, or, where there is no
     * profile of that name, the cluster. Example: {@code prod}.
     */
    @Parameter(property = "ecs.ci.production", defaultValue = "production")
    String ciProduction;

    /** Overwrites an existing file that differs; the difference is shown. Example: {@code -Decs.ci.overwrite}. */
    @Parameter(property = "ecs.ci.overwrite", defaultValue = "false")
    String ciOverwrite;

    /** As of {@code ecs:push}; where it is not set the pipeline takes it from the CI. */
    @Parameter(property = "ecs.region")
    @Nullable String region;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        GoalRunner.run(this::writeUnlessSkipped, session.getRequest().isShowErrors());
    }

    private void writeUnlessSkipped() {
        if (OptionText.flag("ecs.skip", skip)) {
            getLog().info("Skipped (ecs.skip).");
            return;
        }
        boolean overwrite = OptionText.flag("ecs.ci.overwrite", ciOverwrite);
        MavenProject top = session.getTopLevelProject();
        PipelineFacts pom = new PipelineFacts(top, session.getProjects(), name -> property(top, name));
        CiProduct product =
                CiProduct.of(OptionText.text(ci), OptionText.text(ci).isPresent() ? Optional.empty() : pom.host());
        ProjectFacts project = pom.read(
                OptionText.text(ciBranch), OptionText.text(ciProduction).orElse("production"));
        Path folder = top.getBasedir().toPath();
        write(product.pipeline().files(project), folder, overwrite);
        tell(product, project, folder);
        property(top, "ecs.notify.mail.host").ifPresent(host -> getLog().info("Mail goes through " + host
                + ". When it wants a login, the CI needs a settings.xml: the guide ci.html says how."));
    }

    /** What Maven has filled a parameter with wins. */
    private Optional<String> property(MavenProject top, String name) {
        return (name.equals("ecs.region") ? OptionText.text(region) : Optional.<String>empty())
                .or(() -> OptionText.text(session.getUserProperties().getProperty(name)))
                .or(() -> OptionText.text(top.getProperties().getProperty(name)));
    }

    /** All of them or none. */
    private void write(List<PipelineFile> files, Path folder, boolean overwrite) {
        List<PipelineFile> changed = files.stream()
                .filter(file -> !there(folder, file)
                        .filter(text -> DescribeChange.isSame(text, file))
                        .isPresent())
                .toList();
        List<PipelineFile> different =
                changed.stream().filter(file -> there(folder, file).isPresent()).toList();
        different.forEach(file -> there(folder, file)
                .ifPresent(text -> DescribeChange.of(text, file).forEach(getLog()::info)));
        if (!different.isEmpty() && !overwrite) {
            boolean one = different.size() == 1;
            throw Problem.ofProject(
                    paths(different)
                            + (one
                                    ? " differs from what ecs:ci would write, and stays as it is"
                                    : " differ from what ecs:ci would write, and stay as they are")
                            + "; the difference stands above.",
                    "take over by hand what you want of it, or -Decs.ci.overwrite.");
        }
        files.stream().filter(file -> !changed.contains(file)).forEach(file -> getLog().info(
                        file.path() + " is up to date."));
        changed.forEach(file -> {
            write(folder, file);
            getLog().info((different.contains(file) ? "Overwrote " : "Wrote ") + file.path());
        });
    }

    private static String paths(List<PipelineFile> files) {
        return files.stream().map(PipelineFile::path).collect(Collectors.joining(" and "));
    }

    private static Optional<String> there(Path folder, PipelineFile file) {
        Path path = folder.resolve(file.path());
        for (@Nullable Path above = path.getParent();
                above != null && !above.equals(folder);
                above = above.getParent()) {
            if (Files.exists(above) && !Files.isDirectory(above)) {
                throw Problem.ofProject(
                        "'" + folder.relativize(above) + "' is a file, and " + file.path()
                                + " can't be written below it.",
                        "move it away, then call ecs:ci again.");
            }
        }
        if (Files.isDirectory(path)) {
            throw Problem.ofProject(
                    "'" + file.path() + "' is a folder, and the pipeline can't be written.",
                    "move it away, then call ecs:ci again.");
        }
        try {
            return Files.exists(path)
                    ? Optional.of(new String(Files.readAllBytes(path), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException error) {
            throw Problem.ofMachine(
                    "'" + file.path() + "' can't be read.",
                    List.of(String.valueOf(error)),
                    "check its permissions, or move it away; then call ecs:ci again.",
                    error);
        }
    }

    private static void write(Path folder, PipelineFile file) {
        try {
            WholeFile.writeShared(folder.resolve(file.path()), file.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException error) {
            throw Problem.ofMachine(
                    "'" + file.path() + "' can't be written.",
                    List.of(String.valueOf(error)),
                    "check the disk and the permissions of the folder, then call ecs:ci again.",
                    error);
        }
    }

    private void tell(CiProduct product, ProjectFacts project, Path folder) {
        if (!GitCheckout.hasBranch(folder, project.branch())) {
            getLog().warn("There is no branch '" + project.branch()
                    + "', neither in this checkout nor at its remote as it was last seen, and nothing is deployed before it is there."
                    + " Next: push it, or name the one that is to be deployed: -Decs.ci.branch="
                    + GitCheckout.branch(folder).orElse("NAME") + " -Decs.ci.overwrite.");
        }
        getLog().info("Branch " + project.branch() + " goes to UAT, and after an approval to production ("
                + project.production() + ").");
        if (!project.contents().frontEnds().isEmpty() && !project.contents().promotesFrontEnds()) {
            getLog().info(
                            "Front ends stay in UAT, since nothing says their bucket in production: to promote them too, give their modules a"
                                    + " profile with ecs.upload.bucket.");
        }
        if (!project.hasWrapper()) {
            getLog().info(
                            "There is no Maven wrapper, so mvn is called. To have the same Maven everywhere: mvn wrapper:wrapper");
        }
        getLog().info("To set up in " + product.title() + " once:");
        product.pipeline().setUp(project).forEach(line -> getLog().info("  " + line));
        getLog().info("How: the guide " + product.id() + ".html of the plugin's site, src/site/markdown/" + product.id()
                + ".md in its repository. Then commit and push.");
    }
}
