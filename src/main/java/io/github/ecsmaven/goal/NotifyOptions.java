package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.notify.Event;
import io.github.ecsmaven.notify.JsonTemplate;
import io.github.ecsmaven.notify.MailAddress;
import io.github.ecsmaven.notify.SmtpMail.Security;
import io.github.ecsmaven.notify.SnsTopic;
import io.github.ecsmaven.report.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/**
 * What {@code ecs.notify} and the properties below it say, as the top project has them, or the first module that uses the
 * plugin. Each method throws a {@link Problem} when its values can't be right; none of them tells a webhook's address.
 */
final class NotifyOptions {
    private static final String PREFIX = "ecs.notify.";
    private static final String PLUGIN = "io.github.ecsmaven:ecs-maven-plugin";

    private static final Set<Event> TROUBLE = EnumSet.of(Event.FAILURE, Event.FIXED);
    private static final Set<Event> NEWS = EnumSet.of(Event.FAILURE, Event.FIXED, Event.DEPLOYMENT, Event.ROLLBACK);

    /** Who tells. */
    enum Mode {
        /** Builds of a CI only: a laptop's failures are its owner's affair. */
        CI,
        ALWAYS,
        NEVER
    }

    /**
     * @param authors true: those of the commits since the last good build too
     * @param smtp absent: through SES
     */
    record Mail(Set<Event> events, List<String> to, boolean authors, String from, Optional<Smtp> smtp) {}

    /** @param server id of the login in settings.xml */
    record Smtp(String host, int port, Security security, String server) {}

    /** @param property that has the address */
    record Hook(Set<Event> events, String property, URI url) {}

    record Topic(Set<Event> events, String arn, String region) {}

    private final Map<String, String> given;
    private final Map<String, String> sandbox;
    private final Path top;

    /**
     * @param given by the rest of the property's name; {@code ecs.notify} itself has the empty one
     * @param sandbox what is written below {@code ecs.sandbox}
     * @param top folder of the top project, from which a template is named
     */
    NotifyOptions(Map<String, String> given, Map<String, String> sandbox, Path top) {
        this.given = new TreeMap<>(given);
        this.sandbox = Map.copyOf(sandbox);
        this.top = top;
    }

    static NotifyOptions of(MavenSession session) {
        MavenProject top = session.getTopLevelProject();
        MavenProject user = Stream.concat(Stream.of(top), session.getProjects().stream())
                .filter(project -> project.getPlugin(PLUGIN) != null)
                .findFirst()
                .orElse(top);
        List<Properties> sources =
                List.of(user.getProperties(), session.getSystemProperties(), session.getUserProperties());
        MapOption maps = new MapOption(sources);
        Map<String, String> given = maps.below("ecs.notify");
        sources.forEach(
                source -> Optional.ofNullable(source.getProperty("ecs.notify")).ifPresent(mode -> given.put("", mode)));
        return new NotifyOptions(
                given, maps.below("ecs.sandbox"), top.getBasedir().toPath());
    }

    /** What its values don't allow is a warning, once in a session: the build's outcome stays. */
    static void orWarn(SessionBoard board, Runnable reading, Consumer<String> warning) {
        try {
            reading.run();
        } catch (Problem wrong) {
            if (board.first("not told: " + wrong.text())) {
                warning.accept("Not everybody is told of this build. " + wrong.text());
            }
        }
    }

    /** Whether anybody is to be told of anything. */
    boolean isEmpty() {
        return given.keySet().stream().allMatch(String::isEmpty);
    }

    Mode mode() {
        return text("").map(mode -> OptionText.choice("ecs.notify", mode, Mode.class))
                .orElse(Mode.CI);
    }

    /** Reads all of it. */
    void check(Consumer<Runnable> values) {
        values.accept(this::mode);
        values.accept(this::mail);
        values.accept(this::slack);
        values.accept(this::teams);
        values.accept(this::webhook);
        values.accept(this::template);
        values.accept(this::sns);
    }

    /** What makes the addresses of the webhooks secret, also of one that can't be right. */
    List<String> addresses() {
        return Stream.of("slack", "teams", "webhook")
                .flatMap(name -> text(name + ".url").stream())
                .flatMap(NotifyOptions::secret)
                .toList();
    }

    private static Stream<String> secret(String address) {
        try {
            return Secrets.of(new URI(address)).stream();
        } catch (URISyntaxException wrong) {
            return Stream.of(address);
        }
    }

    /** Properties whose value names a variable that is not set, as on a machine that shall not tell. */
    List<String> unset() {
        return given.entrySet().stream()
                .filter(entry -> isUnset(entry.getValue()))
                .map(entry -> PREFIX + entry.getKey())
                .toList();
    }

    /** Empty when nobody gets mail. */
    Optional<Mail> mail() {
        List<String> to = OptionText.list(text("mail.to").orElse(""));
        boolean authors = flag("mail.authors");
        if (to.isEmpty() && !authors) {
            return Optional.empty();
        }
        to.forEach(address -> require(
                MailAddress.isOne(address),
                "mail.to",
                address,
                "is no mail address",
                "write name@host, comma separated"));
        Optional<String> from = text("mail.from");
        from.ifPresent(sender -> require(
                MailAddress.isSender(sender),
                "mail.from",
                sender,
                "is no mail address",
                "write builds@example.com, or Builds <builds@example.com>"));
        Optional<Smtp> smtp = smtp();
        if (from.isEmpty()) {
            throw Problem.ofProject(
                    "Mail needs a sender, and ecs.notify.mail.from has none.",
                    "write ecs.notify.mail.from=builds@example.com, an address that the mail server takes mail from.");
        }
        if (smtp.isEmpty() && !flag("mail.ses")) {
            throw Problem.ofProject(
                    "Mail has recipients, but no server that sends it.",
                    "name one (ecs.notify.mail.host=smtp.example.com), or send through Amazon SES (ecs.notify.mail.ses=true).");
        }
        return Optional.of(new Mail(events("mail", TROUBLE), to, authors, from.get(), smtp));
    }

    private Optional<Smtp> smtp() {
        Optional<String> host = text("mail.host");
        if (host.isPresent() && flag("mail.ses")) {
            throw Problem.ofProject(
                    "Mail is to go through a server and through Amazon SES (ecs.notify.mail.host, ecs.notify.mail.ses).",
                    "leave one of the two out.");
        }
        Security security = text("mail.security")
                .map(text -> OptionText.choice(PREFIX + "mail.security", text, Security.class))
                .orElse(Security.STARTTLS);
        int usual =
                switch (security) {
                    case STARTTLS -> 587;
                    case TLS -> 465;
                    case NONE -> 25;
                };
        int port = text("mail.port")
                .map(text -> OptionText.port(PREFIX + "mail.port", text, 1))
                .orElse(usual);
        host.ifPresent(name -> require(
                name.matches("[A-Za-z0-9.:_-]+") && !name.contains("//"),
                "mail.host",
                name,
                "is no host",
                "write the name alone, smtp.example.com; the port is ecs.notify.mail.port"));
        return host.map(
                name -> new Smtp(name, port, security, text("mail.server").orElse(name)));
    }

    Optional<Hook> slack() {
        return hook("slack");
    }

    Optional<Hook> teams() {
        return hook("teams");
    }

    Optional<Hook> webhook() {
        return hook("webhook");
    }

    private Optional<Hook> hook(String name) {
        Set<Event> events = events(name, NEWS);
        return text(name + ".url").map(url -> new Hook(events, PREFIX + name + ".url", url(name, url)));
    }

    private static URI url(String name, String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() != null && String.valueOf(url.getScheme()).matches("(?i)https?")) {
                return url;
            }
        } catch (URISyntaxException wrong) {
            // Its text holds the address.
        }
        throw Problem.ofProject(
                "The value of " + PREFIX + name + ".url is no address of the web.",
                "write https://host/path, as the service shows it; it is a secret, so the message does not repeat it.");
    }

    /** Of the webhook; all fields when none is named. */
    JsonTemplate template() {
        Optional<String> file = text("webhook.template");
        if (file.isEmpty()) {
            return JsonTemplate.ofAllFields();
        }
        try {
            return JsonTemplate.parse("'" + file.get() + "'", Files.readString(top.resolve(file.get())));
        } catch (IOException | InvalidPathException unreadable) {
            throw Problem.ofProject(
                    "The template '" + file.get() + "' can't be read (ecs.notify.webhook.template): " + unreadable
                            + ".",
                    "name a file of JSON in UTF-8, from the top project's folder.");
        }
    }

    Optional<Topic> sns() {
        Set<Event> events = events("sns", NEWS);
        return text("sns.topic").map(arn -> {
            Matcher topic = SnsTopic.ARN.matcher(arn);
            require(
                    topic.matches(),
                    "sns.topic",
                    arn,
                    "is no ARN of a topic",
                    "write arn:aws:sns:eu-west-1:123456789012:builds");
            return new Topic(events, arn, topic.group(1));
        });
    }

    Optional<String> sandboxHome() {
        return OptionText.text(sandbox.get("home"));
    }

    int sandboxPort() {
        return OptionText.port("ecs.sandbox.port", sandbox.getOrDefault("port", "4747"), 0);
    }

    private Set<Event> events(String channel, Set<Event> usual) {
        String name = channel + ".events";
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return usual;
        }
        Set<Event> events = EnumSet.noneOf(Event.class);
        OptionText.list(text.get()).forEach(event -> events.add(event(PREFIX + name, event)));
        return events;
    }

    private static Event event(String property, String text) {
        return Stream.of(Event.values())
                .filter(event -> event.text().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Problem.ofProject(
                        "'" + text + "' is no event (" + property + ").",
                        "write some of "
                                + Stream.of(Event.values())
                                        .map(Event::text)
                                        .sorted()
                                        .collect(Collectors.joining(", ")) + "."));
    }

    private boolean flag(String name) {
        return text(name).map(value -> OptionText.flag(PREFIX + name, value)).orElse(false);
    }

    private Optional<String> text(String name) {
        return OptionText.text(given.get(name)).filter(value -> !isUnset(value));
    }

    private static boolean isUnset(String value) {
        return value.matches("\\$\\{[^}]*}");
    }

    private static void require(boolean right, String name, String value, String what, String next) {
        if (!right) {
            throw Problem.ofProject("'" + value + "' " + what + " (" + PREFIX + name + ").", next + ".");
        }
    }
}
