package io.github.ecsmaven.smoke;

import java.util.Optional;

/** Judges an answer. Pure. */
final class EvaluateAnswer {
    private EvaluateAnswer() {}

    /**
     * @param inBrowser whether the text is looked for by a browser, and not here
     * @return what is wrong, to follow the address: {@code answers with status 503 and not 200}
     */
    static Optional<String> fault(SmokeRequest wanted, Answer answer, boolean inBrowser) {
        if (answer instanceof Answer.None none) {
            return Optional.of(none.why());
        }
        if (answer instanceof Answer.Elsewhere elsewhere) {
            return Optional.of("leads to another host, " + elsewhere.location() + ", which is not followed (status "
                    + elsewhere.status() + ")");
        }
        Answer.Answered answered = (Answer.Answered) answer;
        if (answered.status() != wanted.status()) {
            return Optional.of("answers with status " + answered.status() + " and not " + wanted.status());
        }
        return text(wanted, answered, inBrowser).or(() -> wanted.json().flatMap(json -> json.fault(answered.body())));
    }

    private static Optional<String> text(SmokeRequest wanted, Answer.Answered answered, boolean inBrowser) {
        return wanted.text()
                .filter(text -> !inBrowser && !answered.body().contains(text))
                .map(text -> "answers without the text '" + text + "'");
    }
}
