package io.github.ecsmaven.notify;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsProblems;
import io.github.ecsmaven.report.CleanText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** An Amazon SNS topic, with attributes that subscriptions can filter by. The SDK tries again for what may pass. */
public final class SnsTopic implements Channel.Delivery {
    /** ARN of a topic; its fourth part is the region. */
    public static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:sns:([a-z0-9-]+):\\d{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?");

    /** SNS API reference, Publish: less than 100 characters. */
    private static final int MOST_SUBJECT = 99;

    private final Supplier<SnsClient> sns;
    private final String topic;

    /**
     * @param sns asked when there is something to send, since it may find no credentials
     * @param topic its ARN
     */
    public SnsTopic(Supplier<SnsClient> sns, String topic) {
        this.sns = sns;
        this.topic = topic;
    }

    @Override
    public void send(Notice notice, Deadline until) {
        PublishRequest.Builder publish = PublishRequest.builder()
                .topicArn(topic)
                .subject(subject(notice.subject()))
                .message(DrawText.run(notice))
                .messageAttributes(attributes(notice))
                .overrideConfiguration(AwsRequestOverrideConfiguration.builder()
                        .apiCallTimeout(until.atMost(until.left()))
                        .build());
        if (topic.endsWith(".fifo")) {
            publish.messageGroupId(group(notice.build().project()))
                    .messageDeduplicationId(
                            notice.build().id() + "-" + notice.event().text());
        }
        try {
            sns.get().publish(publish.build());
        } catch (NotFoundException missing) {
            throw new Problem(
                    Problem.Blame.PROJECT,
                    "The topic " + topic + " does not exist.",
                    List.of(AwsProblems.message(missing)),
                    "create it (aws sns create-topic), or correct ecs.notify.sns.topic.",
                    missing);
        } catch (SdkException refused) {
            throw AwsProblems.translate("publish to the topic " + topic, refused);
        }
    }

    /** "ASCII text that begins with a letter, number, or punctuation mark", without line breaks (SNS API reference). */
    private static String subject(String text) {
        return CleanText.cut(text.replaceAll("[^\\x20-\\x7e]", "?"), MOST_SUBJECT)
                .replace("…", ".");
    }

    /** SNS API reference, MessageGroupId: up to 128 alphanumeric characters and punctuation. */
    private static String group(String project) {
        String group = project.replaceAll("[^\\x21-\\x7e]", "_");
        return group.substring(0, Math.min(128, group.length()));
    }

    private static Map<String, MessageAttributeValue> attributes(Notice notice) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        NoticeFields.of(notice).forEach((name, value) -> {
            if (NoticeFields.SHORT.contains(name) && !value.isEmpty()) {
                attributes.put(
                        name,
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(value)
                                .build());
            }
        });
        return attributes;
    }
}
