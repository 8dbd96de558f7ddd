package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.GitCommit;
import io.github.ecsmaven.RefusingPort;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Stage;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;

/** A build tells people, and ends as it would have anyway. */
class NotifyIT {
    private static final String GROUP = "notify";
    private static final String BROKEN = "src/main/java/shop/clock/Broken.java";
    private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:builds";

    private final List<String> posted = new CopyOnWriteArrayList<>();
    private final List<Instant> askedAt = new CopyOnWriteArrayList<>();
    private final List<String> traces = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer web;
    private GreenMail mail;

    @BeforeAll
    @AfterAll
    static void forgetSandbox() {
        MavenBuild.forgetSandbox(GROUP);
    }

    @BeforeEach
    void listen() throws Exception {
        web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        web.createContext("/", exchange -> {
            askedAt.add(Instant.now());
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String path = exchange.getRequestURI().getPath();
            exchange.sendResponseHeaders(path.endsWith("GONE") ? 404 : path.endsWith("DOWN") ? 500 : 200, -1);
            exchange.close();
        });
        web.createContext("/T0/HANGS", exchange -> {
            asked.countDown();
            try {
                over.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        web.createContext("/v1/traces", exchange -> {
            traces.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        web.start();
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
        mail.start();
        mail.setUser("builds@example.com", "builds", "correct horse");
        mail.getUserManager().setAuthRequired(true);
    }

    @AfterEach
    void close() {
        over.countDown();
        web.stop(0);
        mail.stop();
    }

    /** The password is encrypted, and known to nobody who reads what the build left. */
    @ParameterizedTest
    @ValueSource(strings = {"3.8.7", "4.0.0-rc-5"})
    void buildThatFailsTellsByMailAndWebhookWithoutSecretsAndWarnsOfTheOther(String maven) throws Exception {
        MavenBuild build = login(MavenBuild.clock(GROUP, "failure-" + maven))
                .maven(maven)
                .environment("DEPLOY_TOKEN", "Tok3nOfTheEnvironment")
                .environment("GITHUB_ACTIONS", "true")
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", url(""));
        build.environment("GITHUB_STEP_SUMMARY", build.file("step.md").toString())
                .environment("GITHUB_WORKSPACE", build.file("").toString())
                .write(BROKEN, """
                                package shop.clock;
                                class Tok3nOfTheEnvironment {}
                                class Pr0pertySecret {}
                                class Broken { Tok3nOfTheEnvironment it = "a"; Pr0pertySecret other = "b"; }
                                """);

        MavenBuild.Outcome outcome = build.with(
                        "-Ddb.password=Pr0pertySecret",
                        "-Decs.notify=always",
                        "-Decs.notify.webhook.url=" + url("/T0/B0WEBHOOK"),
                        "-Decs.notify.slack.url=" + url("/T0/GONE"),
                        "-Decs.notify.mail.to=team@example.com")
                .run("verify");

        assertThat(outcome.exit()).isNotZero();
        outcome.says(
                "incompatible types",
                "Told of this build by the webhook, mail.",
                "Nobody was told by Slack. 127.0.0.1 answered 404.",
                "correct ecs.notify.slack.url");
        assertThat(outcome.console()).doesNotContain("B0WEBHOOK");
        assertThat(posted)
                .anySatisfy(body -> assertThat(body).contains("\"event\":\"failure\"", "\"stage\":\"compile\""));
        MimeMessage received = received(1).get(0);
        assertThat(received.getSubject()).startsWith("[failed] ").endsWith(": compile");

        List<String> annotations = outcome.console()
                .lines()
                .filter(line -> line.startsWith("::error "))
                .toList();
        List<String> told = Stream.concat(
                        Stream.of("report.json", "report.html", "junit-stages.xml")
                                .map(name -> String.join("\n", build.lines("target/ecs/" + name))),
                        Stream.of(
                                String.join("\n", build.lines("step.md")).replace("&#42;", "*"),
                                String.join("\n", annotations),
                                build.history().toString(),
                                String.join("\n", posted),
                                String.join("\n", traces),
                                text(received)))
                .toList();
        assertThat(told).allSatisfy(text -> assertThat(text)
                .doesNotContain("Tok3nOfThe", "Pr0perty", "correct horse", "B0WEB"));
        assertThat(told.stream().filter(text -> !text.contains("resourceSpans")))
                .as("the place is shown, and *** in it")
                .allSatisfy(text -> assertThat(text).contains("***", "Broken.java"));
        assertThat(traces).singleElement().asString().contains("\"compile\"");
    }

    /** Nothing of it works, and the build is a good one. */
    @Test
    void goodBuildWhoseChannelsAllFailStaysGoodAndWarnsOfEachOnce() throws Exception {
        MavenBuild build = MavenBuild.clock(GROUP, "nobody")
                .write("a-file", "")
                .write("target/ecs/junit-stages.xml/in-the-way", "")
                .write("chat.json", "{\"text\": \"${projekt}\"}");
        commit(build, new PersonIdent("Ada Example", ""), "No address");
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
                RefusingPort refusing = new RefusingPort()) {
            MavenBuild.Outcome outcome = build.environment("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE0000")
                    .environment("AWS_SECRET_ACCESS_KEY", "a-key-of-no-account")
                    .with(
                            "-Decs.from.image=scratch",
                            "-Decs.notify=always",
                            "-Decs.history=" + build.file("a-file/history"),
                            "-Decs.notify.slack.url=" + url("/T0/DOWN"),
                            "-Decs.notify.slack.events=success",
                            "-Decs.notify.teams.url=" + url("/T0/DOWN"),
                            "-Decs.notify.webhook.url=" + url("/T0/B0WEBHOOK"),
                            "-Decs.notify.webhook.events=success",
                            "-Decs.notify.webhook.template=chat.json",
                            "-Decs.notify.sns.topic=" + TOPIC,
                            "-Decs.notify.sns.events=success",
                            "-Decs.endpoint=http://127.0.0.1:" + refusing.number(),
                            "-Decs.notify.mail.to=team@example.com",
                            "-Decs.notify.mail.from=builds@example.com",
                            "-Decs.notify.mail.authors=true",
                            "-Decs.notify.mail.events=success",
                            "-Decs.notify.mail.host=127.0.0.1",
                            "-Decs.notify.mail.port=" + silent.getLocalPort())
                    .run("verify", "-DskipTests")
                    .succeeds();
            Instant ended = Instant.now();

            List<String> warnings = warnings(outcome);
            assertThat(warnings)
                    .anySatisfy(warning -> assertThat(warning)
                            .contains("chat.json' has an unknown field ${projekt}", "Next: write ${project}"))
                    .anySatisfy(warning -> assertThat(warning)
                            .contains(
                                    "No mail to Ada Example: the commits name no address",
                                    "Next: set git's user.email"))
                    .anySatisfy(warning ->
                            assertThat(warning).contains("Nobody was told by Slack. 127.0.0.1 answered 500", "Next: "))
                    .anySatisfy(warning -> assertThat(warning).contains("Nobody was told by SNS. ", TOPIC, "Next: "))
                    .anySatisfy(warning -> assertThat(warning)
                            .contains(
                                    "Nobody was told by mail. The mail server 127.0.0.1:",
                                    "Next: check ecs.notify.mail"))
                    .anySatisfy(warning -> assertThat(warning).contains("a-file", "Next: "))
                    .anySatisfy(warning -> assertThat(warning)
                            .contains(
                                    "The stages could not be written as XML: ",
                                    "Next: check the disk and the permissions"))
                    .hasSize(7);
            assertThat(posted).as("attempts").hasSize(3);
            assertThat(Duration.between(askedAt.get(0), ended)).isLessThan(Duration.ofSeconds(30));
            assertThat(build.lines("target/ecs/report.html"))
                    .as("shows this build all the same")
                    .anyMatch(line -> line.contains("No address"));
        }
    }

    /** The CI kills it soon after, and the record has been left by then. */
    @Test
    void buildThatIsEndedWhileItTellsDoesNotWaitForTheAnswer() throws Exception {
        MavenBuild build = MavenBuild.clock(GROUP, "ended")
                .write(BROKEN, "package shop.clock; class Broken { Missing it; }")
                .with("-Decs.notify=always", "-Decs.notify.webhook.url=" + url("/T0/HANGS"));

        MavenBuild.RunningBuild running = build.start("verify");
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
        running.signal("TERM").finish(Duration.ofSeconds(12));

        assertThat(build.history()).singleElement().satisfies(record -> assertThat(record.outcome())
                .isEqualTo(BuildRecord.Outcome.FAILED));
    }

    /** Three builds of a CI on one branch: a good one, one that breaks, and one in two calls that mends and deploys. */
    @Test
    void buildsOfABranchTellItsAuthorsWhatBecameOfIt() throws Exception {
        MavenBuild build = MavenBuild.clock(GROUP, "branch");
        commit(build, new PersonIdent("Ada Example", "ada@example.com"), "It works");
        MavenBuild.Outcome good = ofTheCi(build.again(), 1)
                .with(
                        "-Decs.from.image=scratch",
                        "-Decs.notify.mail.host=127.0.0.1",
                        "-Decs.notify.mail.server=of-nobody",
                        "-Decs.notify.webhook.url=" + url("/T0/B0WEBHOOK"))
                .run("verify", "-DskipTests")
                .succeeds();
        assertThat(good.console())
                .as("none of its events is chosen: neither is the login looked for nor anybody told")
                .doesNotContain("of-nobody", "told", "Told");
        assertThat(posted).isEmpty();
        build.write(BROKEN, "package shop.clock; class Broken { Missing it; }");
        commit(build, new PersonIdent("Grace Example", "grace@example.com"), "It does not");

        MavenBuild.Outcome failed = ofTheCi(login(build.again()), 2).run("verify");

        assertThat(failed.exit()).isNotZero();
        assertThat(received(1).get(0).getSubject()).isEqualTo("[failed] clock main #2: compile");
        assertThat(received(1).get(0).getAllRecipients())
                .extracting(String::valueOf)
                .containsExactly("grace@example.com");

        build.write(BROKEN, "package shop.clock; class Broken {}");
        String commit = commit(build, new PersonIdent("Alan Example", "alan@example.com"), "It works again\n\nSee #7.");
        ofTheCi(login(build.again()), 3).run("verify").succeeds();

        List<MimeMessage> all = received(3);
        assertThat(all.subList(1, 3)).allSatisfy(message -> {
            assertThat(message.getSubject()).isEqualTo("[fixed] clock main #3");
            assertThat(message.getAllRecipients())
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrder("alan@example.com", "grace@example.com");
        });

        MavenBuild.Outcome deployed = ofTheCi(build.again(), 3)
                .with(
                        "-Decs.sandbox=true",
                        "-Decs.notify.mail.ses=true",
                        "-Decs.notify.mail.events=deployment",
                        "-Decs.notify.sns.topic=" + TOPIC)
                .run("ecs:push", "ecs:redeploy")
                .succeeds();

        deployed.says("Told of this build by SNS, mail.");
        assertToldBySesAndSns(build);
        assertThat(received(3)).as("by SMTP no more").hasSize(3);
        assertRecordedAsOne(build, commit);
    }

    private static void assertToldBySesAndSns(MavenBuild build) throws IOException {
        JsonNode messages = new ObjectMapper()
                .readTree(SandboxView.get(SandboxView.of(GROUP).endpoint() + "/admin/messages"))
                .get("messages");
        assertThat(messages).hasSize(2);
        assertThat(messages.toString())
                .contains("[deployed] clock main #3: clock in uat", "grace@example.com", "alan@example.com", TOPIC)
                .contains(build.url());
    }

    private static void assertRecordedAsOne(MavenBuild build, String commit) {
        List<BuildRecord> builds = build.history();
        assertThat(builds).extracting(BuildRecord::number).containsExactly("1", "2", "3");
        BuildRecord record = builds.get(2);
        assertThat(record.outcome()).isEqualTo(BuildRecord.Outcome.SUCCESS);
        assertThat(record.source()).hasValueSatisfying(source -> {
            assertThat(source.branch()).hasValue("main");
            assertThat(source.commit()).hasValue(commit);
            assertThat(source.message()).hasValue("It works again");
            assertThat(source.author())
                    .hasValue(new BuildRecord.Person("Alan Example", Optional.of("alan@example.com")));
        });
        assertThat(record.trigger().ci()).hasValue("CodeBuild");
        assertThat(record.trigger().by()).hasValue("codepipeline/shop");
        assertThat(record.trigger().url()).hasValue("https://console.example.com/builds/3");
        BuildRecord.Module module = record.modules().get(0);
        assertThat(module.stages())
                .extracting(Stage::stage)
                .startsWith("checkout", "compile")
                .endsWith("push", "rollout")
                .doesNotHaveDuplicates();
        assertThat(module.stages().get(0).seconds()).isBetween(40.0, 180.0);
        assertThat(module.image()).hasValueSatisfying(image -> {
            assertThat(image.digest())
                    .isEqualTo(build.record("push.json").get("digest").asText());
            assertThat(image.repository()).hasValue("clock");
            assertThat(image.tags()).contains("1.0.0", "git-" + commit.substring(0, 12));
        });
        assertThat(module.services()).singleElement().satisfies(service -> {
            assertThat(service.outcome()).isEqualTo("COMPLETED");
            assertThat(service.deploymentId()).startsWith("ecs-svc/");
            assertThat(service.url()).hasValue(build.url());
        });
    }

    /** As CodeBuild runs it, 40 s after its begin; who shall be told is set up. */
    private static MavenBuild ofTheCi(MavenBuild build, int number) {
        return build.environment("CODEBUILD_BUILD_ID", "shop:" + number)
                .environment("CODEBUILD_BUILD_NUMBER", String.valueOf(number))
                .environment("CODEBUILD_BUILD_URL", "https://console.example.com/builds/" + number)
                .environment("CODEBUILD_INITIATOR", "codepipeline/shop")
                .environment("CODEBUILD_WEBHOOK_HEAD_REF", "refs/heads/main")
                .environment(
                        "CODEBUILD_START_TIME",
                        String.valueOf(Instant.now().minusSeconds(40).toEpochMilli()))
                .with("-Decs.notify.mail.from=builds@example.com", "-Decs.notify.mail.authors=true");
    }

    /** With a mail server that demands a login, whose password is encrypted by a master password. */
    private MavenBuild login(MavenBuild build) throws Exception {
        DefaultPlexusCipher cipher = new DefaultPlexusCipher();
        build.write(
                "target-settings/security.xml",
                "<settingsSecurity><master>" + cipher.encryptAndDecorate("master of all", "settings.security")
                        + "</master></settingsSecurity>");
        build.write(
                "target-settings/settings.xml",
                "<settings><servers><server><id>mail</id><username>builds</username><password>"
                        + cipher.encryptAndDecorate("correct horse", "master of all")
                        + "</password></server></servers></settings>");
        return build.with(
                "-s",
                "target-settings/settings.xml",
                "-Dsettings.security=" + build.file("target-settings/security.xml"),
                "-Decs.notify.mail.server=mail",
                "-Decs.notify.mail.from=builds@example.com",
                "-Decs.notify.mail.host=127.0.0.1",
                "-Decs.notify.mail.security=none",
                "-Decs.notify.mail.port=" + mail.getSmtp().getPort());
    }

    private String url(String path) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }

    private List<MimeMessage> received(int count) {
        assertThat(mail.waitForIncomingEmail(10_000, count)).isTrue();
        return List.of(mail.getReceivedMessages());
    }

    private static String text(MimeMessage message) throws Exception {
        MimeMultipart parts = (MimeMultipart) message.getContent();
        return parts.getBodyPart(0).getContent().toString()
                + parts.getBodyPart(1).getContent();
    }

    /** Each with the lines that belong to it. */
    private static List<String> warnings(MavenBuild.Outcome outcome) {
        return Stream.of(outcome.console().split("(?m)^(?=\\[[A-Z]+])"))
                .filter(part -> part.startsWith("[WARNING]") && part.contains("Next: "))
                .toList();
    }

    private static String commit(MavenBuild build, PersonIdent author, String message) throws Exception {
        Files.writeString(build.file(".gitignore"), "target\ntarget-settings\nbuild.log\n");
        try (Git git = Git.init()
                .setInitialBranch("main")
                .setDirectory(build.file("").toFile())
                .call()) {
            git.add().addFilepattern(".").call();
            return GitCommit.of(git, message, author);
        }
    }
}
