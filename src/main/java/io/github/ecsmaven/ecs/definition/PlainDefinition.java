package io.github.ecsmaven.ecs.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/**
 * A task definition as plain maps and lists, in the form in which two that mean the same are equal: ECS adds defaults, sorts the
 * environment and sends empty lists where none was given. A default that is not known here costs one more revision, no more.
 */
final class PlainDefinition {
    private PlainDefinition() {}

    static Map<String, Object> of(RegisterTaskDefinitionRequest definition) {
        Map<String, Object> plain = fields(definition);
        plain.putIfAbsent("networkMode", "bridge");
        plain.computeIfPresent("cpu", (name, cpu) -> units(cpu));
        plain.computeIfPresent("memory", (name, memory) -> units(memory));
        plain.computeIfPresent("requiresCompatibilities", (name, list) -> new TreeSet<>((Collection<?>) list));
        plain.computeIfPresent("tags", (name, tags) -> keyed(tags, "key"));
        boolean ownAddress = List.of("awsvpc", "host").contains(plain.get("networkMode"));
        each(plain.get("containerDefinitions")).forEach(container -> settle(container, ownAddress));
        plain.computeIfPresent("containerDefinitions", (name, containers) -> keyed(containers, "name"));
        return plain;
    }

    private static void settle(Map<String, Object> container, boolean ownAddress) {
        container.putIfAbsent("essential", true);
        container.putIfAbsent("cpu", 0);
        each(container.get("portMappings")).forEach(mapping -> settlePort(mapping, ownAddress));
        each(container.get("healthCheck")).forEach(check -> {
            check.putIfAbsent("interval", 30);
            check.putIfAbsent("timeout", 5);
            check.putIfAbsent("retries", 3);
        });
        for (String list : List.of("mountPoints", "volumesFrom")) {
            each(container.get(list)).forEach(mount -> mount.remove("readOnly", false));
        }
        container.computeIfPresent("environment", (name, pairs) -> keyed(pairs, "name"));
        container.computeIfPresent("secrets", (name, pairs) -> keyed(pairs, "name"));
    }

    private static void settlePort(Map<String, Object> mapping, boolean ownAddress) {
        mapping.putIfAbsent("protocol", "tcp");
        mapping.remove("hostPort", 0);
        if (ownAddress && mapping.get("containerPort") instanceof Integer port) {
            mapping.remove("hostPort", port);
        }
    }

    /** {@code 0.5 GB} and {@code .25 vCPU} in MiB and CPU units, as ECS shows them. */
    private static Object units(Object written) {
        String text = String.valueOf(written).strip().toLowerCase(Locale.ROOT);
        String number = text.replaceFirst("\\s*(gb|vcpu)$", "");
        return number.matches("\\d*\\.?\\d+")
                ? Math.round(Double.parseDouble(number) * (number.equals(text) ? 1 : 1024))
                : written;
    }

    private static Map<String, Object> fields(SdkPojo model) {
        Map<String, Object> fields = new TreeMap<>();
        for (SdkField<?> field : model.sdkFields()) {
            Object value = field.getValueOrDefault(model);
            Object plain = value == null ? null : plain(value);
            if (plain != null && !isEmpty(plain)) {
                fields.put(field.locationName(), plain);
            }
        }
        return fields;
    }

    private static boolean isEmpty(Object plain) {
        return plain instanceof Collection<?> list && list.isEmpty() || plain instanceof Map<?, ?> map && map.isEmpty();
    }

    private static Object plain(Object value) {
        if (value instanceof SdkPojo model) {
            return fields(model);
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(item -> plain.add(plain(item)));
            return plain;
        }
        return value;
    }

    /** The models in a list, or the one model itself; none when absent. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> each(@Nullable Object plain) {
        if (plain instanceof Map<?, ?> map) {
            return List.of((Map<String, Object>) map);
        }
        return plain instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    /** A list of models by their names: their order means nothing. */
    private static Map<String, Object> keyed(Object list, String name) {
        Map<String, Object> keyed = new TreeMap<>();
        each(list).forEach(model -> keyed.put(String.valueOf(model.get(name)), model));
        return keyed;
    }
}
