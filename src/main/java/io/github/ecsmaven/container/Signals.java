package io.github.ecsmaven.container;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Ctrl-C and its like. A shutdown hook would run beside Testcontainers' own, which kills the containers that we stop with a
 * grace period; so the signals themselves are caught, through reflection, as javac warns of {@code sun.misc.Signal}
 * and the warning can't be switched off.
 */
final class Signals {
    private Signals() {}

    static void onEnd(Runnable end) {
        for (String name : List.of("INT", "TERM", "HUP")) {
            try {
                handle(name, end);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                // This system has no such signal; the end of the input still ends the keeper.
            }
        }
    }

    private static void handle(String name, Runnable end) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy = Proxy.newProxyInstance(
                Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                    end.run();
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    }
}
