package io.github.ecsmaven.aws;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Adds to the error of a call that got no answer where it went: the SDK says only "Connection refused". */
final class NameTheEndpoint implements ExecutionInterceptor {
    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        Throwable error = context.exception();
        if (!(error instanceof SdkClientException client)
                || context.httpRequest().isEmpty()) {
            return error;
        }
        String endpoint = context.httpRequest().get().getUri().resolve("/").toString();
        return client.toBuilder()
                .message(client.getMessage() + " (" + endpoint.substring(0, endpoint.length() - 1) + ")")
                .build();
    }
}
