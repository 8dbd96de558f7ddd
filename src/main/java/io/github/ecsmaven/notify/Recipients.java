package io.github.ecsmaven.notify;

import io.github.ecsmaven.report.BuildRecord.Person;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Whom a mail goes to.
 *
 * @param addresses each once, those of the list first
 * @param notice one sentence about authors who can't be reached
 */
public record Recipients(List<String> addresses, Optional<String> notice) {
    /** Whoever pushes a year of work at once does not mail the whole company. */
    private static final int MOST_AUTHORS = 20;

    private static final Pattern NO_REPLY =
            Pattern.compile("(?i)(?:.*[+._-])?(?:no-?reply|do-?not-?reply)(?:[+._-].*)?@.*|.*@(?:.*\\.)?noreply\\..*");

    public Recipients {
        addresses = List.copyOf(addresses);
    }

    /**
     * @param listed {@code ecs.notify.mail.to}
     * @param authors of the commits that are told of
     */
    public static Recipients of(List<String> listed, List<Person> authors) {
        Map<String, String> addresses = new LinkedHashMap<>();
        listed.forEach(address -> addresses.putIfAbsent(address.toLowerCase(Locale.ROOT), address));
        TreeSet<String> unreached = new TreeSet<>();
        List<Person> some = authors.subList(0, Math.min(authors.size(), MOST_AUTHORS));
        for (Person author : some) {
            author.email()
                    .filter(Recipients::reachesSomebody)
                    .ifPresentOrElse(
                            address -> addresses.putIfAbsent(address.toLowerCase(Locale.ROOT), address),
                            () -> unreached.add(author.name().isBlank() ? "an author without a name" : author.name()));
        }
        return new Recipients(new ArrayList<>(addresses.values()), notice(unreached));
    }

    private static Optional<String> notice(TreeSet<String> unreached) {
        return unreached.isEmpty()
                ? Optional.empty()
                : Optional.of("No mail to " + String.join(", ", unreached)
                        + ": the commits name no address that takes mail.\nNext: set git's user.email to a real one,"
                        + " or list the address in ecs.notify.mail.to.");
    }

    private static boolean reachesSomebody(String address) {
        return MailAddress.isOne(address) && !NO_REPLY.matcher(address).matches();
    }
}
