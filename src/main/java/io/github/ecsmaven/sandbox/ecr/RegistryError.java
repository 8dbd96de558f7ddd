package io.github.ecsmaven.sandbox.ecr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Json;

/** A refusal of the registry (OCI distribution spec, "Error Codes"), with ECR's texts. */
final class RegistryError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;

    RegistryError(String code, int status, String text) {
        super(text, null, false, false);
        this.code = code;
        this.status = status;
    }

    /** The registry's form of a refusal of the API. */
    static RegistryError of(AwsError error) {
        return switch (error.code()) {
            case "RepositoryNotFoundException" -> new RegistryError("NAME_UNKNOWN", 404, error.text());
            case "ImageNotFoundException" -> new RegistryError("MANIFEST_UNKNOWN", 404, "Requested image not found");
            case "ImageTagAlreadyExistsException" -> new RegistryError("TAG_INVALID", 400, error.text());
            case "ImageDigestDoesNotMatchException" -> new RegistryError("MANIFEST_INVALID", 400, error.text());
            case "LayersNotFoundException" -> new RegistryError("BLOB_UPLOAD_UNKNOWN", 404, error.text());
            case "ReferencedImagesNotFoundException" -> new RegistryError("MANIFEST_BLOB_UNKNOWN", 404, error.text());
            default -> new RegistryError("UNSUPPORTED", 405, error.text());
        };
    }

    int status() {
        return status;
    }

    byte[] body() {
        ObjectNode body = Json.object();
        body.putArray("errors").addObject().put("code", code).put("message", String.valueOf(getMessage()));
        return Json.bytes(body);
    }
}
