package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.notify.Event;
import io.github.ecsmaven.notify.SmtpMail.Security;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifyOptionsTest {
    @TempDir
    Path top;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mail.to=team@example.com;mail.from=b@example.com                          | no server that sends it
            mail.to=team@example.com;mail.host=smtp.example.com                       | ecs.notify.mail.from
            mail.authors=yes                                                          | neither true nor false
            mail.to=team;mail.from=b@example.com;mail.ses=true                        | 'team' is no mail address (ecs.notify.mail.to)
            mail.to=team@example.com;mail.from=builds;mail.ses=true                   | 'builds' is no mail address (ecs.notify.mail.from)
            mail.to=team@example.com;mail.from=b@example.com;mail.host=a;mail.port=x  | 'x' is not a port (ecs.notify.mail.port)
            mail.to=team@example.com;mail.from=b@example.com;mail.host=a;mail.port=0  | '0' is not a port (ecs.notify.mail.port)
            mail.to=team@example.com;mail.from=b@example.com;mail.host=smtp://a       | 'smtp://a' is no host (ecs.notify.mail.host)
            mail.to=team@example.com;mail.from=b@example.com;mail.host=a;mail.ses=true | leave one of the two out
            mail.to=team@example.com;mail.from=b@example.com;mail.ses=true;mail.events=failed | 'failed' is no event (ecs.notify.mail.events)
            slack.url=https://a.example/s;slack.events=failure,deploy                 | 'deploy' is no event (ecs.notify.slack.events)
            slack.url=hooks.example.com/B0HIDE                                        | ecs.notify.slack.url is no address of the web
            teams.url=https://a b/B0HIDE                                              | ecs.notify.teams.url is no address of the web
            webhook.url=https://a.example/w;webhook.template=bad.json                 | unknown field ${projekt}
            webhook.url=https://a.example/w;webhook.template=none.json                | 'none.json' can't be read
            sns.topic=builds                                                          | 'builds' is no ARN of a topic (ecs.notify.sns.topic)
            =sometimes                                                                | 'sometimes' is not known (ecs.notify)
            """)
    void checkWhenAValueCanNotBeRightNamesIt(String given, String complaint) throws Exception {
        Files.writeString(top.resolve("bad.json"), "{\"text\": \"${projekt}\"}");
        List<String> complaints = new ArrayList<>();

        options(given).check(value -> {
            try {
                value.run();
            } catch (Problem wrong) {
                complaints.add(wrong.text());
            }
        });

        assertThat(complaints)
                .singleElement()
                .asString()
                .contains(complaint, "\nNext: ")
                .doesNotContain("B0HIDE");
    }

    @ParameterizedTest
    @CsvSource({"STARTTLS, 587", "TLS, 465", "NONE, 25"})
    void mailHasTheUsualPortAndTellsOfTrouble(Security security, int port) {
        NotifyOptions.Mail mail = options("mail.to=team@example.com;mail.from=Builds <b@example.com>;"
                        + "mail.host=smtp.example.com;mail.security=" + security)
                .mail()
                .orElseThrow();

        assertThat(mail.smtp())
                .contains(new NotifyOptions.Smtp("smtp.example.com", port, security, "smtp.example.com"));
        assertThat(mail.events()).containsExactlyInAnyOrder(Event.FAILURE, Event.FIXED);
    }

    /** As on a laptop, where the CI's variable is not set: Maven leaves the expression as it stands. */
    @Test
    void slackWhenTheVariableIsNotSetIsOff() {
        NotifyOptions options = options("slack.url=${env.SLACK_URL}");

        assertThat(options.slack()).isEmpty();
        assertThat(options.unset()).containsExactly("ecs.notify.slack.url");
    }

    @Test
    void modeWhenNothingIsSaidIsTheCi() {
        assertThat(options("slack.url=https://a.example/s").mode()).isEqualTo(NotifyOptions.Mode.CI);
        assertThat(options("=always").mode()).isEqualTo(NotifyOptions.Mode.ALWAYS);
    }

    private NotifyOptions options(String given) {
        Map<String, String> values = new HashMap<>();
        for (String one : given.split(";")) {
            values.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        return new NotifyOptions(values, Map.of(), top);
    }
}
