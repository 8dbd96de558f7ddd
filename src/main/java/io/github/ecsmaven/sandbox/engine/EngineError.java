package io.github.ecsmaven.sandbox.engine;

/** The engine refused a call, or could not be reached. */
public final class EngineError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    EngineError(int status, String message) {
        super(message);
        this.status = status;
    }

    EngineError(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /** The HTTP status; 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** The engine's own words. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
