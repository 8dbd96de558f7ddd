package io.github.ecsmaven.notify;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Mail through a server that speaks SMTP. */
public final class SmtpMail implements Channel.Delivery {
    private static final int ATTEMPTS = 2;
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    /** How the connection is encrypted. */
    public enum Security {
        /** It begins in the clear, port 587; a server that can't is refused. */
        STARTTLS,
        /** From its first byte on, port 465. */
        TLS,
        /** Not at all, port 25: inside of a network only. */
        NONE
    }

    /** @param password never told */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * @param answer how long one answer may take
     * @param sockets which certificates are trusted
     */
    public record Server(
            String host,
            int port,
            Security security,
            Optional<Login> login,
            Duration answer,
            SSLSocketFactory sockets) {}

    /** @param from {@code builds@example.com}, or with a name before it */
    public record Envelope(String from, List<String> to) {
        public Envelope {
            to = List.copyOf(to);
        }

        /** The sender with its name in signs of ASCII (RFC 2047): others are no part of a mail's head. */
        InternetAddress sender() throws AddressException {
            InternetAddress sender = new InternetAddress(from, true);
            try {
                sender.setPersonal(sender.getPersonal(), "UTF-8");
            } catch (UnsupportedEncodingException impossible) {
                throw new IllegalStateException(impossible);
            }
            return sender;
        }
    }

    private final Server server;
    private final Envelope envelope;
    private final Sleeper sleeper;

    public SmtpMail(Server server, Envelope envelope, Sleeper sleeper) {
        this.server = server;
        this.envelope = envelope;
        this.sleeper = sleeper;
    }

    @Override
    public void send(Notice notice, Deadline until) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                Transport.send(message(notice, until));
                return;
            } catch (MessagingException refused) {
                boolean again = attempt < ATTEMPTS && isPassing(refused) && BETWEEN.compareTo(until.left()) < 0;
                if (!again) {
                    throw problem(refused);
                }
                sleeper.sleep(BETWEEN);
            }
        }
    }

    private MimeMessage message(Notice notice, Deadline until) throws MessagingException {
        MimeMessage message = new MimeMessage(session(until));
        message.setFrom(envelope.sender());
        for (String address : envelope.to()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
        }
        message.setSubject(notice.subject(), "UTF-8");
        message.setSentDate(Date.from(Instant.parse(notice.build().ended())));
        // No answer of a machine to a machine (RFC 3834).
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(DrawText.run(notice), "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(DrawHtml.run(notice), "UTF-8", "html");
        // The last one is the one that a mail program prefers (RFC 2046, 5.1.4).
        message.setContent(new MimeMultipart("alternative", text, html));
        return message;
    }

    private Session session(Deadline until) {
        String time = String.valueOf(until.atMost(server.answer()).toMillis());
        Properties mail = new Properties();
        mail.setProperty("mail.transport.protocol", "smtp");
        mail.setProperty("mail.smtp.host", server.host());
        mail.setProperty("mail.smtp.port", String.valueOf(server.port()));
        mail.setProperty("mail.smtp.connectiontimeout", time);
        mail.setProperty("mail.smtp.timeout", time);
        mail.setProperty("mail.smtp.writetimeout", time);
        mail.setProperty("mail.smtp.auth", String.valueOf(server.login().isPresent()));
        // One address that is refused does not keep the mail from the others.
        mail.setProperty("mail.smtp.sendpartial", "true");
        mail.setProperty("mail.smtp.starttls.enable", String.valueOf(server.security() == Security.STARTTLS));
        mail.setProperty("mail.smtp.starttls.required", String.valueOf(server.security() == Security.STARTTLS));
        mail.setProperty("mail.smtp.ssl.enable", String.valueOf(server.security() == Security.TLS));
        mail.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        mail.put("mail.smtp.ssl.socketFactory", server.sockets());
        return Session.getInstance(mail, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                Login login = server.login().orElseThrow();
                return new PasswordAuthentication(login.user(), login.password());
            }
        });
    }

    /** No connection, no answer in time, or the server is busy (4xx); RFC 5321, 4.2.1. */
    private static boolean isPassing(MessagingException refused) {
        if (refused instanceof AuthenticationFailedException) {
            return false;
        }
        if (refused instanceof SMTPSendFailedException answered) {
            return answered.getReturnCode() / 100 == 4;
        }
        return !(refused instanceof SendFailedException);
    }

    private Problem problem(MessagingException refused) {
        String at = server.host() + ":" + server.port();
        if (refused instanceof AuthenticationFailedException) {
            String user = server.login().map(Login::user).orElse("nobody");
            return problem(
                    "The mail server " + at + " does not take the login of '" + user + "'",
                    refused,
                    "check user and password of the server in settings.xml (ecs.notify.mail.server).");
        }
        if (refused instanceof SendFailedException failed) {
            return problem(
                    "The mail server " + at + " refuses " + addresses(failed),
                    refused,
                    "correct ecs.notify.mail.to and ecs.notify.mail.from, or let the server take mail from this machine.");
        }
        return problem(
                "The mail server " + at + " does not take the mail",
                refused,
                "check ecs.notify.mail.host, .port and .security (starttls, tls or none), and that this machine may reach it.");
    }

    private static Problem problem(String what, MessagingException refused, String next) {
        return new Problem(Problem.Blame.PROJECT, what + ".", reasons(refused), next, refused);
    }

    private static String addresses(SendFailedException failed) {
        String refused = Stream.of(failed.getInvalidAddresses(), failed.getValidUnsentAddresses())
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .map(Address::toString)
                .distinct()
                .collect(Collectors.joining(", "));
        String sent = failed.getValidSentAddresses() == null || failed.getValidSentAddresses().length == 0
                ? ""
                : " (the others have it)";
        return refused.isEmpty() ? "the mail" : "mail to " + refused + sent;
    }

    /** What the server said last, and what lies below it. */
    private static List<String> reasons(Exception refused) {
        return Stream.<Throwable>iterate(
                        refused,
                        Objects::nonNull,
                        error -> error instanceof MessagingException mail && mail.getNextException() != null
                                ? mail.getNextException()
                                : error.getCause())
                .map(error -> Notice.line(String.valueOf(error.getMessage())))
                .filter(said -> !said.isEmpty() && !said.equals("null"))
                .distinct()
                .limit(3)
                .toList();
    }
}
