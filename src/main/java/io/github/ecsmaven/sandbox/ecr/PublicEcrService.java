package io.github.ecsmaven.sandbox.ecr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import io.github.ecsmaven.sandbox.wire.JsonService;
import java.time.Clock;
import java.time.Instant;

/** Public ECR's JSON API: it gives logins, in the one region where it is, and has no registry here. */
final class PublicEcrService implements JsonService {
    private static final String REGION = "us-east-1";

    private final Tokens tokens;
    private final Clock clock;

    PublicEcrService(Tokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public String targetPrefix() {
        return "SpencerFrontendService";
    }

    @Override
    public ObjectNode handle(String action, ObjectNode request, Caller caller) {
        if (!action.equals("GetAuthorizationToken")) {
            throw AwsError.unknownAction("ecr-public", action);
        }
        if (!caller.region().equals(REGION)) {
            throw new AwsError(
                    "UnsupportedCommandException",
                    400,
                    "GetAuthorizationToken command is only supported in " + REGION + ".");
        }
        Instant expires = clock.instant().plus(Tokens.LIFE);
        ObjectNode answer = Json.object();
        answer.putObject("authorizationData")
                .put("authorizationToken", tokens.issue(expires))
                .put("expiresAt", Json.time(expires));
        return answer;
    }
}
