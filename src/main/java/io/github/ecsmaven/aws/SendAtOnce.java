package io.github.ecsmaven.aws;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends small objects without asking first: S3's client adds {@code Expect: 100-continue} to each PutObject, and the answer to
 * that takes longer than the bytes.
 */
final class SendAtOnce implements ExecutionInterceptor {
    private static final long SMALL = 1 << 20;

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        SdkHttpRequest request = context.httpRequest();
        boolean small = request.firstMatchingHeader("Content-Length")
                .filter(length -> Long.parseLong(length) <= SMALL)
                .isPresent();
        return small && request.firstMatchingHeader("Expect").isPresent()
                ? request.toBuilder().removeHeader("Expect").build()
                : request;
    }
}
