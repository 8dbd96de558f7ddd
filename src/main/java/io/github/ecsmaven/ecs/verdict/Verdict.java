package io.github.ecsmaven.ecs.verdict;

/** What an observation means for a rollout. */
public sealed interface Verdict {
    /**
     * @param proof how it is known that the image runs
     * @param shown the digest that ECS shows where it is that of one platform, not the index's; else empty
     */
    record Done(Proof proof, String shown) implements Verdict {}

    /** How it is known that the pushed image runs. */
    enum Proof {
        /** ECS shows its digest, or that of a platform's image in it. */
        SHOWN,
        /** The tasks run the reference that is pinned to it; ECS shows no digest. */
        PINNED,
        /** It is not: desired count 0, or nothing can be read. */
        NONE
    }

    /** @param state where it stands */
    record Waiting(String state) implements Verdict {}

    /**
     * @param kind how it ended
     * @param why one more fact about it; may be empty
     */
    record Failed(Kind kind, String why) implements Verdict {}

    /** How a rollout failed. */
    enum Kind {
        /** ECS, or CodeDeploy, gave it up and leaves the service as it is. */
        GIVEN_UP("%s gave it up"),
        /** It gave it up and brought the last good version back. */
        ROLLED_BACK("%s rolled it back"),
        /** It could not bring the last good version back. */
        ROLLBACK_FAILED("%s's own rollback failed"),
        /** Another deployment took over. */
        SUPERSEDED("another deployment won"),
        /** The service was deleted meanwhile. */
        DELETED("the service was deleted"),
        /** The service was scaled to 0 meanwhile. */
        SCALED_TO_ZERO("the service was scaled to 0"),
        /** Task after task stops, and no circuit breaker ends it. */
        CRASH_LOOP("its tasks stop one after another"),
        /** It completed with another image. */
        WRONG_IMAGE("it runs another image"),
        /** Not at its end in time. */
        TIMEOUT("it was not at its end in time");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /**
         * What happened, to follow a colon.
         *
         * @param deployer as in {@link Expected#deployer}
         */
        public String words(String deployer) {
            return words.replace("%s", deployer);
        }
    }
}
