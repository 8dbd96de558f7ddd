package io.github.ecsmaven.ecs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Makes the JSON of a model at random, by the SDK's own list of fields: each field may be there or not. */
final class RandomModels {
    private final Random random;

    RandomModels(long seed) {
        random = new Random(seed);
    }

    /** @param all whether every field is there */
    Map<String, Object> json(SdkPojo model, boolean all) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (SdkField<?> field : model.sdkFields()) {
            if (all || random.nextInt(3) > 0) {
                json.put(field.locationName(), value(field, all));
            }
        }
        return json;
    }

    private Object value(SdkField<?> field, boolean all) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.LIST) {
            return list(field.getTrait(ListTrait.class).memberFieldInfo(), all);
        }
        if (type == MarshallingType.MAP) {
            SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
            return Map.of("key " + random.nextInt(99), value(member, all));
        }
        return type == MarshallingType.SDK_POJO
                ? json(field.constructor().get(), all)
                : scalar(field.locationName(), type);
    }

    private List<Object> list(SdkField<?> member, boolean all) {
        List<Object> list = new ArrayList<>();
        int length = 1 + random.nextInt(2);
        while (list.size() < length) {
            list.add(value(member, all));
        }
        return list;
    }

    private Object scalar(String name, MarshallingType<?> type) {
        if (type == MarshallingType.BOOLEAN) {
            return random.nextBoolean();
        }
        if (type == MarshallingType.DOUBLE || type == MarshallingType.INSTANT) {
            return random.nextInt(9999) + 0.5;
        }
        boolean number = type == MarshallingType.INTEGER || type == MarshallingType.LONG;
        return number ? (Object) random.nextInt(9999) : "\"" + name + "\" " + random.nextInt(9999) + "\n\u00e4\\";
    }
}
