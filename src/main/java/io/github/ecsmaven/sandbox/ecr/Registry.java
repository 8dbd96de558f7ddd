package io.github.ecsmaven.sandbox.ecr;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.ecsmaven.sandbox.wire.AwsError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The registry's routes (OCI distribution spec, "Endpoints"), its login and its errors. */
final class Registry implements HttpHandler {
    private static final Pattern PATH =
            Pattern.compile("/v2/(.+)/(?:(manifests)/([^/]+)|(blobs/uploads)/([^/]*)|(blobs)/([^/]+)|(tags)/list)");

    private final Tokens tokens;
    private final ManifestRoutes manifests;
    private final BlobRoutes blobs;

    Registry(Tokens tokens, ManifestRoutes manifests, BlobRoutes blobs) {
        this.tokens = tokens;
        this.manifests = manifests;
        this.blobs = blobs;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Call call = new Call(exchange);
        call.put("Docker-Distribution-Api-Version", "registry/2.0");
        try {
            if (isWelcome(call)) {
                route(call, exchange.getRequestURI().getPath());
            }
        } catch (AwsError refused) {
            refuse(call, RegistryError.of(refused));
        } catch (RegistryError refused) {
            refuse(call, refused);
        }
    }

    private boolean isWelcome(Call call) throws IOException {
        switch (tokens.check(call.header("Authorization"))) {
            case VALID:
                return true;
            case EXPIRED:
                throw new RegistryError(
                        "DENIED", 403, "Your authorization token has expired. Reauthenticate and try again.");
            case INVALID:
                throw new RegistryError("DENIED", 400, "Your Authorization Token is invalid.");
            default:
                call.put("Www-Authenticate", "Basic realm=\"" + call.address("/") + "\",service=\"ecr.amazonaws.com\"");
                call.answer(401, "text/plain; charset=utf-8", "Not Authorized\n".getBytes(StandardCharsets.UTF_8));
                return false;
        }
    }

    private void route(Call call, String path) throws IOException {
        Matcher match = PATH.matcher(path);
        if (path.equals("/v2/") || path.equals("/v2")) {
            call.answer(200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        } else if (path.equals("/v2/_catalog") && call.isRead()) {
            manifests.catalog(call);
        } else if (!match.matches()) {
            throw new RegistryError("UNSUPPORTED", 404, "The registry has no '" + path + "'");
        } else if (match.group(2) != null) {
            manifests.handle(call, match.group(1), match.group(3));
        } else if (match.group(4) != null) {
            blobs.upload(call, match.group(1), match.group(5));
        } else if (match.group(6) != null) {
            blobs.read(call, match.group(1), match.group(7));
        } else {
            manifests.tags(call, match.group(1));
        }
    }

    private static void refuse(Call call, RegistryError refused) throws IOException {
        call.answer(refused.status(), "application/json; charset=utf-8", refused.body());
    }
}
