package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A build that fails tells people, and fails as it would have anyway. */
class NotifyIT {
    private final List<String> posted = new CopyOnWriteArrayList<>();
    private HttpServer web;
    private GreenMail mail;

    @BeforeEach
    void listen() throws Exception {
        web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        web.createContext("/", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().endsWith("GONE") ? 404 : 200, -1);
            exchange.close();
        });
        web.start();
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
        mail.start();
    }

    @AfterEach
    void close() {
        web.stop(0);
        mail.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.8.7", "3.9.12", "4.0.0-rc-5"})
    void buildThatFailsTellsByMailAndWebhookAndWarnsOfTheOther(String maven) throws Exception {
        String url = "http://127.0.0.1:" + web.getAddress().getPort();
        MavenBuild build = MavenBuild.clock("notify", "failure-" + maven).maven(maven);
        build.write("src/main/java/shop/clock/Broken.java", "package shop.clock; class Broken { Missing it; }");

        mail.setUser("builds@example.com", "builds", "correct horse");
        mail.getUserManager().setAuthRequired(true);
        build.write(
                "settings.xml",
                "<settings><servers><server><id>mail</id><username>builds</username>"
                        + "<password>correct horse</password></server></servers></settings>");

        MavenBuild.Outcome outcome = build.with(
                        "-s",
                        "settings.xml",
                        "-Decs.notify.mail.server=mail",
                        "-Decs.notify=always",
                        "-Decs.notify.webhook.url=" + url + "/T0/B0WEBHOOK",
                        "-Decs.notify.slack.url=" + url + "/T0/GONE",
                        "-Decs.notify.mail.to=team@example.com",
                        "-Decs.notify.mail.from=builds@example.com",
                        "-Decs.notify.mail.host=127.0.0.1",
                        "-Decs.notify.mail.security=none",
                        "-Decs.notify.mail.port=" + mail.getSmtp().getPort())
                .run("verify");

        assertThat(outcome.exit()).isNotZero();
        outcome.says(
                "cannot find symbol",
                "Told of this build by the webhook, mail.",
                "Nobody was told by Slack. 127.0.0.1 answered 404.",
                "correct ecs.notify.slack.url");
        assertThat(outcome.console()).doesNotContain("B0WEBHOOK", "correct horse");
        assertThat(posted)
                .anySatisfy(body -> assertThat(body).contains("\"event\":\"failure\"", "\"stage\":\"compile\""));
        assertThat(mail.getReceivedMessages()).singleElement().satisfies(message -> assertThat(message.getSubject())
                .startsWith("[failed] ")
                .endsWith(": compile"));
    }
}
