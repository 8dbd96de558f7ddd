package io.github.ecsmaven.goal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Jib sends a login over plain HTTP only when a property of the JVM says so. The registry of a sandbox is on loopback, so
 * the property is set while such a push is under way. The last of several at once (-T) clears it: a JVM that lives on, as
 * the Maven daemon's, must not send other logins so. A property that was there before is the user's and stays.
 */
final class LoginsOverHttp {
    static final String PROPERTY = "sendCredentialsOverHttp";

    private LoginsOverHttp() {}

    static <T> T during(SessionBoard board, Supplier<T> push) {
        // A JDK type on the board: goals of another class realm count along.
        AtomicInteger pushes = board.shared("logins over HTTP", AtomicInteger.class, AtomicInteger::new);
        boolean ours = begin(pushes);
        try {
            return push.get();
        } finally {
            if (ours) {
                end(pushes);
            }
        }
    }

    private static boolean begin(AtomicInteger pushes) {
        synchronized (pushes) {
            if (pushes.get() == 0 && System.getProperty(PROPERTY) != null) {
                return false;
            }
            System.setProperty(PROPERTY, "true");
            pushes.incrementAndGet();
            return true;
        }
    }

    private static void end(AtomicInteger pushes) {
        synchronized (pushes) {
            if (pushes.decrementAndGet() == 0) {
                System.clearProperty(PROPERTY);
            }
        }
    }
}
