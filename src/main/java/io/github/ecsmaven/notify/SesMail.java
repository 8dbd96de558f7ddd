package io.github.ecsmaven.notify;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsProblems;
import jakarta.mail.internet.AddressException;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;

/** Mail through Amazon SES. The SDK tries again for what may pass. */
public final class SesMail implements Channel.Delivery {
    /** SES, "Service quotas": recipients per message. */
    private static final int MOST_RECIPIENTS = 50;

    private final Supplier<SesV2Client> ses;
    private final SmtpMail.Envelope envelope;

    /** @param ses asked when there is a mail to send, since it may find no region or credentials */
    public SesMail(Supplier<SesV2Client> ses, SmtpMail.Envelope envelope) {
        this.ses = ses;
        this.envelope = envelope;
    }

    @Override
    public void send(Notice notice, Deadline until) {
        String sender = sender();
        List<String> to = envelope.to();
        for (int from = 0; from < to.size(); from += MOST_RECIPIENTS) {
            send(notice, sender, to.subList(from, Math.min(to.size(), from + MOST_RECIPIENTS)), until);
        }
    }

    private String sender() {
        try {
            return envelope.sender().toString();
        } catch (AddressException refusedBefore) {
            throw new IllegalStateException(refusedBefore);
        }
    }

    private void send(Notice notice, String sender, List<String> to, Deadline until) {
        AwsRequestOverrideConfiguration bounded = AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(until.atMost(until.left()))
                .build();
        try {
            ses.get().sendEmail(mail -> mail.fromEmailAddress(sender)
                    .destination(all -> all.toAddresses(to))
                    .content(content -> content.simple(simple -> simple.subject(text(notice.subject()))
                            .body(body -> body.text(text(DrawText.run(notice))).html(text(DrawHtml.run(notice))))))
                    .overrideConfiguration(bounded));
        } catch (MessageRejectedException refused) {
            // Nearly always an identity that is not verified, which SES's own text names.
            throw new Problem(
                    Problem.Blame.PROJECT,
                    "SES does not take the mail from " + envelope.from() + ".",
                    List.of(AwsProblems.message(refused)),
                    "verify the sender in SES in the build's region (ecs.region), and the recipients too while the account is in"
                            + " SES's own sandbox; or correct ecs.notify.mail.from.",
                    refused);
        } catch (SdkException refused) {
            throw AwsProblems.translate("send mail from " + envelope.from() + " through SES", refused);
        }
    }

    private static Content text(String text) {
        return Content.builder().data(text).charset("UTF-8").build();
    }
}
