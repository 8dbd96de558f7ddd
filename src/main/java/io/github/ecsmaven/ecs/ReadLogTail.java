package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.Details.LogTail;
import io.github.ecsmaven.ecs.verdict.FailedContainer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;

/** Reads the last lines of a container from CloudWatch Logs, where the options of its task definition send them. */
final class ReadLogTail {
    private static final int LINES = 50;
    private static final int LONGEST = 1000;

    private final Supplier<CloudWatchLogsClient> logs;

    ReadLogTail(Supplier<CloudWatchLogsClient> logs) {
        this.logs = logs;
    }

    /** @throws software.amazon.awssdk.core.exception.SdkException when the log may not be read */
    LogTail run(FailedContainer failed, @Nullable LogConfiguration configuration) {
        if (configuration == null || configuration.logDriver() == null) {
            return none(failed, "its log is kept nowhere: set logConfiguration (awslogs) in the task definition");
        }
        if (configuration.logDriver() != LogDriver.AWSLOGS) {
            return none(failed, "its log goes to the driver " + configuration.logDriverAsString());
        }
        Map<String, String> options = configuration.options();
        String group = options.getOrDefault("awslogs-group", "");
        String prefix = options.getOrDefault("awslogs-stream-prefix", "");
        if (prefix.isEmpty()) {
            return none(failed, "its log is in the log group " + group + "; set awslogs-stream-prefix to see it here");
        }
        // The name of the stream is documented with the awslogs driver: prefix/container/task id.
        return read(failed, group, prefix + "/" + failed.container() + "/" + failed.task());
    }

    private LogTail read(FailedContainer failed, String group, String stream) {
        try {
            List<String> lines = logs
                    .get()
                    .getLogEvents(ask -> ask.logGroupName(group)
                            .logStreamName(stream)
                            .startFromHead(false)
                            .limit(LINES))
                    .events()
                    .stream()
                    .map(OutputLogEvent::message)
                    .flatMap(message -> ReadObservation.text(message).lines())
                    .map(ReadLogTail::cut)
                    .toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
            return last.isEmpty()
                    ? none(failed, "its log is empty")
                    : new LogTail(failed.container(), failed.task(), last, "");
        } catch (ResourceNotFoundException nothing) {
            return none(failed, "there is no log stream " + stream + " in the log group " + group);
        }
    }

    private static String cut(String line) {
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static LogTail none(FailedContainer failed, String instead) {
        return new LogTail(failed.container(), failed.task(), List.of(), instead);
    }
}
