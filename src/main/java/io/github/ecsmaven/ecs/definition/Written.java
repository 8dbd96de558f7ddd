package io.github.ecsmaven.ecs.definition;

import java.util.List;

/** A value as it is written in a file of the project, with its place for what there is to say of it. */
sealed interface Written {
    Place place();

    /** Line and column count from 1. */
    record Place(int line, int column) {
        @Override
        public String toString() {
            return "line " + line + ", column " + column;
        }
    }

    /** An object of JSON, a mapping of YAML. */
    record Fields(Place place, List<Field> fields) implements Written {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    /** One of them; the place is its name's. */
    record Field(Place place, String name, Written value) {}

    /** An array of JSON, a sequence of YAML. */
    record Items(Place place, List<Written> values) implements Written {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** A text, number, truth or null. */
    record Scalar(Place place, Kind kind, String text) implements Written {}

    /** What a scalar is by its form in the file. */
    enum Kind {
        TEXT,
        NUMBER,
        TRUTH,
        NULL
    }
}
