package io.github.ecsmaven.upload;

import io.github.ecsmaven.upload.SiteState.Earlier;
import io.github.ecsmaven.upload.SiteState.Retired;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is done to a bucket so that visitors get a set of files; in this order, the puts wave after wave. A dry run prints it.
 *
 * @param copies of files that are overwritten or deleted, for the way back
 * @param puts new and changed files
 * @param unchanged files that are there already, with these bytes and headers
 * @param deletes files that are gone
 * @param retired files that are gone and stay for the pages that are still open
 * @param foreign files of the last set that somebody else has changed or removed since
 * @param earlier the sets that can be returned to afterwards
 * @param copied copies that are needed afterwards, with the last set that needs them
 */
record UploadPlan(
        List<Copy> copies,
        List<Put> puts,
        Map<String, StoredFile> unchanged,
        List<String> deletes,
        Map<String, Retired> retired,
        List<String> foreign,
        List<Earlier> earlier,
        Map<String, String> copied) {
    UploadPlan {
        copies = List.copyOf(copies);
        puts = List.copyOf(puts);
        unchanged = Map.copyOf(unchanged);
        deletes = List.copyOf(deletes);
        retired = Map.copyOf(retired);
        foreign = List.copyOf(foreign);
        earlier = List.copyOf(earlier);
        copied = Map.copyOf(copied);
    }

    /** @param etag only these bytes are copied */
    record Copy(String key, String etag, String name) {}

    /** @param before what it takes the place of, as far as this plugin has put it there */
    record Put(Wanted wanted, Optional<StoredFile> before) {}

    /**
     * @param keep how many earlier sets stay
     */
    record Rules(int keep, Deletion deletion) {}

    /** @param begun wanted files that an upload which was broken off has put, as they are there */
    static UploadPlan of(
            List<Wanted> wanted, SiteState state, Listing listing, Map<String, StoredFile> begun, Rules rules) {
        Planning planning = new Planning(state, listing, begun, rules);
        wanted.forEach(planning::want);
        planning.goneExcept(wanted.stream().map(Wanted::key).collect(Collectors.toSet()));
        return planning.plan();
    }

    boolean changesNothing() {
        return puts.isEmpty() && deletes.isEmpty() && copies.isEmpty();
    }

    List<Put> puts(Wave wave) {
        return puts.stream().filter(put -> put.wanted().wave() == wave).toList();
    }

    long bytes() {
        return puts.stream().mapToLong(put -> put.wanted().size()).sum();
    }

    /** Copies that must be there for what is brought back and aren't, by the keys that want them. */
    List<String> missing(Listing listing) {
        return puts.stream()
                .map(Put::wanted)
                .filter(wanted -> wanted.file().isEmpty())
                .filter(wanted -> !listing.copies().contains(wanted.content().copyName()))
                .map(Wanted::key)
                .toList();
    }

    private static final class Planning {
        private final SiteState state;
        private final Listing listing;
        private final Map<String, StoredFile> begun;
        private final Rules rules;
        private final List<Earlier> earlier;
        private final Map<String, Integer> ages = new LinkedHashMap<>();
        private final Map<String, Copy> copies = new TreeMap<>();
        private final List<Put> puts = new ArrayList<>();
        private final Map<String, StoredFile> unchanged = new TreeMap<>();
        private final List<String> deletes = new ArrayList<>();
        private final Map<String, Retired> retired = new TreeMap<>();
        private final List<String> foreign = new ArrayList<>();
        private final Map<String, String> copied = new TreeMap<>();
        private boolean gone;

        Planning(SiteState state, Listing listing, Map<String, StoredFile> begun, Rules rules) {
            this.state = state;
            this.listing = listing;
            this.begun = begun;
            this.rules = rules;
            this.earlier = kept();
            earlier.forEach(set -> ages.put(set.id(), ages.size()));
            state.copies().forEach(this::need);
        }

        private List<Earlier> kept() {
            List<Earlier> all = new ArrayList<>(state.earlier());
            if (!state.isNothing()) {
                all.add(state.asEarlier());
            }
            return all.subList(Math.max(0, all.size() - rules.keep()), all.size());
        }

        private void need(String copy, String last) {
            if (ages.containsKey(last)) {
                copied.merge(copy, last, (one, other) -> age(one) > age(other) ? one : other);
            }
        }

        private int age(String set) {
            return ages.getOrDefault(set, -1);
        }

        void want(Wanted wanted) {
            Optional<Retired> there = known(wanted.key());
            Optional<StoredFile> before = there.map(Retired::file);
            boolean same = before.map(StoredFile::content)
                    .filter(wanted.content()::equals)
                    .isPresent();
            if (same && isUntouched(wanted.key(), before.get())) {
                unchanged.put(wanted.key(), before.get());
                return;
            }
            if (!same) {
                there.ifPresent(replaced -> keepCopy(wanted.key(), replaced));
            }
            if (begun.containsKey(wanted.key())) {
                unchanged.put(wanted.key(), begun.get(wanted.key()));
                return;
            }
            noteForeign(wanted.key(), before);
            puts.add(new Put(wanted, before));
        }

        void goneExcept(Set<String> wanted) {
            state.files().forEach((key, file) -> {
                if (!wanted.contains(key)) {
                    gone = true;
                    boolean due = rules.deletion() == Deletion.NOW || file.wave() != Wave.ASSET;
                    leave(key, new Retired(file, state.id()), due);
                }
            });
            state.retired().forEach((key, old) -> {
                if (!wanted.contains(key) && !state.files().containsKey(key)) {
                    leave(key, old, true);
                }
            });
        }

        private void leave(String key, Retired file, boolean due) {
            if (!listing.site().containsKey(key)) {
                return;
            }
            if (!isUntouched(key, file.file())) {
                // It is somebody else's by now.
                foreign.add(key);
                return;
            }
            if (due && rules.deletion() != Deletion.NEVER) {
                keepCopy(key, file);
                deletes.add(key);
            } else {
                retired.put(key, file);
            }
        }

        /** A file of ours under this key, and the last set that has it. */
        private Optional<Retired> known(String key) {
            StoredFile current = state.files().get(key);
            return current == null
                    ? Optional.ofNullable(state.retired().get(key))
                    : Optional.of(new Retired(current, state.id()));
        }

        private boolean isUntouched(String key, StoredFile file) {
            return file.etag().equals(listing.site().get(key));
        }

        private void noteForeign(String key, Optional<StoredFile> before) {
            before.filter(file -> !isUntouched(key, file))
                    .filter(file -> !listing.copies().contains(file.content().copyName()))
                    .ifPresent(file -> foreign.add(key));
        }

        private void keepCopy(String key, Retired file) {
            if (!ages.containsKey(file.last())) {
                return;
            }
            String name = file.file().content().copyName();
            if (!listing.copies().contains(name) && isUntouched(key, file.file())) {
                copies.putIfAbsent(name, new Copy(key, file.file().etag(), name));
            }
            need(name, file.last());
        }

        UploadPlan plan() {
            boolean same = puts.isEmpty() && !gone && begun.isEmpty();
            return same
                    // The set is there: what is retired stays for the pages before it.
                    ? new UploadPlan(
                            List.of(),
                            List.of(),
                            unchanged,
                            List.of(),
                            state.retired(),
                            foreign,
                            state.earlier(),
                            state.copies())
                    : new UploadPlan(
                            List.copyOf(copies.values()),
                            puts,
                            unchanged,
                            deletes,
                            retired,
                            foreign,
                            earlier,
                            Collections.unmodifiableMap(copied));
        }
    }
}
