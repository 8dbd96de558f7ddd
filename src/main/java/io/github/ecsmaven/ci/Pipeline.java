package io.github.ecsmaven.ci;

import java.util.List;

/** The pipeline of one CI product. */
public interface Pipeline {
    /** The files that make it, for a project. */
    List<PipelineFile> files(ProjectFacts project);

    /** What has to be set up in the product once, a line each. */
    List<String> setUp(ProjectFacts project);
}
