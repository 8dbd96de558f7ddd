package io.github.ecsmaven.ecr;

/**
 * A tag that an image gets.
 *
 * @param name what is written to the registry
 * @param pattern what it was made from, with placeholders
 */
public record ImageTag(String name, String pattern) {
    /** Of a tag without placeholders. */
    public static ImageTag literal(String name) {
        return new ImageTag(name, name);
    }
}
