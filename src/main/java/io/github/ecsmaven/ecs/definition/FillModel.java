package io.github.ecsmaven.ecs.definition;

import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.definition.Written.Field;
import io.github.ecsmaven.ecs.definition.Written.Kind;
import io.github.ecsmaven.ecs.definition.Written.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * Fills a request of the SDK from what is written in a file. It goes by the SDK's own list of fields, so that every field that the
 * SDK knows can be written, and any other is refused.
 */
final class FillModel {
    private static final Map<MarshallingType<?>, Function<String, Object>> SCALARS = Map.of(
            MarshallingType.STRING, text -> text,
            MarshallingType.INTEGER, Integer::valueOf,
            MarshallingType.LONG, Long::valueOf,
            MarshallingType.FLOAT, Float::valueOf,
            MarshallingType.DOUBLE, Double::valueOf,
            MarshallingType.BOOLEAN, FillModel::truth);

    private final ProjectFile file;

    private FillModel(ProjectFile file) {
        this.file = file;
    }

    /**
     * @param builder of the request
     * @param ignored names of fields at the top that are only shown by AWS and say nothing here
     * @throws Problem when a field is unknown or its value is of another type
     */
    static void fill(ProjectFile file, SdkPojo builder, Written.Fields written, Set<String> ignored) {
        List<Field> used = written.fields().stream()
                .filter(field -> !ignored.contains(field.name()))
                .toList();
        new FillModel(file).fill(builder, new Written.Fields(written.place(), used), "");
    }

    private void fill(SdkPojo builder, Written.Fields written, String where) {
        Map<String, SdkField<?>> known = builder.sdkFieldNameToField();
        for (Field field : written.fields()) {
            SdkField<?> target = known.get(field.name());
            if (target == null) {
                throw unknown(field, known.keySet(), where);
            }
            if (!isNull(field.value())) {
                target.set(builder, value(target, field.value(), dotted(where, field.name())));
            }
        }
    }

    private Object value(SdkField<?> field, Written written, String where) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.LIST) {
            return list(field.getTrait(ListTrait.class).memberFieldInfo(), written, where);
        }
        if (type == MarshallingType.MAP) {
            return map(field.getTrait(MapTrait.class).valueFieldInfo(), written, where);
        }
        if (type == MarshallingType.SDK_POJO) {
            SdkPojo inner = field.constructor().get();
            fill(inner, fields(written, where), where);
            return ((SdkBuilder<?, ?>) inner).build();
        }
        return type == MarshallingType.DOCUMENT ? document(written) : scalar(type, written, where);
    }

    private List<Object> list(SdkField<?> member, Written written, String where) {
        if (!(written instanceof Written.Items list)) {
            throw other(written, where, "a list");
        }
        List<Object> values = new ArrayList<>();
        for (Written value : list.values()) {
            values.add(value(member, value, where + "[" + values.size() + "]"));
        }
        return values;
    }

    private Map<String, Object> map(SdkField<?> member, Written written, String where) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Field field : fields(written, where).fields()) {
            values.put(field.name(), value(member, field.value(), dotted(where, field.name())));
        }
        return values;
    }

    private Object scalar(MarshallingType<?> type, Written written, String where) {
        Function<String, Object> reader = SCALARS.get(type);
        if (reader == null || !(written instanceof Scalar scalar) || isNull(written)) {
            throw other(written, where, wanted(type));
        }
        try {
            return reader.apply(scalar.text());
        } catch (IllegalArgumentException wrong) {
            throw other(written, where, wanted(type));
        }
    }

    private static Document document(Written written) {
        if (written instanceof Written.Fields object) {
            return Document.fromMap(object.fields().stream()
                    .collect(Collectors.toMap(
                            Field::name, field -> document(field.value()), (a, b) -> b, LinkedHashMap::new)));
        }
        if (written instanceof Written.Items list) {
            return Document.fromList(
                    list.values().stream().map(FillModel::document).toList());
        }
        Scalar scalar = (Scalar) written;
        return switch (scalar.kind()) {
            case TEXT -> Document.fromString(scalar.text());
            case NUMBER -> Document.fromNumber(scalar.text());
            case TRUTH -> Document.fromBoolean(Boolean.parseBoolean(scalar.text()));
            case NULL -> Document.fromNull();
        };
    }

    private static Object truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return Boolean.valueOf(text);
    }

    private static boolean isNull(Written written) {
        return written instanceof Scalar scalar && scalar.kind() == Kind.NULL;
    }

    private Written.Fields fields(Written written, String where) {
        if (written instanceof Written.Fields object) {
            return object;
        }
        throw other(written, where, "an object with fields");
    }

    private static String wanted(MarshallingType<?> type) {
        if (type == MarshallingType.STRING) {
            return "a text";
        }
        return type == MarshallingType.BOOLEAN ? "true or false" : "a number";
    }

    private Problem other(Written written, String where, String wanted) {
        return file.problem(
                written.place(), file.name() + ": '" + where + "' has to be " + wanted + ".", "correct it.");
    }

    private Problem unknown(Field field, Set<String> known, String where) {
        List<String> near = NearestNames.of(field.name(), known);
        String next = near.isEmpty()
                ? "remove it; there are "
                        + String.join(", ", known.stream().sorted().toList()) + "."
                : "write '" + near.get(0) + "', or remove it.";
        String inside = where.isEmpty() ? "" : " in " + where;
        return file.problem(
                field.place(), file.name() + " has an unknown field '" + field.name() + "'" + inside + ".", next);
    }

    private static String dotted(String where, String name) {
        return where.isEmpty() ? name : where + "." + name;
    }
}
