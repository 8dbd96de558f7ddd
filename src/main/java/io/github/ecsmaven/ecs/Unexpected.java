package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Expected;
import java.util.List;

/** What is told when the plugin itself broke with one of several services: the others go on, and this one is told with them. Pure. */
final class Unexpected {
    private static final String NEXT = "run with -e for the stack trace, and report it.";

    private Unexpected() {}

    static Problem begin(RolloutRequest request, RuntimeException broken) {
        return broke(
                "began the rollout of " + request.service() + " in " + Arns.name(request.cluster()), broken, List.of());
    }

    static Problem watch(Expected expected, RuntimeException broken) {
        return broke(
                "watched the rollout of " + expected.service() + " in " + expected.cluster(),
                broken,
                List.of(expected.deployer() + " goes on with the rollout (" + expected.deploymentId() + ")."));
    }

    static Problem rollBack(RollBackRequest request, RuntimeException broken) {
        return broke(
                "rolled " + request.service() + " in " + Arns.name(request.cluster()) + " back", broken, List.of());
    }

    /** The rollout itself ended well. */
    static Problem ask(Rollout rollout, RuntimeException broken) {
        return broke(
                "asked " + rollout.service() + " in " + rollout.cluster() + " whether it works",
                broken,
                List.of("The service '" + rollout.service() + "' " + SayEnd.of(rollout) + "."));
    }

    /** The rollout itself ended well. */
    static Problem untold(Rollout rollout, RuntimeException broken) {
        return broke(
                "recorded the rollout of " + rollout.service() + " in " + rollout.cluster(),
                broken,
                List.of("The service '" + rollout.service() + "' " + SayEnd.of(rollout) + "."));
    }

    private static Problem broke(String doing, RuntimeException broken, List<String> evidence) {
        return Problem.ofMachine("The plugin broke while it " + doing + ": " + broken, evidence, NEXT, broken);
    }
}
