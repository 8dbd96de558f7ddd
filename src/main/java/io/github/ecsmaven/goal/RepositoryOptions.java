package io.github.ecsmaven.goal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecr.NewRepository;
import io.github.ecsmaven.ecr.ScanGate;
import io.github.ecsmaven.ecr.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the options {@code ecs.repository.*} and {@code ecs.scan.*} say, read before anything is made. */
final class RepositoryOptions {
    private static final String LIFECYCLE = "ecs.repository.lifecyclePolicy";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RepositoryOptions() {}

    /**
     * What a scan has to show; empty: it isn't looked at.
     *
     * @throws Problem when a value is wrong
     */
    static Optional<ScanGate> scanGate(@Nullable String failOn, String timeout, String unsupported) {
        return OptionText.text(failOn)
                .map(severity -> new ScanGate(severity(severity), timeout(timeout), unsupported(unsupported)));
    }

    /** Hands each of these values on by itself, when the scan is looked at. */
    static void checkScan(@Nullable String failOn, String timeout, String unsupported, Consumer<Runnable> values) {
        OptionText.text(failOn).ifPresent(severity -> {
            values.accept(() -> severity(severity));
            values.accept(() -> timeout(timeout));
            values.accept(() -> unsupported(unsupported));
        });
    }

    private static Severity severity(String text) {
        return Severity.of("ecs.scan.failOn", text);
    }

    private static Duration timeout(String text) {
        return DurationText.parse("ecs.scan.timeout", text);
    }

    private static ScanGate.Unsupported unsupported(String text) {
        return OptionText.choice("ecs.scan.unsupported", text, ScanGate.Unsupported.class);
    }

    /**
     * The JSON of a lifecycle policy.
     *
     * @param option a file, or how many images are kept
     * @param folder that the file's name starts from
     * @throws Problem when there is no such file, or it holds no policy
     */
    static String lifecyclePolicy(String option, Path folder) {
        if (option.matches("[1-9]\\d{0,5}")) {
            return NewRepository.keep(Integer.parseInt(option));
        }
        Path file = folder.resolve(option);
        try {
            String text = Files.readString(file);
            if (!JSON.readTree(text).path("rules").isArray()) {
                throw Problem.ofProject(
                        "'" + file + "' is no lifecycle policy (" + LIFECYCLE + "): it has no list 'rules'.",
                        "write it as the ECR user guide's lifecycle policies are, or name a number of images to keep.");
            }
            return text;
        } catch (JsonProcessingException broken) {
            throw Problem.ofProject(
                    "'" + file + "' is not JSON (" + LIFECYCLE + "): line "
                            + broken.getLocation().getLineNr() + ", column "
                            + broken.getLocation().getColumnNr() + ".",
                    List.of(broken.getOriginalMessage()),
                    "correct the file.");
        } catch (NoSuchFileException missing) {
            throw Problem.ofProject(
                    "'" + file + "' does not exist (" + LIFECYCLE + ").",
                    "name a JSON file, or a number of images to keep.");
        } catch (IOException error) {
            throw Problem.ofMachine(
                    "'" + file + "' can't be read (" + LIFECYCLE + ").",
                    List.of(error.toString()),
                    "check the file and its permissions.",
                    error);
        }
    }
}
