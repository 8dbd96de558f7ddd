package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ci.ProjectFacts;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.model.Profile;
import org.apache.maven.project.MavenProject;
import org.eclipse.jgit.transport.URIish;

/** What a pipeline has to know, from the pom and the git checkout. */
final class PipelineFacts {
    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+");

    /** Of the environment. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env\\.([A-Za-z_][A-Za-z0-9_]*)}");

    /** What a CI or the machine sets, such as BUILD_URL: nobody keeps these as secrets, and GitHub takes none that begin as its own do. */
    private static final Pattern OF_CI = Pattern.compile(
            "(AWS|BITBUCKET|BUILD|CI|CODEBUILD|GITHUB|GITLAB|JENKINS|JOB|RUNNER)_.*|CI|HOME|HOSTNAME|PATH|USER");

    private final MavenProject top;
    private final List<MavenProject> modules;
    private final Path folder;
    private final int release;
    private final Function<String, Optional<String>> properties;

    /**
     * @param modules all of the build, {@code top} among them
     * @param properties of the command line and of the top project, by name
     */
    PipelineFacts(MavenProject top, List<MavenProject> modules, Function<String, Optional<String>> properties) {
        this.top = top;
        this.modules = List.copyOf(modules);
        this.release = modules.stream()
                .mapToInt(module -> new ProjectContents(module).javaRelease())
                .max()
                .orElse(0);
        this.folder = top.getBasedir().toPath().toAbsolutePath().normalize();
        this.properties = properties;
    }

    /**
     * @param branch {@code ecs.ci.branch}
     * @param production {@code ecs.ci.production}
     * @throws Problem outside a checkout with a remote, for names that a pipeline can't hold, and when nothing would be promoted, or to UAT
     */
    ProjectFacts read(Optional<String> branch, String production) {
        Optional<String> host = host();
        Optional<Profile> profile = profile(production);
        requireAnotherTarget(production, profile.isPresent());
        Optional<String> region = region(properties.apply("ecs.region"));
        ProjectFacts project = new ProjectFacts(
                top.getArtifactId(),
                ProjectFacts.supportedJava(release),
                contents(production),
                maven(),
                host,
                plain(
                        "ecs.ci.branch",
                        branch.or(() -> GitCheckout.defaultBranch(folder))
                                .or(() -> GitCheckout.branch(folder))
                                .orElse("main")),
                region,
                (profile.isPresent() ? "-P" : "-Decs.cluster=") + plain("ecs.ci.production", production),
                profile.flatMap(found -> region(text(found.getProperties(), "ecs.region")))
                        .or(() -> region),
                mail(),
                secrets());
        if (!project.contents().images() && !project.contents().promotesFrontEnds()) {
            throw Problem.ofProject(
                    "There is nothing to promote: no module gets an image, and nothing says the bucket of a front end in production.",
                    "write a profile '" + production + "' with ecs.upload.bucket into the pom (ecs.ci.production).");
        }
        return project;
    }

    private ProjectFacts.Contents contents(String production) {
        return new ProjectFacts.Contents(
                !top.getModules().isEmpty(),
                modules.stream().anyMatch(EcsMojo::mayGetImage),
                modules.stream().flatMap(module -> frontEnd(module).stream()).toList(),
                modules.stream().anyMatch(module -> goesToAnotherBucket(module, production)));
    }

    /** The built front end of a module that has a bucket; one that lies elsewhere is nothing that could be handed on. */
    private Optional<String> frontEnd(MavenProject module) {
        Path base = module.getBasedir().toPath().toAbsolutePath().normalize();
        return text(module.getProperties(), "ecs.upload.bucket")
                .map(bucket ->
                        text(module.getProperties(), "ecs.upload.directory").orElse("dist"))
                .map(directory -> base.resolve(directory).normalize())
                .filter(directory -> directory.startsWith(folder) && !directory.equals(folder))
                .map(directory -> folder.relativize(directory).toString().replace('\\', '/'))
                .map(directory -> plain("ecs.upload.directory", directory));
    }

    private boolean goesToAnotherBucket(MavenProject module, String production) {
        Optional<String> bucket = inProfile(module, production, "ecs.upload.bucket");
        return frontEnd(module).isPresent()
                && bucket.isPresent()
                && !bucket.equals(text(module.getProperties(), "ecs.upload.bucket"));
    }

    /** Where the files are to lie: the CI looks for them at the top of the checkout. */
    Optional<String> host() {
        Path root = GitCheckout.root(folder).orElseThrow(this::noRemote);
        if (!root.toAbsolutePath().normalize().equals(folder)) {
            throw Problem.ofProject(
                    "The project lies in '" + root.relativize(folder) + "' of the git checkout '" + root
                            + "', and CIs look for their pipeline at the top.",
                    "call ecs:ci in a project at the top of its checkout.");
        }
        String remote = GitCheckout.remote(folder).orElseThrow(this::noRemote);
        try {
            return Optional.ofNullable(new URIish(remote).getHost()).filter(name -> name.matches(ProjectFacts.PLAIN));
        } catch (URISyntaxException unusual) {
            return Optional.empty();
        }
    }

    private Problem noRemote() {
        return Problem.ofProject(
                "The project in '" + folder + "' has no git remote that a CI could check out.",
                "git remote add origin <address of the repository> (git init before it, where there is no checkout yet).");
    }

    /** One that is not executable in the checkout is not so in the CI either. */
    private String maven() {
        Path wrapper = folder.resolve("mvnw");
        if (!Files.isRegularFile(wrapper)) {
            return "mvn";
        }
        return Files.isExecutable(wrapper) ? "./mvnw" : "sh mvnw";
    }

    /** Of the top project and its parents, then of the modules. */
    private Stream<MavenProject> poms() {
        return Stream.concat(withParents(top), modules.stream());
    }

    private Optional<Profile> profile(String id) {
        return poms().flatMap(project -> project.getModel().getProfiles().stream())
                .filter(profile -> profile.getId().equals(id))
                .findFirst();
    }

    /** What is approved would go to UAT once more, and nothing would ever come to production. */
    private void requireAnotherTarget(String production, boolean hasProfile) {
        List<MavenProject> images =
                modules.stream().filter(EcsMojo::mayGetImage).toList();
        boolean same = !images.isEmpty()
                && (hasProfile
                        ? images.stream().noneMatch(module -> goesElsewhere(module, production))
                        : images.stream().anyMatch(module -> cluster(module).equals(production)));
        if (same) {
            throw Problem.ofProject(
                    "The promotion would go to where UAT is: the pom's ecs.cluster is "
                            + (hasProfile
                                    ? "the same in the profile '" + production + "' (ecs.ci.production)."
                                    : "'" + production + "' (ecs.ci.production) too."),
                    hasProfile
                            ? "write the cluster of production into that profile (ecs.cluster)."
                            : "name the cluster of production, or a profile of the pom that has its properties (ecs.ci.production).");
        }
    }

    private static String cluster(MavenProject module) {
        return text(module.getProperties(), "ecs.cluster").orElse("default");
    }

    /** A cluster of the same name lies in another region or account too, and another service in the same cluster. */
    private static boolean goesElsewhere(MavenProject module, String production) {
        return Stream.of("ecs.cluster", "ecs.service", "ecs.region", "ecs.profile", "ecs.roleArn", "ecs.endpoint")
                .anyMatch(name -> inProfile(module, production, name)
                        .filter(value -> !name.equals("ecs.cluster") || !value.equals(cluster(module)))
                        .isPresent());
    }

    /** What the profile says of a module: its own, else that of the nearest parent. */
    private static Optional<String> inProfile(MavenProject module, String id, String property) {
        return withParents(module)
                .flatMap(project -> project.getModel().getProfiles().stream())
                .filter(profile -> profile.getId().equals(id))
                .flatMap(profile -> text(profile.getProperties(), property).stream())
                .findFirst();
    }

    private static Stream<MavenProject> withParents(MavenProject project) {
        return Stream.iterate(project, next -> next != null, MavenProject::getParent);
    }

    /** An expression that is filled elsewhere, such as a variable of the environment, is none. */
    private static Optional<String> region(Optional<String> text) {
        return text.filter(name -> REGION.matcher(name).matches());
    }

    private List<String> mail() {
        return OptionText.list(properties.apply("ecs.notify.mail.to").orElse("")).stream()
                .filter(address -> ADDRESS.matcher(address).matches())
                .toList();
    }

    /** As the poms are written: Maven puts the value in the place of a variable that is set here. */
    private List<String> secrets() {
        return poms().flatMap(project -> Stream.ofNullable(project.getOriginalModel()))
                .flatMap(model -> Stream.concat(
                        Stream.of(model.getProperties()),
                        model.getProfiles().stream().map(Profile::getProperties)))
                .flatMap(all -> all.stringPropertyNames().stream()
                        .filter(name -> name.startsWith("ecs.notify."))
                        .map(all::getProperty))
                .flatMap(value -> VARIABLE.matcher(value).results())
                .map(found -> found.group(1))
                .filter(name -> !OF_CI.matcher(name).matches())
                .distinct()
                .sorted()
                .toList();
    }

    private static Optional<String> text(Properties properties, String name) {
        return OptionText.text(properties.getProperty(name));
    }

    private static String plain(String property, String text) {
        if (!text.matches(ProjectFacts.PLAIN)) {
            throw Problem.ofProject(
                    "'" + text + "' can't stand in a pipeline (" + property + ").",
                    "name one of letters, digits and . _ : / @ + - (" + property + ").");
        }
        return text;
    }
}
