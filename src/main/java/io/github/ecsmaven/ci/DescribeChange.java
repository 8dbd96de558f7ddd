package io.github.ecsmaven.ci;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** What a pipeline file would become, as a unified diff. */
public final class DescribeChange {
    private DescribeChange() {}

    /** Whether they say the same; how lines end does not count, as git may change it in a checkout. */
    public static boolean isSame(String there, PipelineFile file) {
        return unixLines(there).equals(file.text());
    }

    /** The lines of the diff, two of its head first. */
    public static List<String> of(String there, PipelineFile file) {
        RawText before = raw(unixLines(there));
        RawText after = raw(file.text());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.format(new HistogramDiff().diff(RawTextComparator.DEFAULT, before, after), before, after);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        List<String> lines = new ArrayList<>(
                List.of("--- " + file.path() + " (as it is)", "+++ " + file.path() + " (as generated)"));
        out.toString(StandardCharsets.UTF_8).lines().forEach(lines::add);
        return List.copyOf(lines);
    }

    private static String unixLines(String text) {
        return text.replace("\r\n", "\n");
    }

    private static RawText raw(String text) {
        return new RawText(text.getBytes(StandardCharsets.UTF_8));
    }
}
