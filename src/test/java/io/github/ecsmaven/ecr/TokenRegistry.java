package io.github.ecsmaven.ecr;

import io.github.ecsmaven.ScriptedRegistry;
import io.github.ecsmaven.ScriptedRegistry.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A registry on loopback with token login, as Public ECR's: callers without a login may pull, and have a limit of their own; a
 * Basic header is taken at the token's address alone.
 */
public final class TokenRegistry implements AutoCloseable {
    private static final String MANIFEST = "Content-Type: application/vnd.docker.distribution.manifest.v2+json\r\n";

    private final ScriptedRegistry registry;
    private final Predicate<String> isPassword;
    private final Map<String, String> contents = new ConcurrentHashMap<>();

    /** Who was given tokens: {@code AWS} or {@code nobody}. */
    public final List<String> tokens = new CopyOnWriteArrayList<>();

    /** Set to refuse callers without a login. */
    public volatile boolean busy;

    /** @param isPassword of the user AWS */
    public TokenRegistry(Predicate<String> isPassword) throws IOException {
        this.isPassword = isPassword;
        registry = new ScriptedRegistry(this::serve);
    }

    public String host() {
        return registry.host();
    }

    /** @param name tag of a manifest, or digest */
    public void put(String name, String content) {
        contents.put(name, content);
    }

    public boolean has(String name) {
        return contents.containsKey(name);
    }

    private Answer serve(String method, String path, String login) {
        if (path.startsWith("/token/")) {
            return token(login);
        }
        if (login.isEmpty()) {
            String realm = "Www-Authenticate: Bearer realm=\"http://" + host()
                    + "/token/\",service=\"public.ecr.aws\",scope=\"aws\"\r\n";
            return new Answer(401, realm, "");
        }
        if (!login.equals("Bearer AWS") && !login.equals("Bearer nobody")) {
            return refusal(400, "DENIED", "Your Authorization Token is invalid.");
        }
        boolean anonymous = login.endsWith("nobody");
        if (anonymous && busy) {
            return refusal(429, "TOOMANYREQUESTS", "Rate exceeded");
        }
        return anonymous && !method.matches("GET|HEAD")
                ? refusal(403, "DENIED", "Not Authorized")
                : content(method, path);
    }

    private Answer token(String login) {
        String plain =
                new String(Base64.getDecoder().decode(login.replaceFirst("^Basic ", "")), StandardCharsets.UTF_8);
        if (!login.isEmpty() && !(plain.startsWith("AWS:") && isPassword.test(plain.substring(4)))) {
            return refusal(400, "DENIED", "Your Authorization Token is invalid.");
        }
        String who = login.isEmpty() ? "nobody" : "AWS";
        tokens.add(who);
        return new Answer(200, "", "{\"token\":\"" + who + "\"}");
    }

    /** Blobs are taken and forgotten. */
    private Answer content(String method, String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (method.equals("GET") && has(last)) {
            return new Answer(200, MANIFEST, contents.get(last));
        }
        if (method.matches("GET|HEAD")) {
            return new Answer(path.equals("/v2/") ? 200 : 404, "", "");
        }
        if (method.equals("PUT")) {
            contents.put(last.replaceFirst(".*digest=", ""), "");
            return new Answer(201, "", "");
        }
        return new Answer(202, "Location: /v2/shop/orders/blobs/uploads/1\r\n", "");
    }

    private static Answer refusal(int status, String code, String message) {
        return new Answer(status, "", "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}");
    }

    @Override
    public void close() throws IOException {
        registry.close();
    }
}
