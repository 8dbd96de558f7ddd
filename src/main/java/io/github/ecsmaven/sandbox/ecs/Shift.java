package io.github.ecsmaven.sandbox.ecs;

/**
 * Where a deployment stands that shifts traffic from the old tasks to the new ones.
 *
 * @param stage the lifecycle stage
 * @param since when it began, or its last step; epoch milliseconds
 * @param test percentage of the test traffic that the new tasks get
 * @param production percentage of the production traffic that they get
 */
record Shift(Stage stage, long since, double test, double production) {
    /** {@code lifecycleStage}, in their order. */
    enum Stage {
        RECONCILE_SERVICE,
        PRE_SCALE_UP,
        SCALE_UP,
        POST_SCALE_UP,
        TEST_TRAFFIC_SHIFT,
        POST_TEST_TRAFFIC_SHIFT,
        PRODUCTION_TRAFFIC_SHIFT,
        POST_PRODUCTION_TRAFFIC_SHIFT,
        BAKE_TIME,
        CLEAN_UP
    }

    /** ECS reconciles first when more than one version runs already. */
    static Shift begin(int running, long now) {
        return new Shift(running > 1 ? Stage.RECONCILE_SERVICE : Stage.PRE_SCALE_UP, now, 0, 0);
    }

    Shift to(Stage next, long now) {
        return new Shift(next, now, next == Stage.TEST_TRAFFIC_SHIFT ? 100 : test, production);
    }

    Shift shifted(double percent, long now) {
        return new Shift(Stage.PRODUCTION_TRAFFIC_SHIFT, now, test, Math.min(100, percent));
    }

    boolean all() {
        return production >= 100;
    }
}
