package io.github.ecsmaven.upload;

/** When a file goes up; each wave begins when all of the one before are there. */
public enum Wave {
    /** What pages ask for: scripts, styles, images. */
    ASSET,
    /** What a visitor comes in by: it names assets, which have to be there. */
    PAGE,
    /** Service workers fetch pages themselves, and keep what they get. */
    WORKER
}
