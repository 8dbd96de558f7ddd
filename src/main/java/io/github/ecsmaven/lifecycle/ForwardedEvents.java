package io.github.ecsmaven.lifecycle;

import org.apache.maven.execution.AbstractExecutionListener;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.ExecutionListener;
import org.jspecify.annotations.Nullable;

/** Hands every event on to the listener that was there before. */
abstract class ForwardedEvents implements ExecutionListener {
    private final ExecutionListener original;

    ForwardedEvents(@Nullable ExecutionListener original) {
        this.original = original == null ? new AbstractExecutionListener() : original;
    }

    @Override
    public void projectDiscoveryStarted(ExecutionEvent event) {
        original.projectDiscoveryStarted(event);
    }

    @Override
    public void sessionStarted(ExecutionEvent event) {
        original.sessionStarted(event);
    }

    @Override
    public void sessionEnded(ExecutionEvent event) {
        original.sessionEnded(event);
    }

    @Override
    public void projectSkipped(ExecutionEvent event) {
        original.projectSkipped(event);
    }

    @Override
    public void projectStarted(ExecutionEvent event) {
        original.projectStarted(event);
    }

    @Override
    public void projectSucceeded(ExecutionEvent event) {
        original.projectSucceeded(event);
    }

    @Override
    public void projectFailed(ExecutionEvent event) {
        original.projectFailed(event);
    }

    @Override
    public void mojoSkipped(ExecutionEvent event) {
        original.mojoSkipped(event);
    }

    @Override
    public void mojoStarted(ExecutionEvent event) {
        original.mojoStarted(event);
    }

    @Override
    public void mojoSucceeded(ExecutionEvent event) {
        original.mojoSucceeded(event);
    }

    @Override
    public void mojoFailed(ExecutionEvent event) {
        original.mojoFailed(event);
    }

    @Override
    public void forkStarted(ExecutionEvent event) {
        original.forkStarted(event);
    }

    @Override
    public void forkSucceeded(ExecutionEvent event) {
        original.forkSucceeded(event);
    }

    @Override
    public void forkFailed(ExecutionEvent event) {
        original.forkFailed(event);
    }

    @Override
    public void forkedProjectStarted(ExecutionEvent event) {
        original.forkedProjectStarted(event);
    }

    @Override
    public void forkedProjectSucceeded(ExecutionEvent event) {
        original.forkedProjectSucceeded(event);
    }

    @Override
    public void forkedProjectFailed(ExecutionEvent event) {
        original.forkedProjectFailed(event);
    }
}
