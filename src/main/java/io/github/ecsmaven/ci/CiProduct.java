package io.github.ecsmaven.ci;

import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The CI products whose pipelines can be written; the name in lower case is what a user writes, and the name of its page. */
public enum CiProduct {
    JENKINS("Jenkins", new JenkinsPipeline()),
    GITHUB("GitHub Actions", new GitHubPipeline()),
    GITLAB("GitLab", new GitLabPipeline()),
    CODEBUILD("CodeBuild", new CodeBuildPipeline()),
    BITBUCKET("Bitbucket", new BitbucketPipeline());

    private final String title;
    private final Pipeline pipeline;

    CiProduct(String title, Pipeline pipeline) {
        this.title = title;
        this.pipeline = pipeline;
    }

    /** As its maker writes it. */
    public String title() {
        return title;
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    /** As a user writes it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names that a user may write. */
    public static List<String> ids() {
        return Stream.of(values()).map(CiProduct::id).toList();
    }

    /**
     * @param name as the user has written it; empty when he has written none
     * @param host of the git remote, which tells whose pipelines are likely
     * @throws Problem when it is no known one; it names those that are
     */
    public static CiProduct of(Optional<String> name, Optional<String> host) {
        return name.map(text -> known(text).orElseThrow(() -> unknown(text)))
                .orElseThrow(() -> Problem.ofProject(
                        "No CI is named (ecs.ci).", "write -Decs.ci=" + likely(host) + "; known are " + list() + "."));
    }

    private static Optional<CiProduct> known(String text) {
        return Stream.of(values())
                .filter(product -> product.id().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static Problem unknown(String text) {
        String nearest = NearestNames.of(text, ids()).stream().findFirst().orElse(JENKINS.id());
        return Problem.ofProject(
                "'" + text + "' is not a CI that pipelines can be written for (ecs.ci).",
                "write one of " + list() + ", for example -Decs.ci=" + nearest + ".");
    }

    private static String list() {
        return String.join(", ", ids());
    }

    private static String likely(Optional<String> host) {
        return host.flatMap(name -> ids().stream().filter(name::contains).findFirst())
                .orElse(JENKINS.id());
    }
}
