package io.github.ecsmaven.upload;

/** When files go that are not in the new set; in any case after everything new is there. */
public enum Deletion {
    /** Pages at once, assets with the upload after: until then a page that is open or cached may ask for them. */
    LATER,
    /** All at once. */
    NOW,
    /** They stay. */
    NEVER
}
