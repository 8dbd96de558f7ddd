package io.github.ecsmaven.sandbox.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A service that speaks the AWS query protocol: a form with {@code Action} and {@code Version} in, XML out. */
public interface QueryService {
    /** The {@code Version} that its clients send, for example {@code 2011-06-15}; it tells the services apart. */
    String version();

    /** The XML namespace of its answers. */
    String namespace();

    /**
     * Called from several threads at once.
     *
     * @param parameters the form, {@code Action} and {@code Version} included
     * @return the members of the result element; a list becomes {@code <member>} elements
     * @throws AwsError to refuse
     */
    ObjectNode handle(String action, Map<String, String> parameters, Caller caller);
}
