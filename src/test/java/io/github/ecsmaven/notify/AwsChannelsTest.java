package io.github.ecsmaven.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.report.Builds;
import io.github.ecsmaven.sandbox.LocalAws;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SES and SNS, with the SDK against the sandbox. */
class AwsChannelsTest {
    private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:builds";

    @TempDir
    Path home;

    private final List<String> warnings = new ArrayList<>();
    private LocalAws aws;
    private AwsClients clients;

    @BeforeEach
    void start() throws Exception {
        aws = new LocalAws(home);
        clients = aws.clients();
    }

    @AfterEach
    void close() throws Exception {
        clients.close();
        aws.close();
    }

    @Test
    void sesWhenThereAreManyRecipientsIsSentInParts() throws Exception {
        List<String> many =
                IntStream.range(0, 60).mapToObj(i -> "dev" + i + "@example.com").toList();

        assertThat(send(new SesMail(clients::ses, new SmtpMail.Envelope("Bücherei <builds@example.com>", many))))
                .containsExactly("it");

        JsonNode messages = sent();
        assertThat(messages).hasSize(2);
        JsonNode mail = messages.path(0).path("message");
        assertThat(mail.path("FromEmailAddress").asText()).isEqualTo("=?UTF-8?Q?B=C3=BCcherei?= <builds@example.com>");
        assertThat(mail.path("Destination").path("ToAddresses")).hasSize(50);
        JsonNode simple = mail.path("Content").path("Simple");
        assertThat(simple.path("Subject").path("Data").asText())
                .isEqualTo("[failed] Shop main #214: integration tests");
        assertThat(simple.path("Body").path("Html").path("Data").asText()).startsWith("<!DOCTYPE html>");
        assertThat(simple.path("Body").path("Text").path("Data").asText()).contains("> integration tests");
    }

    @ParameterizedTest
    @ValueSource(strings = {TOPIC, TOPIC + ".fifo"})
    void snsHasSubjectTextAndAttributes(String topic) throws Exception {
        assertThat(send(new SnsTopic(clients::sns, topic))).containsExactly("it");

        JsonNode message = sent().path(0).path("message");
        assertThat(message.path("TopicArn").asText()).isEqualTo(topic);
        assertThat(message.path("Subject").asText()).isEqualTo("[failed] Shop main #214: integration tests");
        assertThat(message.path("Message").asText()).contains("> integration tests");
        assertThat(message.path("MessageAttributes").toString())
                .contains(
                        "\"branch\":\"main\"",
                        "\"event\":\"failure\"",
                        "\"project\":\"Shop\"",
                        "\"stage\":\"integration tests\"");
    }

    @Test
    void snsWhenThePermissionIsMissingNamesIt() {
        aws.order("{'fault': 'deny', 'action': 'sns:Publish'}");

        assertThat(send(new SnsTopic(clients::sns, TOPIC))).isEmpty();
        assertThat(warnings).singleElement().asString().contains("publish to the topic " + TOPIC, "sns:Publish");
    }

    @Test
    void snsWhenTheTopicDoesNotExistSaysWhatToDo() {
        aws.order(
                "{'fault': 'error', 'action': 'sns:Publish', 'code': 'NotFound', 'status': 404, 'message': 'Topic does not exist'}");

        assertThat(send(new SnsTopic(clients::sns, TOPIC))).isEmpty();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("The topic " + TOPIC + " does not exist.", "Next: create it", "ecs.notify.sns.topic");
    }

    @Test
    void sesWhenTheSenderIsNotVerifiedSaysSo() {
        aws.order(
                "{'fault': 'error', 'action': 'ses:SendEmail', 'code': 'MessageRejected', 'status': 400, 'message': 'Email"
                        + " address is not verified.'}");

        assertThat(send(new SesMail(
                        clients::ses, new SmtpMail.Envelope("builds@example.com", List.of("a@example.com")))))
                .isEmpty();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(
                        "SES does not take the mail from builds@example.com.",
                        "Email address is not verified.",
                        "Next: verify the sender in SES",
                        "ecs.notify.mail.from");
    }

    private List<String> send(Channel.Delivery delivery) {
        return new SendAll(Duration.ofMinutes(1), Clock.systemUTC(), warnings::add)
                .run(
                        Builds.sample(),
                        EnumSet.of(Event.FAILURE),
                        List.of(new Channel("it", Set.of(Event.FAILURE), delivery)));
    }

    private JsonNode sent() throws Exception {
        return new ObjectMapper().readTree(aws.sent()).path("messages");
    }
}
