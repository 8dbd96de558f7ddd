package io.github.ecsmaven.sandbox.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import io.github.ecsmaven.sandbox.wire.QueryService;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** Amazon SNS: every topic is there, and nobody has subscribed to it. */
public final class SnsService implements QueryService {
    private static final Pattern TOPIC =
            Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?");

    /** SNS API reference, Publish: what a subject is. */
    private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e][\\x20-\\x7e]{0,98}");

    private static final int LARGEST = 256 << 10;

    private final Outbox outbox;

    public SnsService(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public String version() {
        return "2010-03-31";
    }

    @Override
    public String namespace() {
        return "http://sns.amazonaws.com/doc/2010-03-31/";
    }

    @Override
    public ObjectNode handle(String action, Map<String, String> parameters, Caller caller) {
        if (!action.equals("Publish")) {
            throw AwsError.unknownAction("sns", action);
        }
        return publish(parameters);
    }

    private ObjectNode publish(Map<String, String> parameters) {
        String topic = parameters.getOrDefault("TopicArn", parameters.getOrDefault("TargetArn", ""));
        if (!TOPIC.matcher(topic).matches()) {
            throw invalid("TopicArn");
        }
        String message = parameters.getOrDefault("Message", "");
        if (message.isEmpty() || message.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
            throw invalid(message.isEmpty() ? "Empty message" : "Message too long");
        }
        String subject = parameters.get("Subject");
        if (subject != null && !SUBJECT.matcher(subject).matches()) {
            throw invalid("Subject");
        }
        boolean fifo = topic.endsWith(".fifo");
        if (fifo && parameters.getOrDefault("MessageGroupId", "").isEmpty()) {
            throw invalid("The MessageGroupId parameter is required for FIFO topics");
        }
        ObjectNode kept = Json.object().put("TopicArn", topic).put("Message", message);
        if (subject != null) {
            kept.put("Subject", subject);
        }
        kept.set("MessageAttributes", attributes(parameters));
        ObjectNode answer = Json.object().put("MessageId", outbox.keep("sns", kept));
        return fifo ? answer.put("SequenceNumber", "10000000000000000000") : answer;
    }

    /** {@code MessageAttributes.entry.1.Name}, {@code .Value.DataType}, {@code .Value.StringValue} */
    private static ObjectNode attributes(Map<String, String> parameters) {
        ObjectNode attributes = Json.object();
        for (int at = 1; ; at++) {
            String entry = "MessageAttributes.entry." + at + ".";
            String name = parameters.get(entry + "Name");
            if (name == null) {
                return attributes;
            }
            String type = parameters.getOrDefault(entry + "Value.DataType", "");
            String value = parameters.getOrDefault(entry + "Value.StringValue", "");
            if (type.isEmpty() || type.startsWith("String") && value.isEmpty()) {
                throw new AwsError(
                        "ParameterValueInvalid",
                        400,
                        "The message attribute '" + name + "' must contain non-empty message attribute value");
            }
            attributes.put(name, value);
        }
    }

    private static AwsError invalid(String what) {
        return new AwsError("InvalidParameter", 400, "Invalid parameter: " + what);
    }
}
