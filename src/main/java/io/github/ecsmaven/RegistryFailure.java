package io.github.ecsmaven;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.cloud.tools.jib.api.InsecureRegistryException;
import com.google.cloud.tools.jib.http.ResponseException;
import com.google.cloud.tools.jib.registry.RegistryCredentialsNotSentException;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a registry didn't take or give an image, from what Jib throws.
 *
 * @param kind what it means
 * @param answer the registry's own words, else those of the network
 */
public record RegistryFailure(Kind kind, String answer) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST = 500;

    /** What can be wrong. */
    public enum Kind {
        /** HTTP 429. */
        BUSY(true),
        /** HTTP 500 and above. */
        FAULT(true),
        /** The connection ended, or its repetition on the same upload was refused (416): a new upload may pass. */
        BROKEN(true),
        /** The login is too old or not read; a new one may pass. */
        STALE_LOGIN(true),
        /** HTTP 401. */
        NO_LOGIN(false),
        /** HTTP 403. */
        DENIED(false),
        /** Jib doesn't send a login over plain HTTP unless told so. */
        LOGIN_NOT_SENT(false),
        /** No helper for logins, or one that failed. */
        NO_HELPER(false),
        NO_REPOSITORY(false),
        IMMUTABLE_TAG(false),
        UNKNOWN_HOST(false),
        NOT_LISTENING(false),
        /** Nothing came in time; Jib has tried several times by then. */
        SILENT(false),
        NOT_TRUSTED(false),
        OTHER(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** True when the same push may well succeed a little later. Other errors of the network Jib has tried again itself. */
        public boolean isPassing() {
            return passing;
        }
    }

    /** Looks through the causes. */
    public static RegistryFailure of(Throwable thrown) {
        Optional<ResponseException> response = find(thrown, ResponseException.class);
        return response.isPresent()
                ? of(response.get().getStatusCode(), response.get().getContent())
                : new RegistryFailure(unanswered(thrown), root(thrown));
    }

    /**
     * @param status of HTTP
     * @param content the body of the answer; a HEAD request has none
     */
    public static RegistryFailure of(int status, @Nullable String content) {
        String words = words(content == null ? "" : content.strip());
        return new RegistryFailure(kind(status, words), "HTTP " + status + (words.isEmpty() ? "" : ", " + words));
    }

    /** The texts are ECR's, older and newer ones; the codes are those of the OCI distribution spec. */
    private static Kind kind(int status, String words) {
        if (status == 429 || words.contains("TOOMANYREQUESTS")) {
            return Kind.BUSY;
        }
        if (status >= 500) {
            return Kind.FAULT;
        }
        if (status == 416) {
            return Kind.BROKEN;
        }
        if (words.matches("(?is).*authorization token (has expired|is invalid).*")) {
            return Kind.STALE_LOGIN;
        }
        if (status == 401) {
            return Kind.NO_LOGIN;
        }
        if (words.contains("already exists") && words.contains("immutable")) {
            return Kind.IMMUTABLE_TAG;
        }
        if (words.contains("NAME_UNKNOWN")) {
            return Kind.NO_REPOSITORY;
        }
        return status == 403 ? Kind.DENIED : Kind.OTHER;
    }

    private static Kind unanswered(Throwable thrown) {
        if (find(thrown, RegistryCredentialsNotSentException.class).isPresent()) {
            return Kind.LOGIN_NOT_SENT;
        }
        if (find(thrown, CredentialRetrievalException.class).isPresent()) {
            return Kind.NO_HELPER;
        }
        if (find(thrown, UnknownHostException.class).isPresent()) {
            return Kind.UNKNOWN_HOST;
        }
        if (find(thrown, ConnectException.class).isPresent()) {
            return Kind.NOT_LISTENING;
        }
        if (find(thrown, SocketTimeoutException.class).isPresent()) {
            return Kind.SILENT;
        }
        if (find(thrown, InsecureRegistryException.class).isPresent()) {
            return Kind.NOT_TRUSTED;
        }
        String root = root(thrown).toLowerCase(Locale.ROOT);
        boolean cut = Stream.of("broken pipe", "connection reset", "failed to respond", "end of stream", "closed")
                .anyMatch(root::contains);
        return cut && find(thrown, IOException.class).isPresent() ? Kind.BROKEN : Kind.OTHER;
    }

    /** {@code CODE: message}, for each error of the answer (OCI distribution spec, "Error Codes"); else its first lines. */
    private static String words(String content) {
        try {
            JsonNode errors = JSON.readTree(content).path("errors");
            if (errors.size() > 0) {
                StringBuilder words = new StringBuilder();
                for (JsonNode error : errors) {
                    words.append(words.isEmpty() ? "" : "; ")
                            .append(error.path("code").asText())
                            .append(": ")
                            .append(error.path("message").asText());
                }
                return words.toString();
            }
        } catch (JsonProcessingException plainText) {
            // A 401 of ECR and the pages of proxies aren't JSON: shown as they are.
        }
        return content.length() > LONGEST ? content.substring(0, LONGEST) + "…" : content;
    }

    private static String root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return root.getClass().getSimpleName() + (message == null ? "" : ": " + message.strip());
    }

    private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
        return Stream.<Throwable>iterate(thrown, at -> at != null, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
