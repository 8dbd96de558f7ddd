package io.github.ecsmaven.sandbox.wire;

/** Text in an answer of XML. */
public final class XmlText {
    private XmlText() {}

    /** As the content of an element, or of an attribute between double quotes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
