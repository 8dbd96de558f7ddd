package io.github.ecsmaven.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.ecsmaven.RefusingPort;
import io.github.ecsmaven.notify.SmtpMail.Login;
import io.github.ecsmaven.notify.SmtpMail.Security;
import io.github.ecsmaven.report.Builds;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmtpMailTest {
    private static final Optional<Login> LOGIN = Optional.of(new Login("builds", "correct horse"));
    private static final SmtpMail.Envelope ENVELOPE =
            new SmtpMail.Envelope("Bücherei <builds@example.com>", List.of("team@example.com", "ada@example.com"));

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();

    @Test
    void sendOverPlainSmtpIsHtmlAndText() throws Exception {
        try (Mailbox mailbox = new Mailbox()) {
            assertThat(send(mailbox.port(), Security.NONE, Optional.empty())).containsExactly("mail");

            MimeMessage mail = mailbox.received().get(0);
            assertThat(mail.getSubject()).isEqualTo("[failed] Shop main #214: integration tests");
            assertThat(mail.getHeader("From")).containsExactly("=?UTF-8?Q?B=C3=BCcherei?= <builds@example.com>");
            assertThat(mail.getAllRecipients())
                    .extracting(String::valueOf)
                    .containsExactly("team@example.com", "ada@example.com");
            assertThat(mail.getContentType()).startsWith("multipart/alternative");
            MimeMultipart parts = (MimeMultipart) mail.getContent();
            assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
            assertThat(parts.getBodyPart(0).getContent().toString().lines())
                    .contains(
                            "0a1b2c3d by Ada Example: Orders are totalled in cents",
                            "integration tests of shop-web: There are test failures.",
                            "    shop-web/src/test/java/shop/web/CheckoutIT.java:42",
                            "> integration tests  failed after 29 s",
                            "Build: https://github.com/example/shop/actions/runs/7162554433");
            assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
            assertThat(parts.getBodyPart(1).getContent().toString())
                    .contains("failed after 29 s", "href=\"https://github.com/example/shop/actions/runs/7162554433\"");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "STARTTLS"})
    void sendEncryptedWithALogin(Security security) throws Exception {
        try (Mailbox mailbox = new Mailbox();
                TlsRelay relay = new TlsRelay(folder, mailbox.port(), security == Security.STARTTLS)) {
            mailbox.requireLogin();

            assertThat(send(relay.port(), security, LOGIN, relay.trusting())).containsExactly("mail");
            assertThat(mailbox.received()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "STARTTLS"})
    void sendWhenTheCertificateIsNotTrustedSendsNothing(Security security) throws Exception {
        try (Mailbox mailbox = new Mailbox();
                TlsRelay relay = new TlsRelay(folder, mailbox.port(), security == Security.STARTTLS)) {
            send(relay.port(), security, LOGIN, (SSLSocketFactory) SSLSocketFactory.getDefault());

            assertThat(warnings).singleElement().asString().contains("PKIX", "Next: check");
            assertThat(mailbox.received()).isEmpty();
        }
    }

    @Test
    void sendWhenTheLoginIsWrongNamesTheServerElement() throws Exception {
        try (Mailbox mailbox = new Mailbox()) {
            mailbox.requireLogin();

            send(mailbox.port(), Security.NONE, Optional.of(new Login("builds", "wrong battery")));

            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .startsWith("Nobody was told by mail. The mail server localhost:" + mailbox.port()
                            + " does not take the login of 'builds'.")
                    .contains("settings.xml (ecs.notify.mail.server)")
                    .doesNotContain("battery");
            assertThat(waits).isEmpty();
        }
    }

    @Test
    void sendWhenTheServerHasNoStarttlsIsRefusedInTheClear() throws Exception {
        try (Mailbox mailbox = new Mailbox()) {
            send(mailbox.port(), Security.STARTTLS, LOGIN);

            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .contains("STARTTLS is required", "ecs.notify.mail.host, .port and .security");
            assertThat(mailbox.received()).isEmpty();
        }
    }

    @Test
    void sendWhenTheServerHangsGivesUpAfterTwoAttempts() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            send(silent.getLocalPort(), Security.STARTTLS, Optional.empty());

            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .startsWith("Nobody was told by mail. The mail server localhost:" + silent.getLocalPort()
                            + " does not take the mail.")
                    .contains("Next: check ecs.notify.mail.host");
            assertThat(waits).containsExactly(Duration.ofSeconds(1));
        }
    }

    @Test
    void sendWhenNobodyListensIsOneWarning() throws Exception {
        try (RefusingPort port = new RefusingPort()) {
            send(port.number(), Security.NONE, Optional.empty());

            assertThat(warnings).singleElement().asString().contains("Couldn't connect to host", "Next: check");
        }
    }

    private List<String> send(int port, Security security, Optional<Login> login) {
        return send(port, security, login, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private List<String> send(int port, Security security, Optional<Login> login, SSLSocketFactory sockets) {
        SmtpMail.Server server =
                new SmtpMail.Server("localhost", port, security, login, Duration.ofMillis(500), sockets);
        Channel mail = new Channel("mail", Set.of(Event.FAILURE), new SmtpMail(server, ENVELOPE, waits::add));
        return new SendAll(Duration.ofMinutes(1), Clock.systemUTC(), warnings::add)
                .run(Builds.sample(), EnumSet.of(Event.FAILURE), List.of(mail));
    }

    private static final class Mailbox implements AutoCloseable {
        private final GreenMail server;

        Mailbox() {
            server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
            server.start();
        }

        int port() {
            return server.getSmtp().getPort();
        }

        void requireLogin() {
            server.setUser("builds@example.com", "builds", "correct horse");
            server.getUserManager().setAuthRequired(true);
        }

        List<MimeMessage> received() {
            return List.of(server.getReceivedMessages());
        }

        @Override
        public void close() {
            server.stop();
        }
    }
}
