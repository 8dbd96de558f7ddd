package io.github.ecsmaven.ecr;

import io.github.ecsmaven.KnownRefusal;
import io.github.ecsmaven.PolicyStatement;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RegistryFailure;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A refused push in words: one sentence for each kind, the registry's answer, and what helps. */
final class ExplainPush {
    private static final Pattern MISSING =
            Pattern.compile("not authorized to perform: (ecr(?:-public)?:[A-Za-z]+) on resource: ([^\\s;]+)");
    private static final List<String> PERMISSIONS = List.of(
            "ecr:BatchCheckLayerAvailability",
            "ecr:InitiateLayerUpload",
            "ecr:UploadLayerPart",
            "ecr:CompleteLayerUpload",
            "ecr:PutImage",
            "ecr:BatchGetImage");
    /** Public ECR has no BatchGetImage; its policies name no repository by its alias. */
    private static final List<String> PUBLIC_PERMISSIONS = List.of(
            "ecr-public:BatchCheckLayerAvailability",
            "ecr-public:InitiateLayerUpload",
            "ecr-public:UploadLayerPart",
            "ecr-public:CompleteLayerUpload",
            "ecr-public:PutImage");

    private final PushTarget target;
    private final boolean login;

    /** @param login true when the plugin has logged in through ECR's API; else the logins are those of docker login */
    ExplainPush(PushTarget target, boolean login) {
        this.target = target;
        this.login = login;
    }

    Problem explain(RegistryFailure failure, Throwable cause) {
        return new Problem(
                blame(failure.kind()),
                "The push to " + target.name() + " failed: " + what(failure) + ".",
                evidence(failure),
                next(failure),
                cause);
    }

    private List<String> evidence(RegistryFailure failure) {
        boolean toAllow = failure.kind() == RegistryFailure.Kind.DENIED && !isOfRepositorysPolicy(failure.answer());
        return toAllow
                        && (login
                                || isPublic()
                                || MISSING.matcher(failure.answer()).find())
                ? List.of(
                        failure.answer(),
                        "Statement: " + PolicyStatement.allow(permissions(), resource(failure.answer())))
                : List.of(failure.answer());
    }

    /** To a HEAD request ECR says nothing but no. */
    private String resource(String answer) {
        Matcher denied = MISSING.matcher(answer);
        return denied.find()
                ? denied.group(2)
                : EcrLogins.arn(target.image().getRegistry(), target.image().getRepository())
                        .orElse("*");
    }

    private static boolean isOfRepositorysPolicy(String answer) {
        return answer.toLowerCase(Locale.ROOT).contains("no resource-based policy");
    }

    private static Problem.Blame blame(RegistryFailure.Kind kind) {
        return switch (kind) {
            case UNKNOWN_HOST, NOT_LISTENING, SILENT, NOT_TRUSTED, BROKEN, FAULT -> Problem.Blame.MACHINE;
            default -> Problem.Blame.PROJECT;
        };
    }

    private String what(RegistryFailure failure) {
        String host = target.image().getRegistry();
        return switch (failure.kind()) {
            case BUSY -> "the registry asks to call less often, also after several tries";
            case FAULT -> "the registry has a fault, also after several tries";
            case BROKEN -> "the connection was cut, also after several tries";
            case STALE_LOGIN -> "the registry doesn't accept the login's token";
            case NO_LOGIN -> "the registry wants a login, or another one";
            case DENIED -> "this login may not push there";
            case LOGIN_NOT_SENT -> "the login was not sent, as the registry speaks plain HTTP";
            case NO_HELPER -> "the login could not be read";
            case NO_REPOSITORY -> "the repository does not exist";
            case IMMUTABLE_TAG -> "a tag is there already and is immutable";
            case UNKNOWN_HOST -> "the host '" + host + "' is not known";
            case NOT_LISTENING -> "nothing answers at " + host;
            case SILENT -> host + " didn't answer in time";
            case NOT_TRUSTED -> "the connection to " + host + " is not trusted";
            case OTHER ->
                KnownRefusal.of(failure.answer()).map(KnownRefusal::saying).orElse("the registry refused the image");
        };
    }

    private String next(RegistryFailure failure) {
        String host = target.image().getRegistry();
        return switch (failure.kind()) {
            case BUSY, FAULT, BROKEN -> "run it again in a minute; what was sent so far is not sent again.";
            case STALE_LOGIN, NO_LOGIN -> logIn(host);
            case DENIED -> allow(failure.answer(), host);
            case LOGIN_NOT_SENT ->
                "give the registry HTTPS, or allow it with -DsendCredentialsOverHttp on this machine.";
            case NO_HELPER ->
                "check credHelpers and credsStore in ~/.docker/config.json, and run docker login " + host + ".";
            case NO_REPOSITORY -> create(host);
            case IMMUTABLE_TAG ->
                "name tags in ecs.tags that no other image has: a raised version, {commit:8}, {build}.";
            case UNKNOWN_HOST -> "correct the host in " + property() + ", and check the network (DNS, proxy).";
            case NOT_LISTENING, SILENT ->
                "correct host and port in " + property() + ", and check the network (proxy, firewall).";
            case NOT_TRUSTED ->
                "import the registry's (or the company proxy's) certificate into the JDK's trust store;"
                        + " plain HTTP is for registries on this machine only.";
            case OTHER ->
                KnownRefusal.of(failure.answer())
                        .map(KnownRefusal::next)
                        .orElse(
                                "see the registry's answer above; the repository and ecs.container.format decide what is taken.");
        };
    }

    private static String create(String host) {
        if (EcrLogins.isPublic(host)) {
            return "create it (aws ecr-public create-repository --region us-east-1 --repository-name …), or check the"
                    + " registry's alias in ecs.to.image.";
        }
        return "create the repository, or "
                + (EcrLogins.isEcr(host) ? "check account and region in the host's name." : "correct ecs.to.image.");
    }

    private String property() {
        return login ? "ecs.registry" : "ecs.to.image";
    }

    private String logIn(String host) {
        return login
                ? "check that ecs.region and ecs.registry belong to the account of these credentials."
                : EcrLogins.isEcr(host)
                        ? "give the build AWS credentials that may push to " + host + " (ecs.roleArn, ecs.profile)."
                        : "run docker login " + host
                                + " as the user who builds, or give settings.xml a <server> with the id " + host + ".";
    }

    private String allow(String answer, String host) {
        Matcher missing = MISSING.matcher(answer);
        boolean named = missing.find();
        if (isOfRepositorysPolicy(answer)) {
            return "name this account or role in the repository's policy, or assume a role of its account (ecs.roleArn).";
        }
        return login || named || EcrLogins.isEcr(host)
                ? (named
                                ? "add " + missing.group(1) + " to the policy of the build's role"
                                : "allow the build's role to push")
                        + "; a push needs " + String.join(", ", permissions()) + "."
                : "log in to " + host + " (docker login, or a <server> of settings.xml) as a user who may push to "
                        + target.image().getRepository() + ".";
    }

    private List<String> permissions() {
        return isPublic() ? PUBLIC_PERMISSIONS : PERMISSIONS;
    }

    private boolean isPublic() {
        return EcrLogins.isPublic(target.image().getRegistry());
    }
}
