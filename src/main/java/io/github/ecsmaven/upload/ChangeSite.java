package io.github.ecsmaven.upload;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.upload.UploadPlan.Put;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings a set of files before the visitors, in an order in which each page has its assets at any moment. */
final class ChangeSite {
    /** So much of the pages is read before the first file goes up: one that vanishes must not leave a site half new. */
    private static final long READ_AHEAD = 64L << 20;

    private static final String MIXED = "Some pages are new, some are not; each finds its assets: ";

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final SiteBucket bucket;
    private final Optional<Distribution> distribution;
    private final UploadRequest request;
    private final UploadLog log;
    private final Clock clock;
    private final AtomicInteger doneFiles = new AtomicInteger();
    private final AtomicLong doneBytes = new AtomicLong();
    private final Map<String, StoredFile> stored = new ConcurrentHashMap<>();
    private final Queue<Put> replaced = new ConcurrentLinkedQueue<>();
    private @Nullable Lease lease;
    private int files;
    private long bytes;

    ChangeSite(
            SiteBucket bucket, Optional<Distribution> distribution, UploadRequest request, UploadLog log, Clock clock) {
        this.bucket = bucket;
        this.distribution = distribution;
        this.request = request;
        this.log = log;
        this.clock = clock;
    }

    /** What visitors shall get, when it is known what they get now. */
    interface Wish {
        /** @param restored the set whose content it is; empty: a new one */
        record Files(List<Wanted> wanted, Optional<String> restored) {}

        Files files(SiteState state) throws InterruptedException;
    }

    /** Called by the thread that waits. */
    void tick() {
        Lease held = lease;
        if (held != null) {
            held.renewWhenDue();
        }
        if (files > 0) {
            log.progress("uploading, " + doneFiles.get() + " of " + files + " files", doneBytes.get(), bytes);
        }
    }

    UploadedSite run(Wish wish, InParallel parallel) throws InterruptedException {
        Instant begun = clock.instant();
        distribution.ifPresent(Distribution::check);
        if (request.dryRun()) {
            return ended(begun, look(wish, parallel), List.of());
        }
        Lease held =
                Lease.take(bucket, request.holder().name(), request.holder().isGone(), clock);
        lease = held;
        log.ifInterrupted(IfInterrupted.before(bucket.place()));
        List<String> outdated = held.outdated();
        try {
            Look look = look(wish, parallel);
            if (!look.plan().changesNothing() || !look.same()) {
                outdated = outdated(look, outdated);
                held.outdate(outdated);
                look = carryOut(look, parallel);
            }
            List<String> told = outdated;
            if (!outdated.isEmpty() && distribution.isPresent()) {
                log.ifInterrupted(IfInterrupted.beforeCloudFront(
                        bucket.place(), request.distribution().orElseThrow().id()));
                distribution.get().invalidate(outdated, look.state().id() + "-" + begun.toEpochMilli(), log);
                outdated = List.of();
            }
            UploadedSite done = ended(begun, look, distribution.isPresent() ? told : List.of());
            lease = null;
            held.release(outdated);
            return done;
        } finally {
            release(outdated);
        }
    }

    /** After a failure, whose problem must not get lost behind one of this. */
    private void release(List<String> outdated) {
        Lease held = lease;
        lease = null;
        if (held != null) {
            try {
                held.release(outdated);
            } catch (Problem lost) {
                log.detail("The lease of the upload could not be given back: " + lost.what());
            }
        }
    }

    /**
     * What there is, and what is to be done.
     *
     * @param begun what an upload that was broken off has put of it
     * @param same whether visitors have this set already
     */
    private record Look(
            SiteState state,
            String etag,
            Listing listing,
            Wish.Files wish,
            Map<String, BegunUpload.Begun> begun,
            UploadPlan plan,
            boolean same) {}

    private Look look(Wish wish, InParallel parallel) throws InterruptedException {
        CompletableFuture<Map.Entry<SiteState, String>> read = new CompletableFuture<>();
        CompletableFuture<Listing> listed = new CompletableFuture<>();
        CompletableFuture<BegunUpload> begun = new CompletableFuture<>();
        parallel.each(
                List.<Runnable>of(
                        () -> read.complete(bucket.state()),
                        () -> listed.complete(bucket.list()),
                        () -> begun.complete(bucket.begun())),
                Runnable::run);
        Map.Entry<SiteState, String> current = read.join();
        SiteState state = current.getKey();
        Listing listing = listed.join();
        Wish.Files wanted = wish.files(state);
        BegunUpload left = begun.join();
        Map<String, StoredFile> there =
                left.after().equals(current.getValue()) ? there(left, wanted.wanted(), listing, parallel) : Map.of();
        UploadPlan plan = UploadPlan.of(
                wanted.wanted(), state, listing, there, new UploadPlan.Rules(request.keep(), request.deletion()));
        List<String> missing = plan.missing(listing);
        if (!missing.isEmpty()) {
            throw Problem.ofProject(
                    "The set of files can't be brought back: " + missing.size() + " of its files are no longer in "
                            + bucket.place() + "; nothing was changed.",
                    List.of("'" + missing.get(0) + "' among them"),
                    "name another set with ecs.upload.to, or upload the files again.");
        }
        plan.foreign()
                .forEach(key -> log.warning("'" + key + "' in " + bucket.place()
                        + " was changed or removed by somebody else since the last upload; no copy of it is kept."));
        boolean same = plan.puts().isEmpty()
                && there.isEmpty()
                && plan.unchanged().keySet().equals(state.files().keySet());
        log.planned(PlannedUpload.of(bucket.place(), wanted.restored().isPresent(), plan, listing));
        Map<String, BegunUpload.Begun> resumed = new HashMap<>(left.files());
        resumed.keySet().retainAll(there.keySet());
        return new Look(state, current.getValue(), listing, wanted, resumed, plan, same);
    }

    /** Of what is wanted that which an upload that was broken off has put: the ETag is that of the bytes. */
    private static Map<String, StoredFile> there(
            BegunUpload begun, List<Wanted> wanted, Listing listing, InParallel parallel) throws InterruptedException {
        Map<String, StoredFile> there = new ConcurrentHashMap<>();
        parallel.each(wanted, file -> {
            String etag = listing.site().getOrDefault(file.key(), "");
            if (!etag.isEmpty() && file.file().isPresent() && begun.mayHavePut(file, etag)) {
                Body body = Body.of(file.file().get());
                if (etag.replace("\"", "").equals(body.md5())) {
                    Content content = file.content();
                    there.put(
                            file.key(),
                            new StoredFile(content.sha256(), body.size(), etag, content.headers(), file.wave()));
                }
            }
        });
        return there;
    }

    private static BegunUpload begin(Look look) {
        Map<String, BegunUpload.Begun> files = new HashMap<>(look.begun());
        look.plan().puts().forEach(put -> {
            String key = put.wanted().key();
            String before = look.listing().site().getOrDefault(key, "");
            files.put(key, new BegunUpload.Begun(put.wanted().content(), before));
        });
        return new BegunUpload(look.etag(), files);
    }

    private List<String> outdated(Look look, List<String> left) {
        if (request.distribution().isEmpty()) {
            return left;
        }
        Stream<String> changed = look.plan().puts().stream()
                .map(Put::wanted)
                .filter(wanted ->
                        wanted.wave() != Wave.ASSET || look.listing().site().containsKey(wanted.key()))
                .map(Wanted::key);
        List<String> keys = Stream.of(changed, look.plan().deletes().stream(), left.stream())
                .flatMap(some -> some)
                .toList();
        return InvalidationPaths.of(request.distribution().get().path(), keys);
    }

    private Look carryOut(Look look, InParallel parallel) throws InterruptedException {
        UploadPlan plan = look.plan();
        Map<String, Body> pages = readAhead(plan);
        files = plan.puts().size();
        bytes = plan.bytes();
        List<Runnable> copies = new ArrayList<>();
        plan.copies().forEach(copy -> copies.add(() -> bucket.keep(copy)));
        if (!look.state().isNothing() && request.keep() > 0) {
            copies.add(() -> bucket.keepSet(look.state().id(), look.etag()));
        }
        copies.add(() -> bucket.begin(begin(look)));
        IfInterrupted interrupted =
                new IfInterrupted(bucket.place(), look.wish().restored().isPresent());
        log.ifInterrupted(interrupted.beforePages());
        parallel.each(copies, Runnable::run);
        for (Wave wave : Wave.values()) {
            if (wave != Wave.ASSET && !plan.puts(wave).isEmpty()) {
                log.ifInterrupted(interrupted.amongPages());
            }
            try {
                parallel.each(plan.puts(wave), put -> put(put, pages));
            } catch (Problem failed) {
                throw wave == Wave.ASSET || replaced.isEmpty() ? failed : putBack(failed, parallel);
            }
        }
        log.ifInterrupted(interrupted.afterPages());
        bucket.delete(plan.deletes());
        SiteState state = next(look);
        if (!bucket.writeState(state, look.etag())) {
            throw Problem.ofProject(
                    "Another upload to " + bucket.place() + " has ended while this one was under way.",
                    "deploy again, so that the files are those of one of the two.");
        }
        forget(look, state);
        return new Look(state, "", look.listing(), look.wish(), Map.of(), plan, false);
    }

    private Map<String, Body> readAhead(UploadPlan plan) {
        Map<String, Body> read = new HashMap<>();
        long size = 0;
        for (Put put : plan.puts()) {
            Optional<SiteFile> file = put.wanted().file();
            if (put.wanted().wave() != Wave.ASSET
                    && file.isPresent()
                    && size + file.get().size() <= READ_AHEAD) {
                size += file.get().size();
                read.put(put.wanted().key(), Body.of(file.get()));
            }
        }
        return read;
    }

    private void put(Put put, Map<String, Body> read) {
        Wanted wanted = put.wanted();
        Content content = wanted.content();
        long size;
        String etag;
        if (wanted.file().isPresent()) {
            Body known = read.get(wanted.key());
            Body body = known == null ? Body.of(wanted.file().get()) : known;
            etag = bucket.put(wanted.key(), content.headers(), body);
            size = body.size();
        } else {
            etag = bucket.restore(wanted.key(), content);
            size = 0;
        }
        if (wanted.wave() != Wave.ASSET) {
            replaced.add(put);
        }
        stored.put(wanted.key(), new StoredFile(content.sha256(), size, etag, content.headers(), wanted.wave()));
        doneFiles.incrementAndGet();
        doneBytes.addAndGet(wanted.size());
    }

    /** The site as it was: the pages that were replaced already become what they were. New files do no harm. */
    private Problem putBack(Problem failed, InParallel parallel) throws InterruptedException {
        List<String> evidence = new ArrayList<>(failed.evidence());
        if (request.keep() == 0) {
            evidence.add(MIXED + "ecs.upload.keep=0 leaves nothing to put back.");
            return new Problem(failed.blame(), failed.what(), evidence, failed.next(), failed);
        }
        List<Put> back =
                replaced.stream().filter(put -> put.before().isPresent()).toList();
        try {
            parallel.each(
                    back,
                    put -> bucket.restore(put.wanted().key(), put.before().get().content()));
            evidence.add("The pages are as they were before: " + back.size() + " were put back.");
        } catch (Problem again) {
            evidence.add(MIXED + again.what());
        }
        return new Problem(failed.blame(), failed.what(), evidence, failed.next(), failed);
    }

    private SiteState next(Look look) {
        Map<String, StoredFile> files = new TreeMap<>(look.plan().unchanged());
        files.putAll(stored);
        String made = clock.instant().toString();
        return new SiteState(
                SiteState.FORMAT,
                ID.format(clock.instant()) + "-" + fingerprint(files),
                made,
                look.wish().restored(),
                files,
                look.plan().retired(),
                look.plan().earlier(),
                look.plan().copied());
    }

    private static String fingerprint(Map<String, StoredFile> files) {
        var digest = ReadDirectory.sha256();
        files.forEach((key, file) -> digest.update((key + file.sha256()).getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, 6);
    }

    /** Copies and sets that are out of reach now; also those that an upload which broke off has left. */
    private void forget(Look look, SiteState state) {
        List<String> copies = look.listing().copies().stream()
                .filter(name -> !state.copies().containsKey(name))
                .toList();
        List<String> sets = look.listing().sets().stream()
                .filter(id -> state.earlier().stream().noneMatch(set -> set.id().equals(id)))
                .toList();
        try {
            bucket.forget(copies, sets);
        } catch (Problem refused) {
            // The next upload tries again.
            log.warning("Could not delete " + (copies.size() + sets.size()) + " files that are no longer needed: "
                    + refused.what());
        }
    }

    private UploadedSite ended(Instant begun, Look look, List<String> invalidated) {
        SiteState state = look.state();
        return new UploadedSite(
                request.place().bucket(),
                request.place().prefix(),
                state.id(),
                EarlierSets.previous(state).map(SiteState.Earlier::id),
                look.wish().restored(),
                state.files().size(),
                doneFiles.get(),
                stored.values().stream().mapToLong(StoredFile::size).sum(),
                request.dryRun() ? 0 : look.plan().deletes().size(),
                invalidated,
                Duration.between(begun, clock.instant()).toMillis(),
                Optional.empty());
    }
}
