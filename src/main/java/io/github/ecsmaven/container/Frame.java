package io.github.ecsmaven.container;

import java.util.Optional;

/**
 * One line between Maven and the keeper: <code>{"id":7,"body":{…}}</code>. Read without a JSON library, so that the last
 * lines can be read when Maven has closed the plugin's class loader. Lines of another form are somebody else's noise.
 */
record Frame(long id, String body) {
    private static final String HEAD = "{\"id\":";
    private static final String MIDDLE = ",\"body\":";

    static Optional<Frame> parse(String line) {
        int middle = line.indexOf(MIDDLE);
        if (!line.startsWith(HEAD) || middle < 0 || !line.endsWith("}")) {
            return Optional.empty();
        }
        try {
            long id = Long.parseLong(line, HEAD.length(), middle, 10);
            return Optional.of(new Frame(id, line.substring(middle + MIDDLE.length(), line.length() - 1)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    String line() {
        return HEAD + id + MIDDLE + body + "}";
    }
}
