/**
 * The stage view: finished build records as one HTML page that needs nothing from elsewhere. Pure: what it draws depends on the
 * records and the time zone alone.
 *
 * <p>May use: the records of {@code report}, and the shared values.
 */
@NullMarked
package io.github.ecsmaven.report.page;

import org.jspecify.annotations.NullMarked;
