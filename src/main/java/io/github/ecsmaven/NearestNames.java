package io.github.ecsmaven;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what a mistyped name may have meant; letters are compared without case. */
public final class NearestNames {
    private static final int MOST = 3;

    private NearestNames() {}

    /**
     * At most three, the nearest first.
     *
     * @param wanted the name that was not found
     * @param known the names that exist
     * @return those that hold the wanted name, are held by it, or differ by at most a third of its letters (two of a
     *     short one); empty when none is near
     */
    public static List<String> of(String wanted, Collection<String> known) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        int tolerated = Math.max(2, wanted.length() / 3);
        return known.stream()
                .distinct()
                .filter(name -> near(lower, name.toLowerCase(Locale.ROOT), tolerated))
                .sorted(Comparator.<String>comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    private static boolean near(String wanted, String name, int tolerated) {
        return name.contains(wanted) || wanted.contains(name) || distance(wanted, name) <= tolerated;
    }

    /** Levenshtein's distance: letters to add, drop or change. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
