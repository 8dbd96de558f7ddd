package io.github.ecsmaven.smoke;

/** What came of one request. */
sealed interface Answer {
    /** @param body its beginning, as text */
    record Answered(int status, String body) implements Answer {}

    /** It leads to another host, which is not followed. */
    record Elsewhere(int status, String location) implements Answer {}

    /** @param why to follow "it": {@code did not answer within 10 s} */
    record None(String why) implements Answer {}
}
