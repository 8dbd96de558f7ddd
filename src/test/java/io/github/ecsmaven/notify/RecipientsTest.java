package io.github.ecsmaven.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.report.BuildRecord.Person;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientsTest {
    @Test
    void addressesAreTheListThenTheAuthorsEachOnce() {
        Recipients recipients = Recipients.of(
                List.of("team@example.com", "ada@example.com"),
                List.of(
                        new Person("Ada", Optional.of("ADA@example.com")),
                        new Person("Grace", Optional.of("grace@example.com"))));

        assertThat(recipients.addresses()).containsExactly("team@example.com", "ada@example.com", "grace@example.com");
        assertThat(recipients.notice()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "ada@localhost, x@example.com",
                "noreply@example.com",
                "no-reply@example.com",
                "1234+ada@users.noreply.github.com",
                "ada@users.noreply.gitlab.example.com",
                "donotreply@example.com",
                "ada@example.com\r\nBcc: all@example.com"
            })
    void authorWhoCanNotBeReachedIsOneSentence(String address) {
        Recipients recipients = Recipients.of(
                List.of("team@example.com"),
                List.of(new Person("Ada", Optional.of(address)), new Person("Ada", Optional.empty())));

        assertThat(recipients.addresses()).containsExactly("team@example.com");
        assertThat(recipients.notice())
                .contains(
                        "No mail to Ada: the commits name no address that takes mail.\nNext: set git's user.email to a"
                                + " real one, or list the address in ecs.notify.mail.to.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reply@example.com", "norbert.reply@example.com", "ada+work@example.com"})
    void authorWithAnOrdinaryAddressIsReached(String address) {
        assertThat(Recipients.of(List.of(), List.of(new Person("Ada", Optional.of(address))))
                        .addresses())
                .containsExactly(address);
    }
}
