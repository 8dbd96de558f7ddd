package io.github.ecsmaven.ecs.definition;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.definition.Written.Field;
import io.github.ecsmaven.ecs.definition.Written.Kind;
import io.github.ecsmaven.ecs.definition.Written.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML 1.2 and keeps the places; {@code yes} and {@code on} are texts there. */
final class ReadYaml {
    /** An alias is written out at each place; a few lines of aliases of aliases can stand for millions of values. */
    private static final int MOST_VALUES = 100_000;

    private final ProjectFile file;
    private int values;

    private ReadYaml(ProjectFile file) {
        this.file = file;
    }

    static Written read(ProjectFile file) {
        try {
            Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(file.text());
            return new ReadYaml(file)
                    .value(root.orElseThrow(() ->
                            file.problem(new Place(1, 1), file.name() + " is empty.", "fill or remove the file.")));
        } catch (MarkedYamlEngineException wrong) {
            throw invalid(file, place(wrong.getProblemMark()), wrong.getProblem());
        } catch (YamlEngineException wrong) {
            String why = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
            throw invalid(file, new Place(1, 1), why);
        }
    }

    private static Problem invalid(ProjectFile file, Place place, String why) {
        return file.problem(place, file.name() + " is not valid YAML: " + why + ".", "correct the file at this place.");
    }

    private Written value(Node node) {
        Place place = place(node.getStartMark());
        if (node.isRecursive() || ++values > MOST_VALUES) {
            throw invalid(file, place, "its aliases stand for too much");
        }
        if (node instanceof MappingNode mapping) {
            return new Written.Fields(place, fields(mapping));
        }
        if (node instanceof SequenceNode sequence) {
            return new Written.Items(
                    place, sequence.getValue().stream().map(this::value).toList());
        }
        ScalarNode scalar = (ScalarNode) node;
        return new Written.Scalar(place, kind(scalar.getTag()), scalar.getValue());
    }

    private List<Field> fields(MappingNode mapping) {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place place = place(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                throw invalid(file, place, "the name of a field is no text");
            }
            if (!names.add(name.getValue())) {
                throw invalid(file, place, "the field '" + name.getValue() + "' is there twice");
            }
            fields.add(new Field(place, name.getValue(), value(tuple.getValueNode())));
        }
        return fields;
    }

    private static Kind kind(Tag tag) {
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return Kind.NUMBER;
        }
        return tag.equals(Tag.BOOL) ? Kind.TRUTH : tag.equals(Tag.NULL) ? Kind.NULL : Kind.TEXT;
    }

    private static Place place(Optional<Mark> mark) {
        return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1)).orElse(new Place(1, 1));
    }
}
