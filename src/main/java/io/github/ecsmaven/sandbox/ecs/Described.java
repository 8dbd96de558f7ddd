package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What all actions that describe have in common: several are asked for at once, and what isn't there is no exception. */
final class Described {
    private Described() {}

    /**
     * The names or ARNs in a member of the request.
     *
     * @throws io.github.ecsmaven.sandbox.wire.AwsError when there are none, or too many
     */
    static List<String> asked(ObjectNode request, String member, int most) {
        List<String> asked = Json.texts(request.path(member));
        String title = Character.toUpperCase(member.charAt(0)) + member.substring(1);
        if (asked.isEmpty()) {
            throw Names.invalid(title + " cannot be empty.");
        }
        if (asked.size() > most) {
            throw Names.invalid(title + " cannot have more than " + most + " elements.");
        }
        return asked;
    }

    /**
     * @param member of the answer that has what was found
     * @param find gives the entry of the answer
     * @param arn of what isn't there
     */
    static ObjectNode answer(
            String member, List<String> asked, Function<String, Optional<ObjectNode>> find, UnaryOperator<String> arn) {
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray(member);
        ArrayNode failures = answer.putArray("failures");
        for (String one : asked) {
            find.apply(one).ifPresentOrElse(found::add, () -> failures.addObject()
                    .put("arn", arn.apply(one))
                    .put("reason", "MISSING"));
        }
        return answer;
    }
}
