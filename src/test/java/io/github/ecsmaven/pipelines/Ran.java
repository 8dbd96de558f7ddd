package io.github.ecsmaven.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * How a pipeline ended.
 *
 * @param passed false when a stage has failed
 * @param events what was done, in order: stages by their names, and what the product did itself
 * @param console all that commands said
 */
public record Ran(boolean passed, List<String> events, String console) {
    public Ran {
        events = List.copyOf(events);
    }

    public Ran passes() {
        assertThat(passed).as(console).isTrue();
        return this;
    }

    public Ran fails() {
        assertThat(passed).as(console).isFalse();
        return this;
    }
}
