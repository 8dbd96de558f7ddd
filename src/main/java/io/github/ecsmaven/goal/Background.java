package io.github.ecsmaven.goal;

/** Runs what may be done early beside Maven's own work. */
final class Background {
    private Background() {}

    /** A task that may fail: the goal that needs its result does it again, and tells. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    static void run(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (Exception | LinkageError toldByTheGoal) {
                        // Also when the build has ended meanwhile, and with it the plugin's class loader.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
