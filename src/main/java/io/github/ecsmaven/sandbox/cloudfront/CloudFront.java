package io.github.ecsmaven.sandbox.cloudfront;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.ecsmaven.sandbox.fault.Faults;
import io.github.ecsmaven.sandbox.fault.Trouble;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import io.github.ecsmaven.sandbox.wire.XmlText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * CreateInvalidation and GetInvalidation, REST with XML. A distribution is there as soon as it is named; an
 * invalidation has ended when it is asked for the second time. Gone with the process.
 */
public final class CloudFront implements HttpHandler {
    /** What the API's addresses begin with. */
    public static final String VERSION = "/2020-05-31/";

    private static final Pattern INVALIDATIONS =
            Pattern.compile("/2020-05-31/distribution/([A-Za-z0-9]+)/invalidation(?:/([A-Za-z0-9]+))?");
    private static final int LARGEST = 1 << 20;

    private final Clock clock;
    private final Faults faults;
    private final Caller owner;
    private final Map<String, Invalidation> invalidations = new ConcurrentHashMap<>();

    private record Invalidation(
            String id, String distribution, String reference, List<String> paths, Instant created, int asked) {
        Invalidation again() {
            return new Invalidation(id, distribution, reference, paths, created, asked + 1);
        }

        String xml() {
            String items = paths.stream()
                    .map(path -> "<Path>" + XmlText.escape(path) + "</Path>")
                    .collect(Collectors.joining());
            return "<Invalidation xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Id>" + id
                    + "</Id><Status>" + (asked > 1 ? "Completed" : "InProgress") + "</Status><CreateTime>" + created
                    + "</CreateTime><InvalidationBatch><Paths><Quantity>" + paths.size() + "</Quantity><Items>" + items
                    + "</Items></Paths><CallerReference>" + XmlText.escape(reference)
                    + "</CallerReference></InvalidationBatch></Invalidation>";
        }
    }

    /** @param owner the account's own user */
    public CloudFront(Clock clock, Faults faults, Caller owner) {
        this.clock = clock;
        this.faults = faults;
        this.owner = owner;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            Matcher path = INVALIDATIONS.matcher(exchange.getRequestURI().getPath());
            boolean known = path.matches();
            boolean create = exchange.getRequestMethod().equals("POST");
            String action = create ? "CreateInvalidation" : "GetInvalidation";
            if (!known || create == (path.group(2) != null)) {
                throw AwsError.unknownAction("CloudFront", exchange.getRequestMethod());
            }
            Trouble trouble = faults.onCall("cloudfront", action, Json.object(), owner);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(trouble.millis()));
            if (trouble.cut()) {
                exchange.close();
                return;
            }
            trouble.error().ifPresent(error -> {
                throw error.code().equals("AccessDeniedException")
                        ? new AwsError("AccessDenied", 403, error.text())
                        : error;
            });
            answer(exchange, path.group(1), Optional.ofNullable(path.group(2)));
        } catch (AwsError refused) {
            send(
                    exchange,
                    refused.status(),
                    "<ErrorResponse xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Error><Type>Sender</Type>"
                            + "<Code>" + XmlText.escape(refused.code()) + "</Code><Message>"
                            + XmlText.escape(refused.text())
                            + "</Message></Error><RequestId>sandbox</RequestId></ErrorResponse>");
        }
    }

    private void answer(HttpExchange exchange, String distribution, Optional<String> id) throws IOException {
        if (!distribution.startsWith("E")) {
            throw new AwsError("NoSuchDistribution", 404, "The specified distribution does not exist.");
        }
        if (id.isPresent()) {
            Invalidation found = invalidations.computeIfPresent(id.get(), (known, old) -> old.again());
            if (found == null || !found.distribution().equals(distribution)) {
                throw new AwsError("NoSuchInvalidation", 404, "The specified invalidation does not exist.");
            }
            send(exchange, 200, found.xml());
            return;
        }
        Invalidation fresh = read(exchange.getRequestBody().readNBytes(LARGEST), distribution);
        invalidations.put(fresh.id(), fresh);
        exchange.getResponseHeaders().set("Location", exchange.getRequestURI().getPath() + "/" + fresh.id());
        send(exchange, 201, fresh.xml());
    }

    /** The same reference again is the same invalidation. */
    private Invalidation read(byte[] body, String distribution) {
        List<String> paths = new ArrayList<>();
        String reference = "";
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(body));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT) {
                    if (xml.getLocalName().equals("Path")) {
                        paths.add(xml.getElementText());
                    } else if (xml.getLocalName().equals("CallerReference")) {
                        reference = xml.getElementText();
                    }
                }
            }
        } catch (XMLStreamException broken) {
            throw new AwsError("MalformedXML", 400, "The XML document is malformed.");
        }
        if (paths.isEmpty() || paths.stream().anyMatch(path -> !path.startsWith("/"))) {
            throw new AwsError("InvalidArgument", 400, "Your request contains one or more invalid invalidation paths.");
        }
        String wished = reference;
        return invalidations.values().stream()
                .filter(one -> one.distribution().equals(distribution)
                        && one.reference().equals(wished))
                .findFirst()
                .orElseGet(() -> new Invalidation(
                        String.format("I%013X", invalidations.size() + 1L),
                        distribution,
                        wished,
                        List.copyOf(paths),
                        clock.instant(),
                        0));
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
