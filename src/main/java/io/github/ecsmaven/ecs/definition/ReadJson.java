package io.github.ecsmaven.ecs.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.definition.Written.Field;
import io.github.ecsmaven.ecs.definition.Written.Kind;
import io.github.ecsmaven.ecs.definition.Written.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON and keeps the places. */
final class ReadJson {
    private static final JsonFactory JSON = new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final JsonParser parser;

    private ReadJson(JsonParser parser) {
        this.parser = parser;
    }

    static Written read(ProjectFile file) {
        try (JsonParser parser = JSON.createParser(file.text())) {
            if (parser.nextToken() == null) {
                throw file.problem(new Place(1, 1), file.name() + " is empty.", "fill or remove the file.");
            }
            ReadJson reader = new ReadJson(parser);
            Written all = reader.value();
            if (parser.nextToken() != null) {
                throw invalid(file, reader.place(), "there is more after its end");
            }
            return all;
        } catch (JsonProcessingException wrong) {
            JsonLocation at = wrong.getLocation();
            Place place = at == null ? new Place(1, 1) : new Place(at.getLineNr(), at.getColumnNr());
            throw invalid(
                    file, place, wrong.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Problem invalid(ProjectFile file, Place place, String why) {
        String next =
                why.contains("'$'") ? "write \"${…}\" in quotes; numbers, too." : "correct the file at this place.";
        return file.problem(place, file.name() + " is not valid JSON: " + why + ".", next);
    }

    private Written value() throws IOException {
        Place place = place();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            List<Field> fields = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                Place at = place();
                String name = parser.currentName();
                parser.nextToken();
                fields.add(new Field(at, name, value()));
            }
            return new Written.Fields(place, fields);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Written> values = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                values.add(value());
            }
            return new Written.Items(place, values);
        }
        return new Written.Scalar(place, kind(token), parser.getText());
    }

    private static Kind kind(JsonToken token) {
        if (token.isNumeric()) {
            return Kind.NUMBER;
        }
        return token.isBoolean() ? Kind.TRUTH : token == JsonToken.VALUE_NULL ? Kind.NULL : Kind.TEXT;
    }

    private Place place() {
        JsonLocation at = parser.currentTokenLocation();
        return new Place(at.getLineNr(), at.getColumnNr());
    }
}
