package io.github.ecsmaven.goal;

import io.github.ecsmaven.CiBuild;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.notify.Channel;
import io.github.ecsmaven.notify.Event;
import io.github.ecsmaven.notify.FindEvents;
import io.github.ecsmaven.notify.Recipients;
import io.github.ecsmaven.notify.SendAll;
import io.github.ecsmaven.notify.SesMail;
import io.github.ecsmaven.notify.SmtpMail;
import io.github.ecsmaven.notify.SnsTopic;
import io.github.ecsmaven.notify.Webhook;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.sandbox.Sandbox;
import java.io.File;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people of a build that is recorded, by the channels that are set up. What goes wrong is a warning each. */
final class NotifyBuild {
    private static final Logger LOG = LoggerFactory.getLogger(NotifyBuild.class);

    /** The end of a build waits for it. */
    private static final Duration TIME = Duration.ofSeconds(15);

    /** The CI is about to kill it. */
    private static final Duration TIME_WHEN_INTERRUPTED = Duration.ofSeconds(3);

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final MavenSession session;
    private final NotifyOptions options;
    private final HistoryOptions aws;
    private final Optional<SettingsDecrypter> decrypter;
    private final Consumer<String> warning;
    private final List<Channel> channels = new ArrayList<>();
    private final List<AwsClients> clients = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * @param aws where SES and SNS are
     * @param decrypter of the mail server's password
     * @param warning hides secrets
     */
    NotifyBuild(
            MavenSession session, HistoryOptions aws, Optional<SettingsDecrypter> decrypter, Consumer<String> warning) {
        this.session = session;
        this.options = NotifyOptions.of(session);
        this.aws = aws;
        this.decrypter = decrypter;
        this.warning = warning;
    }

    /**
     * @param build with this call, without secrets
     * @param before the same build as earlier calls have left it
     * @param builds others of the project
     * @param interrupted the build was cut off
     */
    void run(BuildRecord build, Optional<BuildRecord> before, List<BuildRecord> builds, boolean interrupted) {
        NotifyOptions.orWarn(
                new SessionBoard(session),
                () -> {
                    Set<Event> events = FindEvents.of(build, before, builds);
                    if (!options.isEmpty() && isAsked(options.mode()) && !events.isEmpty()) {
                        tell(
                                events,
                                FindEvents.told(build, before),
                                builds,
                                interrupted ? TIME_WHEN_INTERRUPTED : TIME);
                    }
                },
                warning);
    }

    private static boolean isAsked(NotifyOptions.Mode mode) {
        return switch (mode) {
            case ALWAYS -> true;
            case NEVER -> false;
            case CI -> CiBuild.of(System.getenv()).product().isPresent();
        };
    }

    private void tell(Set<Event> events, BuildRecord build, List<BuildRecord> builds, Duration time) {
        if (session.isOffline()) {
            LOG.info("Nobody is told of this build: Maven works offline (-o).");
            return;
        }
        if (!options.unset().isEmpty()) {
            warning.accept("No value, so nothing is sent by it: " + String.join(", ", options.unset())
                    + ".\nNext: set the variable that it names, or ecs.notify=never.");
        }
        try {
            // What another event would need is not looked for: a login, a region, the authors in git.
            Predicate<Set<Event>> happened = chosen -> !Collections.disjoint(chosen, events);
            add(() -> hook("Slack", options.slack(), Webhook::slack));
            add(() -> hook("Teams", options.teams(), Webhook::teams));
            add(() -> hook(
                    "the webhook",
                    options.webhook(),
                    (http, sleeper, property, url) -> Webhook.json(http, sleeper, property, url, options.template())));
            add(() -> options.sns().filter(sns -> happened.test(sns.events())).ifPresent(this::topic));
            add(() -> options.mail()
                    .filter(mail -> happened.test(mail.events()))
                    .ifPresent(mail -> mail(mail, build, builds)));
            List<String> told = new SendAll(time, Clock.systemUTC(), warning).run(build, events, channels);
            if (!told.isEmpty()) {
                LOG.info("Told of this build by {}.", String.join(", ", told));
            }
        } finally {
            close();
        }
    }

    /** A channel that is set up wrongly does not keep the others from telling. */
    private void add(Runnable channel) {
        NotifyOptions.orWarn(new SessionBoard(session), channel, warning);
    }

    /** Makes what sends to a webhook. */
    @FunctionalInterface
    private interface Posting {
        Channel.Delivery to(HttpClient http, Sleeper sleeper, String property, URI url);
    }

    private void hook(String name, Optional<NotifyOptions.Hook> hook, Posting posting) {
        hook.ifPresent(to -> {
            HttpClient http = HttpClient.newBuilder()
                    .connectTimeout(ANSWER)
                    .proxy(ProxySelector.getDefault())
                    .build();
            channels.add(new Channel(name, to.events(), posting.to(http, NotifyBuild::sleep, to.property(), to.url())));
        });
    }

    private void topic(NotifyOptions.Topic topic) {
        channels.add(new Channel(
                "SNS",
                topic.events(),
                new SnsTopic(() -> clients(Optional.of(topic.region())).sns(), topic.arn())));
    }

    private void mail(NotifyOptions.Mail mail, BuildRecord build, List<BuildRecord> builds) {
        Recipients recipients = Recipients.of(mail.to(), mail.authors() ? authors(build, builds) : List.of());
        recipients.notice().ifPresent(warning);
        if (recipients.addresses().isEmpty()) {
            return;
        }
        SmtpMail.Envelope envelope = new SmtpMail.Envelope(mail.from(), recipients.addresses());
        Channel.Delivery delivery = mail.smtp()
                .<Channel.Delivery>map(smtp -> new SmtpMail(server(smtp), envelope, NotifyBuild::sleep))
                .orElseGet(() -> new SesMail(() -> clients(Optional.empty()).ses(), envelope));
        channels.add(new Channel("mail", mail.events(), delivery));
    }

    private SmtpMail.Server server(NotifyOptions.Smtp smtp) {
        Optional<SmtpMail.Login> login = decrypter
                .flatMap(known -> new SettingsLogins(session.getSettings(), known).of(smtp.server()))
                .map(known -> new SmtpMail.Login(known.getUsername(), known.getPassword()));
        if (login.isEmpty() && !smtp.server().equals(smtp.host())) {
            throw Problem.ofProject(
                    "settings.xml has no login for the server '" + smtp.server() + "' (ecs.notify.mail.server).",
                    "add a <server> with this id, a username and a password.");
        }
        return new SmtpMail.Server(smtp.host(), smtp.port(), smtp.security(), login, ANSWER, (SSLSocketFactory)
                SSLSocketFactory.getDefault());
    }

    /** Of the commits since the last good build of the branch; where none of them is known, of the one that was built. */
    private List<BuildRecord.Person> authors(BuildRecord build, List<BuildRecord> builds) {
        Path folder = session.getTopLevelProject().getBasedir().toPath();
        List<BuildRecord.Person> since = FindEvents.lastGood(build, builds)
                .flatMap(NotifyBuild::commit)
                .flatMap(good -> commit(build).map(head -> GitCheckout.authors(folder, good, head)))
                .orElse(List.of());
        return since.isEmpty()
                ? build.source().flatMap(BuildRecord.Source::author).stream().toList()
                : since;
    }

    private static Optional<String> commit(BuildRecord build) {
        return build.source().flatMap(BuildRecord.Source::commit);
    }

    /** Asked by several channels at once, and perhaps by one that nobody waits for any more. */
    private synchronized AwsClients clients(Optional<String> region) {
        AwsClients made = new AwsClients(aws.sandbox() ? sandbox() : aws.settings(region), System.getenv());
        clients.add(made);
        if (closed) {
            made.close();
            throw new CancellationException("Nobody waits for it any more.");
        }
        return made;
    }

    /** Waits for nobody who asks for clients: that may start a sandbox. */
    private void close() {
        closed = true;
        clients.forEach(AwsClients::close);
    }

    /** The one that the goals have used; started when none has. */
    private AwsSettings sandbox() {
        File home = options.sandboxHome()
                .map(File::new)
                .orElseGet(() -> new File(System.getProperty("user.home"), ".ecs-sandbox"));
        Sandbox.Address address =
                ChildProcess.sandbox(home, options.sandboxPort()).ensure();
        return AwsMojo.settings(address, address.endpoint());
    }

    private static void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
