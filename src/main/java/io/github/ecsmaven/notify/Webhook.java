package io.github.ecsmaven.notify;

import io.github.ecsmaven.Sleeper;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.function.Function;

/** A webhook that takes JSON: of Slack, of Microsoft Teams, or of anybody. */
public final class Webhook implements Channel.Delivery {
    private final PostJson post;
    private final Function<Notice, String> body;

    private Webhook(PostJson post, Function<Notice, String> body) {
        this.post = post;
        this.body = body;
    }

    /**
     * @param property that has the address, for what is told when it does not work
     * @param url a secret
     */
    public static Webhook slack(HttpClient http, Sleeper sleeper, String property, URI url) {
        return new Webhook(new PostJson(http, sleeper, property, url), SlackMessage::of);
    }

    /** As {@link #slack}. */
    public static Webhook teams(HttpClient http, Sleeper sleeper, String property, URI url) {
        return new Webhook(new PostJson(http, sleeper, property, url), TeamsCard::of);
    }

    /** As {@link #slack}, with the body that the template says. */
    public static Webhook json(HttpClient http, Sleeper sleeper, String property, URI url, JsonTemplate template) {
        return new Webhook(new PostJson(http, sleeper, property, url), template::fill);
    }

    @Override
    public void send(Notice notice, Deadline until) throws InterruptedException {
        post.run(body.apply(notice), until);
    }
}
