package io.github.ecsmaven.report;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one build did, as it lies in {@code target/ecs/report.json} and in the history. Times are ISO 8601 strings in UTC,
 * durations seconds.
 *
 * @param schema {@value #SCHEMA}; a reader passes over fields that it does not know
 * @param id unique among all builds, in the order of their starts: {@code 20261126T145303Z-3f9c2a}
 * @param number as the CI shows it; without a CI one more than the highest in the project's history
 * @param project {@code groupId:artifactId} of the top project
 * @param version of the top project
 * @param name of the top project
 * @param outcome how the build ended
 * @param started when the first Maven call began
 * @param ended when the last Maven call ended
 * @param seconds from the one to the other
 * @param source what was built; absent outside a git checkout and without a CI that tells it
 * @param trigger what began the build
 * @param modules those in which a stage ran, in the order of the reactor
 */
public record BuildRecord(
        int schema,
        String id,
        String number,
        String project,
        String version,
        String name,
        Outcome outcome,
        String started,
        String ended,
        double seconds,
        Optional<Source> source,
        Trigger trigger,
        List<Module> modules) {
    /** Of the fields' meaning; a new field does not change it. */
    public static final int SCHEMA = 1;

    /** Oldest first. */
    public static final Comparator<BuildRecord> BY_START =
            Comparator.comparing(BuildRecord::started).thenComparing(BuildRecord::id);

    public BuildRecord {
        Stream.of(id, number, project, version, name, outcome, started, ended, source, trigger)
                .forEach(Objects::requireNonNull);
        modules = List.copyOf(modules);
    }

    /** The same under a number, and with other modules. */
    public BuildRecord with(String given, List<Module> others) {
        return new BuildRecord(
                schema, id, given, project, version, name, outcome, started, ended, seconds, source, trigger, others);
    }

    /** A time as records have it; empty when it is none, as in a record from elsewhere. */
    public static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    /** How a build ended. */
    public enum Outcome {
        SUCCESS,
        FAILED,
        /** Ctrl-C, or a signal of the CI: nobody knows how it would have ended. */
        INTERRUPTED
    }

    /** How a stage ended. */
    public enum Status {
        DONE,
        FAILED,
        INTERRUPTED,
        /** Its goals had nothing to do: properties leave its tests out. */
        SKIPPED,
        /** It was asked for, but the build ended before it. */
        NOT_RUN;

        private static final List<Status> SEVERITY = List.of(SKIPPED, DONE, NOT_RUN, INTERRUPTED, FAILED);

        /** What is told of two modules together. */
        public Status worse(Status other) {
            return SEVERITY.indexOf(this) >= SEVERITY.indexOf(other) ? this : other;
        }

        /** Whether any of its work was done. */
        public boolean ran() {
            return this != SKIPPED && this != NOT_RUN;
        }
    }

    /**
     * What was built.
     *
     * @param branch absent with a detached head that no CI names
     * @param commit 40 hexadecimal digits
     * @param author of the commit; absent when only the CI tells the commit
     * @param message first line of the commit's message
     * @param committed when
     */
    public record Source(
            Optional<String> branch,
            Optional<String> commit,
            Optional<Person> author,
            Optional<String> message,
            Optional<String> committed) {}

    /** @param email absent when git knows none */
    public record Person(String name, Optional<String> email) {}

    /**
     * What began the build.
     *
     * @param ci name of the CI product; absent on a developer's machine
     * @param build the CI's own id of the build, the same in all its Maven calls
     * @param url of the build's page
     * @param by who started it
     * @param event for example {@code push}, {@code pull_request}, {@code schedule}, as the CI names it
     */
    public record Trigger(
            Optional<String> ci,
            Optional<String> build,
            Optional<String> url,
            Optional<String> by,
            Optional<String> event) {}

    /**
     * One module of the reactor.
     *
     * @param name artifactId
     * @param stages in the order in which a build comes to them
     * @param image absent when none was built
     * @param services those that were deployed to, or on which it was tried, each once in a cluster
     * @param upload absent when nothing went to a front end's bucket
     */
    public record Module(
            String name, List<Stage> stages, Optional<Image> image, List<Service> services, Optional<Upload> upload) {
        public Module {
            Stream.of(name, image, upload).forEach(Objects::requireNonNull);
            stages = List.copyOf(stages);
            services = List.copyOf(services);
        }

        /** Of a module without a front end. */
        public Module(String name, List<Stage> stages, Optional<Image> image, List<Service> services) {
            this(name, stages, image, services, Optional.empty());
        }

        /** The same with other stages. */
        public Module withStages(List<Stage> others) {
            return new Module(name, others, image, services, upload);
        }
    }

    /**
     * @param stage {@code checkout}, {@code preflight}, {@code compile}, {@code unit tests}, {@code package}, {@code image},
     *     {@code container start}, {@code integration tests}, {@code push}, {@code rollout}, {@code upload}, {@code smoke test},
     *     {@code rollback} or {@code other goals}
     * @param started of its first goal; absent when it did not run
     * @param seconds all its goals together; 0 when it did not run
     * @param error why it failed or was interrupted
     * @param tests of the two stages that run tests, when any ran
     */
    public record Stage(
            String stage,
            Status status,
            Optional<String> started,
            double seconds,
            Optional<StageError> error,
            Optional<Tests> tests) {
        /** A failure outside of all other stages. */
        static final String OTHER = "other goals";

        private static final List<String> ORDER = List.of(
                "checkout",
                "preflight",
                "compile",
                "unit tests",
                "package",
                "image",
                "container start",
                "integration tests",
                "push",
                "rollout",
                "upload",
                "smoke test",
                "rollback",
                OTHER);

        public Stage {
            Stream.of(stage, status, started, error, tests).forEach(Objects::requireNonNull);
        }

        /** Where a stage stands among those that a build comes to; one that is not known stands behind them. */
        public static int place(String stage) {
            int known = ORDER.indexOf(stage);
            return known < 0 ? ORDER.size() : known;
        }

        /** When its last goal ended; empty when it did not run, or that is not known. */
        public Optional<Instant> ended() {
            return started.flatMap(BuildRecord::time).map(began -> after(began, seconds));
        }

        /** The same with what its tests reported. */
        public Stage withTests(Optional<Tests> reported) {
            return new Stage(stage, status, started, seconds, error, reported);
        }
    }

    /**
     * @param what happened, one sentence
     * @param evidence lines that show why: the compiler's, the container's
     * @param next what to do; absent for another plugin's error
     */
    public record StageError(String what, List<String> evidence, Optional<String> next) {
        public StageError {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * What Surefire or Failsafe reported.
     *
     * @param run all, the failed and skipped ones too
     * @param failed an assertion did not hold
     * @param errors anything else was thrown
     * @param skipped not run
     * @param failures the first {@value #MOST_FAILURES} of those that failed or broke
     */
    public record Tests(int run, int failed, int errors, int skipped, List<Failure> failures) {
        /** More make a record big and help nobody. */
        public static final int MOST_FAILURES = 50;

        public Tests {
            failures = List.copyOf(failures);
        }
    }

    /**
     * A test that failed.
     *
     * @param test {@code shop.OrdersTest.total}
     * @param message first line of what was thrown
     * @param file below the project's top folder when it lies there, with {@code /}; absent when it isn't found
     * @param line in that file
     */
    public record Failure(String test, String message, Optional<String> file, Optional<Integer> line) {
        /** {@code src/test/java/shop/OrdersTest.java:42}; empty when the file isn't known. */
        public Optional<String> place() {
            return file.map(name -> name + line.map(number -> ":" + number).orElse(""));
        }
    }

    /**
     * @param registry host with port when there is one; absent when the image was not pushed
     * @param repository the name below the registry; absent when the image was not pushed
     * @param digest {@code sha256:…} of the manifest, or of the index
     * @param tags that name the digest in the registry
     */
    public record Image(Optional<String> registry, Optional<String> repository, String digest, List<String> tags) {
        public Image {
            Objects.requireNonNull(digest);
            tags = List.copyOf(tags);
        }
    }

    /**
     * A service that was deployed to, as in {@code target/ecs/redeploy.json}.
     *
     * @param deploymentId {@code ecs-svc/…}, or CodeDeploy's {@code d-…}
     * @param outcome {@code COMPLETED}, {@code TRAFFIC_SHIFTED}, {@code STARTED}, {@code UNCHANGED}, {@code FAILED} or
     *     {@code ROLLED_BACK}
     * @param seconds from the request to the outcome
     * @param url under which the service is reached, as far as known
     * @param links for a person: the console
     */
    public record Service(
            String cluster,
            String service,
            String deploymentId,
            String outcome,
            double seconds,
            Optional<String> url,
            List<Link> links) {
        public Service {
            links = List.copyOf(links);
        }
    }

    /**
     * What a front end's bucket got, as in {@code target/ecs/upload.json}.
     *
     * @param prefix empty, or with a slash at its end
     * @param set id of the set of files that visitors get
     * @param files of that set
     * @param sent files that went up, or were brought back
     * @param deleted files
     * @param url of the site, as far as known
     */
    public record Upload(
            String bucket, String prefix, String set, int files, int sent, int deleted, Optional<String> url) {
        public Upload {
            Stream.of(bucket, prefix, set, url).forEach(Objects::requireNonNull);
        }

        /** Whether visitors get anything that they did not get before. */
        public boolean hasNews() {
            return sent + deleted > 0;
        }

        /** {@code s3://shop-web/} */
        public String place() {
            return "s3://" + bucket + "/" + prefix;
        }
    }

    static Instant after(Instant began, double seconds) {
        return began.plusMillis(Math.round(seconds * 1000));
    }

    /** @param name what a person reads, for example {@code console} */
    public record Link(String name, String url) {}
}
