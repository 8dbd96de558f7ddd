package io.github.ecsmaven.notify;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.report.BuildRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells all channels at once, and does not wait longer than a build's end may wait. */
public final class SendAll {
    private final Duration time;
    private final Clock clock;
    private final Consumer<String> warning;

    /**
     * @param time for all channels together, for example 15 s
     * @param warning is told what can't be sent, once a channel
     */
    public SendAll(Duration time, Clock clock, Consumer<String> warning) {
        this.time = time;
        this.clock = clock;
        this.warning = warning;
    }

    /**
     * Returns when all is sent or given up.
     *
     * @param build without secrets
     * @param happened the events of the build
     * @return the names of the channels by which it was told
     */
    public List<String> run(BuildRecord build, Set<Event> happened, List<Channel> channels) {
        Deadline until = new Deadline(clock, time);
        Map<Channel, FutureTask<Void>> sending = new LinkedHashMap<>();
        for (Channel channel : channels) {
            Set<Event> chosen = EnumSet.noneOf(Event.class);
            chosen.addAll(happened);
            chosen.retainAll(channel.events());
            if (!chosen.isEmpty()) {
                sending.put(channel, start(channel, Notice.of(Event.first(chosen), build), until));
            }
        }
        List<String> told = new ArrayList<>();
        sending.forEach((channel, task) -> {
            if (isSent(channel, task, until)) {
                told.add(channel.name());
            }
        });
        return told;
    }

    private static FutureTask<Void> start(Channel channel, Notice notice, Deadline until) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            channel.delivery().send(notice, until);
            return null;
        });
        Thread thread = new Thread(task, "ecs-notify-" + channel.name());
        // What the mail library and the SDK look up by name lies with this class, and not with Maven's core.
        thread.setContextClassLoader(SendAll.class.getClassLoader());
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private boolean isSent(Channel channel, FutureTask<Void> task, Deadline until) {
        try {
            task.get(until.left().toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            task.cancel(true);
            warn(
                    "Perhaps nobody",
                    channel,
                    Problem.ofMachine(
                            "No answer within " + Notice.time(time.toMillis() / 1000.0) + ".",
                            List.of(),
                            "check that the service answers, and that no firewall swallows what this machine sends.",
                            null));
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Unanswered unanswered) {
                warn("Perhaps nobody", channel, unanswered.problem());
            } else {
                warn(
                        "Nobody",
                        channel,
                        failed.getCause() instanceof Problem problem ? problem : broken(failed.getCause()));
            }
        } catch (CancellationException stopped) {
            return false;
        } catch (InterruptedException stopped) {
            task.cancel(true);
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static Problem broken(@Nullable Throwable error) {
        return Problem.ofMachine(
                "The plugin broke: " + error, List.of(), "please report it; ecs.notify=never sends nothing.", error);
    }

    /** @param who perhaps: what is sent and not answered may have come */
    private void warn(String who, Channel channel, Problem problem) {
        warning.accept(who + " was told by " + channel.name() + ". " + problem.text());
    }
}
