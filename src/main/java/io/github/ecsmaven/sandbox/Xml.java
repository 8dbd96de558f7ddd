package io.github.ecsmaven.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.XmlText;
import java.nio.charset.StandardCharsets;

/** Answers of the AWS query protocol. */
final class Xml {
    private Xml() {}

    static byte[] answer(String namespace, String action, JsonNode members, String requestId) {
        StringBuilder xml = new StringBuilder();
        xml.append('<')
                .append(action)
                .append("Response xmlns=\"")
                .append(namespace)
                .append("\"><");
        xml.append(action).append("Result>");
        append(xml, members);
        xml.append("</").append(action).append("Result><ResponseMetadata><RequestId>");
        xml.append(requestId)
                .append("</RequestId></ResponseMetadata></")
                .append(action)
                .append("Response>");
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] error(String namespace, AwsError error, String requestId) {
        String type = error.status() >= 500 ? "Receiver" : "Sender";
        String xml = "<ErrorResponse xmlns=\"" + namespace + "\"><Error><Type>" + type + "</Type><Code>"
                + XmlText.escape(error.code()) + "</Code><Message>" + XmlText.escape(error.text())
                + "</Message></Error><RequestId>"
                + requestId + "</RequestId></ErrorResponse>";
        return xml.getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder xml, JsonNode node) {
        if (node.isObject()) {
            node.properties().forEach(field -> element(xml, field.getKey(), field.getValue()));
        } else if (node.isArray()) {
            node.forEach(item -> element(xml, "member", item));
        } else {
            xml.append(XmlText.escape(node.asText()));
        }
    }

    private static void element(StringBuilder xml, String name, JsonNode value) {
        xml.append('<').append(name).append('>');
        append(xml, value);
        xml.append("</").append(name).append('>');
    }
}
