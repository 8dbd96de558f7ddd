/**
 * What a build tells at its end beside the page: lines for the console, Markdown and annotations for GitHub Actions, JUnit-style XML.
 *
 * <p>May use: the build record.
 */
@NullMarked
package io.github.ecsmaven.report.summary;

import org.jspecify.annotations.NullMarked;
