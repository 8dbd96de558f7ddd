package io.github.ecsmaven.goal;

import org.apache.maven.plugin.logging.Log;

/** What the listeners of the rooms share on Maven's log. */
abstract class ConsoleLog {
    final Log log;
    final ProgressLine progress;

    ConsoleLog(Log log, ProgressLine progress) {
        this.log = log;
        this.progress = progress;
    }

    public final void detail(String text) {
        log.debug(text);
    }

    public final void warning(String text) {
        log.warn(text);
    }
}
