package io.github.ecsmaven.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.github.ecsmaven.sandbox.fault.Faults;
import io.github.ecsmaven.sandbox.outbox.Outbox;
import io.github.ecsmaven.sandbox.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** {@code /_sandbox/}: what the goals ask of the process. */
final class Admin {
    static final String HEALTH = "/_sandbox/health";
    static final String STOP = "/_sandbox/stop";
    static final String FAULTS = "/admin/faults";
    static final String OVERVIEW = "/admin/overview";
    static final String LOG = "/admin/log";
    static final String MESSAGES = "/admin/messages";
    private static final int LARGEST = 64 << 10;

    /** How the process is to end. */
    enum End {
        /** Containers stay, for a process that follows. */
        KEEP,
        /** Containers go. */
        STOP,
        /** Containers and state go. */
        FORGET
    }

    /** Takes the wish; the process ends after the answer was sent. */
    @FunctionalInterface
    interface Ending {
        void end(End how);
    }

    private final State state;
    private final BooleanSupplier inUse;
    private final Ending ending;
    private final Faults faults;
    private final View view;
    private final Outbox outbox;

    Admin(State state, BooleanSupplier inUse, Ending ending, Faults faults, View view, Outbox outbox) {
        this.state = state;
        this.inUse = inUse;
        this.ending = ending;
        this.faults = faults;
        this.view = view;
        this.outbox = outbox;
    }

    void handle(HttpExchange exchange, Reply reply) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> query = Query.parse(exchange.getRequestURI().getRawQuery());
        if (path.equals(HEALTH) && exchange.getRequestMethod().equals("GET")) {
            health(query.getOrDefault("question", ""), reply);
        } else if (path.equals(STOP) && exchange.getRequestMethod().equals("POST")) {
            stop(exchange, query.getOrDefault("how", End.STOP.name()), reply);
        } else if (path.equals(OVERVIEW) && exchange.getRequestMethod().equals("GET")) {
            reply.send(200, "application/json", Json.bytes(view.overview()));
        } else if (path.equals(MESSAGES) && exchange.getRequestMethod().equals("GET")) {
            reply.send(200, "application/json", Json.bytes(outbox.json()));
        } else if (path.equals(LOG) && exchange.getRequestMethod().equals("GET")) {
            List<String> lines = view.log(query.getOrDefault("task", ""), query.getOrDefault("container", ""));
            reply.text(200, String.join("\n", lines));
        } else if (path.equals(FAULTS) || path.startsWith(FAULTS + "/")) {
            faults(exchange, path.substring(FAULTS.length()).replaceFirst("^/", ""), reply);
        } else {
            reply.text(404, "The sandbox has no " + path);
        }
    }

    /** GET lists, PUT orders one or an array, DELETE takes one ({@code /admin/faults/<id>}) or all away. */
    private void faults(HttpExchange exchange, String id, Reply reply) throws IOException {
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        if (origin != null && !Requests.isLoopback(origin.replaceFirst("^https?://", ""))) {
            reply.text(403, "A web page from elsewhere orders no faults.");
            return;
        }
        switch (exchange.getRequestMethod() + (id.isEmpty() ? "" : " one")) {
            case "GET" -> reply.json(Json.bytes(faults.json()));
            case "PUT" -> order(exchange, reply);
            case "DELETE" -> {
                faults.clear();
                reply.json(Json.bytes(faults.json()));
            }
            case "DELETE one" -> {
                if (faults.remove(id)) {
                    reply.json(Json.bytes(faults.json()));
                } else {
                    reply.text(404, "There is no fault " + id);
                }
            }
            default -> reply.text(405, "Faults take GET, PUT and DELETE.");
        }
    }

    private void order(HttpExchange exchange, Reply reply) throws IOException {
        try {
            faults.order(new ObjectMapper().readTree(exchange.getRequestBody().readNBytes(LARGEST)));
            reply.json(Json.bytes(faults.json()));
        } catch (JsonProcessingException notJson) {
            reply.text(400, "This is not JSON: " + notJson.getOriginalMessage());
        } catch (IllegalArgumentException refused) {
            reply.text(400, String.valueOf(refused.getMessage()));
        }
    }

    private void health(String question, Reply reply) throws IOException {
        reply.json(Json.bytes(Json.object()
                .put("name", "ecs-maven-plugin sandbox")
                .put("protocol", state.protocol())
                .put("pid", state.pid())
                .put("inUse", inUse.getAsBoolean())
                .put("proof", state.proof("health " + question))));
    }

    private void stop(HttpExchange exchange, String how, Reply reply) throws IOException {
        Optional<End> end =
                Stream.of(End.values()).filter(one -> one.name().equals(how)).findFirst();
        if (end.isEmpty()) {
            reply.text(400, "The sandbox can't stop in this way.");
        } else if (!isProved(exchange, end.get())) {
            reply.text(403, "Only ecs:sandbox-stop of the same user stops the sandbox.");
        } else {
            reply.text(202, "stopping");
            ending.end(end.get());
        }
    }

    private boolean isProved(HttpExchange exchange, End how) {
        String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String wanted = "Bearer " + state.stopProof(how);
        return MessageDigest.isEqual(wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
