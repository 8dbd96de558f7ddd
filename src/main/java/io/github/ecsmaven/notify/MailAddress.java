package io.github.ecsmaven.notify;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** What mail can be sent to. */
public final class MailAddress {
    private MailAddress() {}

    /** {@code ada@example.com}, and nothing around it. */
    public static boolean isOne(String text) {
        return isSender(text) && text.indexOf('<') < 0;
    }

    /** {@code builds@example.com}, or with a name: {@code Builds <builds@example.com>}. */
    public static boolean isSender(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        try {
            InternetAddress[] parsed = InternetAddress.parse(text, true);
            if (parsed.length != 1) {
                return false;
            }
            parsed[0].validate();
            int at = parsed[0].getAddress().lastIndexOf('@');
            return at > 0 && at < parsed[0].getAddress().length() - 1;
        } catch (AddressException none) {
            return false;
        }
    }
}
