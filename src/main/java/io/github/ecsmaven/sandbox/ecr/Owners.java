package io.github.ecsmaven.sandbox.ecr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose a repository is. On AWS each account has a registry host in each region; here all share one, where the repositories
 * of others than the sandbox's own account and region have these in front: {@code 210987654321.eu-west-1/orders}. So they are named
 * everywhere but in the API.
 */
public final class Owners {
    private static final Pattern ELSEWHERE = Pattern.compile("(\\d{12})\\.([a-z0-9-]+)/(.+)");

    private final Caller own;

    /** @param own account and region whose repositories have nothing in front */
    public Owners(Caller own) {
        this.own = own;
    }

    /** The name without its owner, as the API has it. */
    public static String plain(String name) {
        Matcher elsewhere = ELSEWHERE.matcher(name);
        return elsewhere.matches() ? elsewhere.group(3) : name;
    }

    /** Who calls as the owner of this repository. */
    public Caller of(String name) {
        Matcher elsewhere = ELSEWHERE.matcher(name);
        return elsewhere.matches() ? new Caller(elsewhere.group(1), elsewhere.group(2)) : own;
    }

    boolean owns(Caller caller, String name) {
        return name.equals(named(caller, plain(name)));
    }

    private String named(Caller caller, String plain) {
        boolean here = caller.account().equals(own.account()) && caller.region().equals(own.region());
        return here ? plain : caller.account() + "." + caller.region() + "/" + plain;
    }

    /** The request with the owner in front of its repositories' names. */
    ObjectNode named(ObjectNode request, Caller caller) {
        Caller owner = new Caller(request.path("registryId").asText(caller.account()), caller.region());
        ObjectNode named = request.deepCopy();
        if (request.path("repositoryName").isTextual()) {
            named.put(
                    "repositoryName",
                    named(owner, request.path("repositoryName").asText()));
        }
        ArrayNode names = Json.object().arrayNode();
        request.path("repositoryNames").forEach(name -> names.add(named(owner, name.asText())));
        if (!names.isEmpty()) {
            named.set("repositoryNames", names);
        }
        return named;
    }

    /** The name that an ARN ends with. */
    String named(String arn) {
        String[] parts = arn.split(":", 6);
        boolean known = parts.length == 6 && parts[5].startsWith("repository/");
        if (!known) {
            throw Refusal.invalid("resourceArn", "Invalid ARN");
        }
        return named(new Caller(parts[4], parts[3]), parts[5].substring("repository/".length()));
    }
}
