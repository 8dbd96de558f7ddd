package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ecsmaven.aws.AwsClients;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

class ViewTest {
    @TempDir
    Path home;

    @Test
    void overviewTellsBucketsAndSentMessages() throws Exception {
        try (LocalAws aws = new LocalAws(home);
                AwsClients clients = aws.clients()) {
            clients.s3().createBucket(create -> create.bucket("shop-web"));
            clients.s3().putObject(put -> put.bucket("shop-web").key("index.html"), RequestBody.fromString("12345"));
            clients.sns().publish(publish -> publish.topicArn("arn:aws:sns:eu-west-1:123456789012:builds")
                    .subject("Shop is deployed")
                    .message("{}"));
            clients.ses().sendEmail(mail -> mail.fromEmailAddress("ci@example.com")
                    .destination(to -> to.toAddresses("ada@example.com", "bob@example.com"))
                    .content(content -> content.simple(text -> text.subject(subject -> subject.data("Shop failed"))
                            .body(body -> body.text(words -> words.data("See there."))))));

            JsonNode overview = new ObjectMapper()
                    .readTree(aws.endpoint().resolve("/admin/overview").toURL());

            JsonNode bucket = overview.path("buckets").path(0);
            assertThat(bucket.path("site").asText()).startsWith("http://127.0.0.1:");
            assertThat(bucket.path("name").asText() + " " + bucket.path("objects") + " " + bucket.path("size"))
                    .isEqualTo("shop-web 1 5");
            assertThat(overview.path("messages"))
                    .extracting(one ->
                            one.path("by").asText() + ", " + one.path("to").asText() + ", "
                                    + one.path("subject").asText())
                    .containsExactly(
                            "ses, ada@example.com, bob@example.com, Shop failed",
                            "sns, arn:aws:sns:eu-west-1:123456789012:builds, Shop is deployed");
        }
    }
}
