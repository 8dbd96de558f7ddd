package io.github.ecsmaven.upload;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.upload.SiteState.Earlier;
import java.util.List;
import java.util.Optional;

/** Which of the earlier sets is meant. */
final class EarlierSets {
    private EarlierSets() {}

    /** The set that visitors had before this content: after a way back the one before that, and so on. */
    static Optional<Earlier> previous(SiteState state) {
        List<Earlier> sets = state.earlier();
        int at = sets.size();
        for (int i = 0; i < sets.size() && state.restored().isPresent(); i++) {
            if (sets.get(i).id().equals(state.origin())) {
                at = i;
                break;
            }
        }
        for (int i = at - 1; i >= 0; i--) {
            if (!sets.get(i).origin().equals(state.origin())) {
                return Optional.of(sets.get(i));
            }
        }
        return Optional.empty();
    }

    /**
     * @param to an id or its beginning; empty or {@code previous}: the previous set
     * @throws Problem when there is none
     */
    static Earlier find(SiteState state, Optional<String> to, String place) {
        Optional<String> named = to.filter(text -> !text.equals("previous"));
        if (named.isEmpty()) {
            return previous(state)
                    .orElseThrow(
                            () -> Problem.ofProject(
                                    state.isNothing()
                                            ? "Nothing was uploaded to " + place + " by this plugin yet."
                                            : "There is no earlier set of files in " + place + " than " + state.origin()
                                                    + ".",
                                    listed(state),
                                    state.isNothing()
                                            ? "check ecs.upload.bucket and ecs.upload.prefix."
                                            : forward(state)
                                                    + "upload the files that are wanted; ecs.upload.keep says how many sets are kept."));
        }
        List<Earlier> found = state.earlier().stream()
                .filter(set -> set.id().startsWith(named.get()))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw Problem.ofProject(
                (found.isEmpty() ? "There is no earlier set '" : "More than one earlier set begins with '")
                        + named.get() + "' in " + place + " (ecs.upload.to).",
                listed(state),
                "name one of these, or leave ecs.upload.to out for the previous one.");
    }

    /** Who went back too far wants what was there before. */
    private static String forward(SiteState state) {
        return state.earlier().stream()
                .filter(set -> !set.origin().equals(state.origin()))
                .reduce((one, last) -> last)
                .map(newer -> "bring the newer set back with -Decs.upload.to=" + newer.id() + ", or ")
                .orElse("");
    }

    /** Its list of files is gone. */
    static Problem lost(Earlier set, String place) {
        return Problem.ofProject(
                "The list of the files of the set " + set.id() + " is no longer in " + place + ".",
                "name another set with ecs.upload.to, or upload the files again.");
    }

    private static List<String> listed(SiteState state) {
        return state.earlier().stream()
                .map(set -> set.id() + "  " + set.files() + " files, " + set.made()
                        + (set.origin().equals(set.id()) ? "" : ", brought back " + set.origin()))
                .toList();
    }
}
