package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.JsonService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What a real AWS client sends goes straight to a service in this process: for so many calls that sockets would take too long. */
final class DirectHttp implements SdkHttpClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonService service;

    DirectHttp(JsonService service) {
        this.service = service;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return answer(request);
            }

            @Override
            public void abort() {
                // It is answered at once.
            }
        };
    }

    private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
        String target =
                request.httpRequest().firstMatchingHeader("X-Amz-Target").orElseThrow();
        ObjectNode asked = (ObjectNode)
                JSON.readTree(request.contentStreamProvider().orElseThrow().newStream());
        int status = 200;
        ObjectNode answer;
        try {
            answer = service.handle(
                    target.substring(target.indexOf('.') + 1), asked, new Caller("123456789012", "eu-west-1"));
        } catch (AwsError error) {
            status = error.status();
            answer = JSON.createObjectNode().put("__type", error.code()).put("message", error.text());
        }
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(status)
                        .putHeader("Content-Type", "application/x-amz-json-1.1")
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(JSON.writeValueAsBytes(answer))))
                .build();
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
