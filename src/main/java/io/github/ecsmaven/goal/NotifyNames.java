package io.github.ecsmaven.goal;

import java.util.Set;

/**
 * The properties of notifications. They are no parameters of a goal: the address of a webhook is a secret, and Maven's debug log
 * would show it once more with each goal's parameters.
 */
public final class NotifyNames {
    public static final Set<String> ALL = Set.of(
            "ecs.notify",
            "ecs.notify.mail.to",
            "ecs.notify.mail.authors",
            "ecs.notify.mail.from",
            "ecs.notify.mail.events",
            "ecs.notify.mail.host",
            "ecs.notify.mail.port",
            "ecs.notify.mail.security",
            "ecs.notify.mail.server",
            "ecs.notify.mail.ses",
            "ecs.notify.slack.url",
            "ecs.notify.slack.events",
            "ecs.notify.teams.url",
            "ecs.notify.teams.events",
            "ecs.notify.webhook.url",
            "ecs.notify.webhook.events",
            "ecs.notify.webhook.template",
            "ecs.notify.sns.topic",
            "ecs.notify.sns.events");

    private NotifyNames() {}
}
