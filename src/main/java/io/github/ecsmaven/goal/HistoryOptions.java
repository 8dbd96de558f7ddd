package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.report.FolderHistory;
import io.github.ecsmaven.report.HistoryStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the history of builds lies.
 *
 * @param history {@code ecs.history}: a folder, or {@code s3://bucket/prefix}; by default a folder in the user's home
 * @param region {@code ecs.region}
 * @param profile {@code ecs.profile}
 * @param roleArn {@code ecs.roleArn}
 * @param endpoint {@code ecs.endpoint}
 * @param sandbox {@code ecs.sandbox}, with which no call leaves the machine
 * @param offline {@code -o}, the same
 */
public record HistoryOptions(
        Optional<String> history,
        Optional<String> region,
        Optional<String> profile,
        Optional<String> roleArn,
        Optional<String> endpoint,
        boolean sandbox,
        boolean offline) {
    private static final Pattern BUCKET = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/?(.*?)/?");

    /** None is asked unless the history lies in a bucket. */
    AwsClients clients() {
        return new AwsClients(settings(Optional.empty()), System.getenv());
    }

    /** @param other a region that goes before {@code ecs.region} */
    AwsSettings settings(Optional<String> other) {
        return new AwsSettings(
                other.or(() -> region),
                profile,
                roleArn,
                sandbox ? Optional.empty() : endpoint.map(AwsMojo::uri),
                Optional.empty());
    }

    /**
     * @param project {@code groupId:artifactId}
     * @param warning is told when a bucket is named that can't be used with the sandbox
     * @throws Problem when {@code ecs.history} can't be right
     */
    HistoryStore store(AwsClients aws, String project, Consumer<String> warning) {
        String folder = project.replace(':', '.');
        String place = history.orElseGet(HistoryOptions::home);
        if (!place.startsWith("s3:")) {
            return new FolderHistory(path(place).resolve(folder));
        }
        Matcher bucket = BUCKET.matcher(place);
        if (!bucket.matches()) {
            throw Problem.ofProject(
                    "'" + place + "' is no place for the history of builds (ecs.history).",
                    "write ecs.history=s3://bucket/prefix, or a folder.");
        }
        boolean away = offline
                && endpoint.map(AwsMojo::uri).filter(AwsMojo::isLoopback).isEmpty();
        if (sandbox || away) {
            warning.accept((sandbox ? "ecs.sandbox is on" : "Maven works offline (-o)") + ": the build is recorded in "
                    + home() + " and not in " + place + ".\nNext: nothing; "
                    + (sandbox ? "builds against AWS" : "builds without -o") + " are recorded there.");
            return new FolderHistory(path(home()).resolve(folder));
        }
        String prefix = bucket.group(2).isEmpty() ? "" : bucket.group(2) + "/";
        return new BucketHistory(aws::s3, bucket.group(1), prefix + folder + "/");
    }

    private static String home() {
        return Path.of(System.getProperty("user.home"), ".ecs-maven-plugin", "history")
                .toString();
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException wrong) {
            throw Problem.ofProject(
                    "'" + text + "' is no folder (ecs.history).", "write ecs.history=s3://bucket/prefix, or a folder.");
        }
    }
}
