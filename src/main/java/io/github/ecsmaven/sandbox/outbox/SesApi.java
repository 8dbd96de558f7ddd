package io.github.ecsmaven.sandbox.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Json;
import java.util.List;

/** Amazon SES, API version 2: takes mail from whatever sender, as if each were verified. */
public final class SesApi {
    /** Of SendEmail, the one action. */
    public static final String PATH = "/v2/email/outbound-emails";

    /** SES, "Service quotas": recipients per message. */
    private static final int MOST_RECIPIENTS = 50;

    private final Outbox outbox;

    public SesApi(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * SendEmail.
     *
     * @throws AwsError to refuse
     */
    public ObjectNode send(ObjectNode request) {
        int recipients = List.of("ToAddresses", "CcAddresses", "BccAddresses").stream()
                .mapToInt(kind -> request.path("Destination").path(kind).size())
                .sum();
        JsonNode content = request.path("Content");
        if (content.isMissingNode()) {
            throw bad(
                    "1 validation error detected: Value null at 'content' failed to satisfy constraint: Member must not be null");
        }
        if (content.has("Simple") == content.has("Raw") || content.has("Template")) {
            throw bad("The ecs-maven-plugin sandbox takes mail with one of Content.Simple and Content.Raw.");
        }
        if (content.has("Simple") && request.path("FromEmailAddress").asText().isEmpty()) {
            throw bad("Missing required header 'From'.");
        }
        if (recipients == 0 && content.has("Simple")) {
            throw bad("Missing final '@domain'");
        }
        if (recipients > MOST_RECIPIENTS) {
            throw new AwsError("MessageRejected", 400, "Recipient count exceeds " + MOST_RECIPIENTS + ".");
        }
        return Json.object().put("MessageId", outbox.keep("ses", request));
    }

    private static AwsError bad(String text) {
        return new AwsError("BadRequestException", 400, text);
    }
}
