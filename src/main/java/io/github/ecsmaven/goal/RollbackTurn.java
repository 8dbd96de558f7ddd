package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.ecs.RollBackRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.maven.plugin.logging.Log;

/**
 * Which services a module rolls back when the goal runs in each module of a reactor: a service once in a session, since rolled
 * back twice it would run what it ran before; and a library, which has none, is passed over.
 */
final class RollbackTurn {
    private final SessionBoard board;
    private final Log log;

    RollbackTurn(SessionBoard board, Log log) {
        this.board = board;
        this.log = log;
    }

    /** Those that no other module of this session has taken. */
    @SuppressWarnings("unchecked")
    List<RollBackRequest> take(AwsSettings place, List<RollBackRequest> asked) {
        Map<Object, Object> taken = board.shared("rolled back", Map.class, ConcurrentHashMap::new);
        List<RollBackRequest> ours = new ArrayList<>();
        for (RollBackRequest one : asked) {
            if (taken.putIfAbsent(List.of(place, one.cluster(), one.service()), true) == null) {
                ours.add(one);
            } else {
                log.info("Another module of this build rolls " + one.service() + " in " + one.cluster() + " back.");
            }
        }
        return ours;
    }

    /**
     * Those that are there, where a module may have none.
     *
     * @param modules how many may have a service in this session
     * @throws Problem when this was the last module, and none has one
     */
    @SuppressWarnings("unchecked")
    List<RollBackRequest> present(List<RollBackRequest> ours, Predicate<RollBackRequest> isThere, int modules) {
        Collection<Object> missing =
                board.shared("nothing to roll back", Collection.class, ConcurrentHashMap::newKeySet);
        List<RollBackRequest> there = ours.stream().filter(isThere).toList();
        ours.stream().filter(one -> !there.contains(one)).forEach(one -> {
            missing.add(one.service());
            log.info("There is no service '" + one.service() + "' in " + one.cluster() + ": nothing to roll back.");
        });
        if (there.isEmpty() && missing.size() == modules) {
            throw Problem.ofProject(
                    "No module of this build has a service in '" + ours.get(0).cluster() + "'.",
                    "correct ecs.cluster or ecs.service, or ecs.region and ecs.profile if it is elsewhere.");
        }
        return there;
    }
}
