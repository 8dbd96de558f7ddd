package io.github.ecsmaven.container;

/** How a container is spoken of in an error, and the properties that help. */
sealed interface Subject {
    /** {@code The container of 'orders:1.4.0'} */
    String text();

    /** What helps when it ended, beginning in lower case. */
    String nextWhenDied(Observation.State state);

    /** What to correct when it does not get ready. */
    String asked();

    /** The property that names the port. */
    String portProperty();

    /** What helps when the engine has not got the image. */
    String nextWithoutImage();

    /** The container under test. */
    record Application(String image) implements Subject {
        @Override
        public String text() {
            return "The container of '" + image + "'";
        }

        @Override
        public String nextWhenDied(Observation.State state) {
            return ExitCode.next(state);
        }

        @Override
        public String asked() {
            return "ecs.test.port, ecs.test.wait.path, ecs.test.wait.log";
        }

        @Override
        public String portProperty() {
            return "ecs.test.port";
        }

        @Override
        public String nextWithoutImage() {
            return "build the image first: ecs:image runs before ecs:start";
        }
    }

    /** What the container under test needs beside it. */
    record Service(String name, String image) implements Subject {
        @Override
        public String text() {
            return "The service '" + name + "' (" + image + ")";
        }

        @Override
        public String nextWhenDied(Observation.State state) {
            if (state.outOfMemory() || state.exitCode() == 137) {
                return "give the engine more memory, then run again";
            }
            if (state.exitCode() == 126 || state.exitCode() == 127) {
                return "correct " + property("command") + ", or name another image (ecs.test.services)";
            }
            return "correct what the log says; its environment is " + property("environment.NAME=value");
        }

        @Override
        public String asked() {
            return portProperty() + ", " + property("wait.log");
        }

        @Override
        public String portProperty() {
            return property("port");
        }

        @Override
        public String nextWithoutImage() {
            return "run again: it is pulled then";
        }

        private String property(String key) {
            return "ecs.test.services." + name + "." + key;
        }
    }
}
