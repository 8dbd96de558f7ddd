package io.github.ecsmaven.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.github.ecsmaven.sandbox.fault.Trouble;
import io.github.ecsmaven.sandbox.outbox.SesApi;
import io.github.ecsmaven.sandbox.sts.SessionTokens.Session;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import io.github.ecsmaven.sandbox.wire.JsonService;
import io.github.ecsmaven.sandbox.wire.QueryService;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** AWS's two RPC protocols, and the REST of SES: finds the service, reads the request, writes the answer. Signatures aren't checked. */
final class AwsApi {
    private static final Logger LOG = Logger.getLogger(AwsApi.class.getName());
    /** A manifest may have 4 MiB, and grows when it is quoted. */
    private static final int LARGEST = 16 << 20;

    private static final int LARGEST_FORM = 1 << 20;

    private final Map<String, JsonService> json;
    private final Map<String, QueryService> query;
    private final SesApi mail;
    private final Surroundings at;

    AwsApi(Services services, Surroundings at) {
        this.json = services.json().stream().collect(Collectors.toMap(JsonService::targetPrefix, Function.identity()));
        this.query = services.query().stream().collect(Collectors.toMap(QueryService::version, Function.identity()));
        this.mail = services.mail();
        this.at = at;
    }

    /** {@code X-Amz-Target: prefix.Action}, a JSON object in the body. */
    void json(HttpExchange exchange, String target, Reply reply) throws IOException {
        try {
            int dot = target.lastIndexOf('.');
            JsonService service = json.get(target.substring(0, Math.max(0, dot)));
            if (service == null) {
                throw AwsError.unknownAction("AWS", target);
            }
            byte[] body = body(exchange, LARGEST);
            ObjectNode request = body.length == 0 ? Json.object() : Json.parse(body);
            if (request == null) {
                throw new AwsError("SerializationException", 400, "The request's body is not a JSON object.");
            }
            String action = target.substring(dot + 1);
            Caller caller = caller(exchange);
            if (isCut(at.faults().onCall(permission(service.targetPrefix()), action, request, caller))) {
                exchange.close();
                return;
            }
            reply.json(Json.bytes(service.handle(action, request, caller)));
        } catch (AwsError refused) {
            reply.jsonError(refused);
        } catch (RuntimeException broken) {
            reply.jsonError(broken(target, broken, "ServerException"));
        }
    }

    /** A form with {@code Action} and {@code Version}. */
    void query(HttpExchange exchange, Reply reply) throws IOException {
        String namespace = "";
        try {
            Map<String, String> form = form(body(exchange, LARGEST_FORM));
            String action = form.getOrDefault("Action", "");
            QueryService service = query.get(form.getOrDefault("Version", ""));
            if (service == null || !action.matches("[A-Za-z]{1,64}")) {
                throw new AwsError("InvalidAction", 400, "The ecs-maven-plugin sandbox does not cover this action.");
            }
            namespace = service.namespace();
            Caller caller = caller(exchange);
            String name = URI.create(namespace).getHost();
            ObjectNode members = Json.object();
            form.forEach(members::put);
            if (isCut(at.faults().onCall(name.substring(0, name.indexOf('.')), action, members, caller))) {
                exchange.close();
                return;
            }
            ObjectNode result = service.handle(action, form, caller);
            reply.xml(200, Xml.answer(namespace, action, result, reply.requestId()));
        } catch (AwsError refused) {
            AwsError error = inQuery(refused);
            reply.xml(error.status(), Xml.error(namespace, error, reply.requestId()));
        } catch (RuntimeException broken) {
            AwsError error = broken("a form", broken, "InternalFailure");
            reply.xml(error.status(), Xml.error(namespace, error, reply.requestId()));
        }
    }

    /** {@code POST} of {@link SesApi#PATH}, a JSON object in the body. */
    void mail(HttpExchange exchange, Reply reply) throws IOException {
        try {
            ObjectNode request = Json.parse(body(exchange, LARGEST));
            if (request == null) {
                throw new AwsError("BadRequestException", 400, "The request's body is not a JSON object.");
            }
            if (isCut(at.faults().onCall("ses", "SendEmail", request, caller(exchange)))) {
                exchange.close();
                return;
            }
            reply.rest(Json.bytes(mail.send(request)));
        } catch (AwsError refused) {
            reply.restError(refused);
        } catch (RuntimeException broken) {
            reply.restError(broken("a mail", broken, "InternalServiceErrorException"));
        }
    }

    /** Waits and refuses as the fault wants it. */
    private static boolean isCut(Trouble trouble) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(trouble.millis()));
        trouble.error().ifPresent(error -> {
            throw error;
        });
        return trouble.cut();
    }

    /** A service's name in permissions. */
    private static String permission(String targetPrefix) {
        return switch (targetPrefix) {
            case "AmazonEC2ContainerServiceV20141113" -> "ecs";
            case "AmazonEC2ContainerRegistry_V20150921" -> "ecr";
            case "SpencerFrontendService" -> "ecr-public";
            case "Logs_20140328" -> "logs";
            case "CodeDeploy_20141006" -> "codedeploy";
            default -> targetPrefix;
        };
    }

    /** The query protocol has names of its own for what every service refuses. */
    private static AwsError inQuery(AwsError error) {
        return switch (error.code()) {
            case "AccessDeniedException" -> new AwsError("AccessDenied", 403, error.text());
            case "ExpiredTokenException" -> new AwsError("ExpiredToken", 403, error.text());
            case "ThrottlingException" -> new AwsError("Throttling", 400, error.text());
            default -> error;
        };
    }

    private Caller caller(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        Caller plain = Requests.caller(headers.getFirst("Authorization"), at.account(), at.region());
        Optional<Session> session = at.tokens().read(headers.getFirst("X-Amz-Security-Token"));
        session.filter(one -> one.expires().isBefore(at.clock().instant())).ifPresent(over -> {
            throw new AwsError("ExpiredTokenException", 400, "The security token included in the request is expired");
        });
        return session.map(one -> new Caller(one.account(), plain.region(), one.identity()))
                .orElse(plain);
    }

    private static byte[] body(HttpExchange exchange, int largest) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(largest + 1);
        if (body.length > largest) {
            throw new AwsError(
                    "RequestEntityTooLargeException", 413, "The request has more than " + largest + " bytes.");
        }
        return body;
    }

    private static Map<String, String> form(byte[] body) {
        try {
            return Query.parse(new String(body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException broken) {
            throw new AwsError("MalformedInput", 400, "The request's body is not a form.");
        }
    }

    /** The trace goes to the log; a request's content, which may hold secrets, goes nowhere. */
    private static AwsError broken(String what, RuntimeException error, String code) {
        LOG.log(Level.SEVERE, "The sandbox failed to answer " + what, error);
        return new AwsError(
                code,
                500,
                "The sandbox failed; its log says why: " + error.getClass().getSimpleName());
    }
}
