package io.github.ecsmaven.ci;

/**
 * A file of a pipeline.
 *
 * @param path in the checkout, with {@code /}
 * @param text whole, with {@code \n}
 */
public record PipelineFile(String path, String text) {}
