package io.github.ecsmaven.ecs.definition;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Map;

/**
 * A file of the project in which a task definition or a service is written.
 *
 * @param name path for messages, relative to the project where it lies in it; the ending tells JSON from YAML
 * @param text all of it
 * @param properties what <code>${…}</code> in it may mean
 */
public record ProjectFile(String name, String text, Map<String, String> properties) {
    public ProjectFile {
        properties = Map.copyOf(properties);
    }

    /** Its content, every <code>${…}</code> replaced. */
    Written.Fields read() {
        boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
        Written written = yaml ? ReadYaml.read(this) : ReadJson.read(this);
        if (!(FillPlaceholders.fill(this, written) instanceof Written.Fields fields)) {
            throw problem(written.place(), name + " holds no fields.", "write it as { \"family\": … }.");
        }
        return fields;
    }

    Problem problem(Written.Place place, String what, String next) {
        return Problem.ofProject(what, List.of(name + ", " + place), next);
    }

    /** Values can be secrets of the environment. */
    @Override
    public String toString() {
        return name;
    }
}
