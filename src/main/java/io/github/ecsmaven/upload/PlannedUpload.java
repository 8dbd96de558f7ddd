package io.github.ecsmaven.upload;

import java.util.ArrayList;
import java.util.List;

/**
 * What an upload is about to do, for a reader.
 *
 * @param back whether an earlier set is brought back
 * @param fresh keys of files that are not there yet
 * @param changed keys of files that take the place of others
 * @param unchanged how many are there already
 * @param deleted keys of files that are gone
 * @param retired keys of files that go with the next upload
 * @param bytes to send
 */
public record PlannedUpload(
        String place,
        boolean back,
        List<String> fresh,
        List<String> changed,
        int unchanged,
        List<String> deleted,
        List<String> retired,
        long bytes) {
    public PlannedUpload {
        fresh = List.copyOf(fresh);
        changed = List.copyOf(changed);
        deleted = List.copyOf(deleted);
        retired = List.copyOf(retired);
    }

    static PlannedUpload of(String place, boolean back, UploadPlan plan, Listing listing) {
        List<String> fresh = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (Wave wave : Wave.values()) {
            plan.puts(wave).forEach(put -> {
                String key = put.wanted().key();
                (listing.site().containsKey(key) ? changed : fresh).add(key);
            });
        }
        return new PlannedUpload(
                place,
                back,
                fresh,
                changed,
                plan.unchanged().size(),
                plan.deletes().stream().sorted().toList(),
                plan.retired().keySet().stream().sorted().toList(),
                plan.bytes());
    }

    /** Whether the set is there already. */
    public boolean isNothing() {
        return fresh.isEmpty() && changed.isEmpty() && deleted.isEmpty();
    }
}
