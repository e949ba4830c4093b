package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Quantity;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, read with their types; a wrong one fails, naming the field and what is allowed. */
public final class Arguments {

    /** 1.5 and 1.50 are two texts to PostgreSQL. */
    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Beyond this a number has so many digits that its size alone is work. */
    private static final Pattern QUANTITY = Pattern.compile("[+-]?[\\d.]{1,40}([A-Za-z]{0,2}|[eE][+-]?\\d{1,2})");

    private static final String TEXT = "a text that is not empty";

    private final Map<String, @Nullable Object> values;

    private Arguments(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /** Refuses arguments that the tool does not know, and calls without those that it needs. */
    public static Arguments of(McpSchema.Tool tool, @Nullable Map<String, @Nullable Object> values) {
        return of(tool, Set.of(), values);
    }

    /** The same, for a tool that takes more than it tells a model of. */
    public static Arguments of(
            McpSchema.Tool tool, Set<String> unlisted, @Nullable Map<String, @Nullable Object> values) {
        var arguments = new Arguments(values == null ? Map.of() : values);
        var schema = tool.inputSchema();
        arguments.refuseUnknown(names(schema.get("properties")), unlisted);
        names(schema.get("required")).forEach(arguments::require);
        arguments.refuseWrongTexts(schema.get("properties"));
        arguments.refuseBrokenTexts();
        return arguments;
    }

    /** The same and one more. */
    Arguments with(String field, String value) {
        var more = new HashMap<String, @Nullable Object>(values);
        more.put(field, value);
        return new Arguments(more);
    }

    /** A text that is there because the schema requires it. */
    public String required(String field) {
        return text(field).orElseThrow(() -> ToolFailedException.argument(field, "given"));
    }

    public Optional<String> text(String field) {
        return find(field).map(value -> {
            if (value instanceof String text && !text.isBlank()) {
                return text;
            }
            throw ToolFailedException.argument(field, TEXT);
        });
    }

    public int integer(String field, int fallback, int least, int most) {
        return find(field)
                .map(value -> {
                    if (isWhole(value)
                            && value instanceof Number number
                            && number.longValue() >= least
                            && number.longValue() <= most) {
                        return number.intValue();
                    }
                    throw ToolFailedException.argument(field, "a whole number from %d to %d".formatted(least, most));
                })
                .orElse(fallback);
    }

    /** False where it is left out. */
    public boolean flag(String field) {
        return optionalFlag(field).orElse(false);
    }

    public Optional<Boolean> optionalFlag(String field) {
        return find(field).map(value -> {
            if (value instanceof Boolean flag) {
                return flag;
            }
            throw ToolFailedException.argument(field, "true or false");
        });
    }

    /** Whether the call says anything of it. */
    public boolean has(String field) {
        return find(field).isPresent();
    }

    /** Whether the call says that there is to be none. */
    boolean takesAway(String field) {
        return values.containsKey(field) && (values.get(field) == null || "".equals(values.get(field)));
    }

    /** A list of JSON values. */
    public List<@Nullable Object> values(String field) {
        var value = find(field).orElse(List.of());
        if (value instanceof List<?> list) {
            return Arrays.asList(list.toArray());
        }
        throw ToolFailedException.argument(field, "a list of values, one for each $n in the statement");
    }

    /** A list of texts, if it is there. */
    public Optional<List<String>> names(String field) {
        return find(field).map(value -> {
            if (value instanceof List<?> list
                    && !list.isEmpty()
                    && list.stream().allMatch(String.class::isInstance)) {
                return list.stream().map(String::valueOf).toList();
            }
            throw ToolFailedException.argument(field, "a list of texts that is not empty");
        });
    }

    /** Values by name; numbers and booleans become texts. */
    public Map<String, String> texts(String field) {
        var value = find(field).orElse(Map.of());
        if (!(value instanceof Map<?, ?> map)) {
            throw ToolFailedException.argument(field, "an object of names and values");
        }
        var texts = new TreeMap<String, String>();
        map.forEach((name, text) -> texts.put(String.valueOf(name), plain(field, text)));
        return texts;
    }

    /** As {@link #texts}, and null, which becomes nothing, for what is to go. */
    public Map<String, Optional<String>> changes(String field) {
        var value = find(field).orElse(Map.of());
        if (!(value instanceof Map<?, ?> map)) {
            throw ToolFailedException.argument(field, "an object of names and values");
        }
        var changes = new TreeMap<String, Optional<String>>();
        map.forEach((name, text) ->
                changes.put(String.valueOf(name), text == null ? Optional.empty() : Optional.of(plain(field, text))));
        return changes;
    }

    public <E extends Enum<E>> Optional<E> choice(String field, Class<E> type) {
        return text(field)
                .map(value -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.name().equals(value))
                        .findFirst()
                        .orElseThrow(() ->
                                ToolFailedException.argument(field, "one of " + String.join(", ", constants(type)))));
    }

    /** A quantity of Kubernetes that is greater than zero. */
    public Optional<Quantity> quantity(String field, String example) {
        return text(field).map(value -> {
            try {
                if (QUANTITY.matcher(value).matches()) {
                    var quantity = Quantity.parse(value);
                    if (quantity.getNumericalAmount().signum() > 0) {
                        return quantity;
                    }
                }
            } catch (IllegalArgumentException e) {
                throw ToolFailedException.argument(field, "a quantity greater than zero, such as " + example);
            }
            throw ToolFailedException.argument(field, "a quantity greater than zero, such as " + example);
        });
    }

    /** All but these, as JSON in which the same are written the same. */
    public String canonicalWithout(Set<String> fields) {
        var others = new TreeMap<>(values);
        others.keySet().removeAll(fields);
        return CANONICAL.valueToTree(others).toString();
    }

    /** A value as JSON, with the digits that it came with. */
    static String json(@Nullable Object value) {
        return CANONICAL.valueToTree(value).toString();
    }

    private Optional<Object> find(String field) {
        return Optional.ofNullable(values.get(field));
    }

    private void refuseUnknown(Collection<String> allowed, Set<String> unlisted) {
        values.keySet().stream()
                .filter(name -> !allowed.contains(name) && !unlisted.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ToolFailedException(
                            FailureKind.INVALID,
                            "Unknown argument '%s'. Allowed are: %s.".formatted(name, String.join(", ", allowed)));
                });
    }

    /** Some are read only where something depends on them. */
    private void refuseWrongTexts(@Nullable Object properties) {
        if (properties instanceof Map<?, ?> known) {
            values.forEach((name, value) -> {
                var isText = known.get(name) instanceof Map<?, ?> property && "string".equals(property.get("type"));
                if (isText && value != null && !(value instanceof String)) {
                    throw ToolFailedException.argument(name, TEXT);
                }
            });
        }
    }

    /** They would be stored as something else. */
    private void refuseBrokenTexts() {
        values.forEach((name, value) -> {
            if (isBroken(value)) {
                throw ToolFailedException.argument(name, "text without NUL characters and halves of surrogate pairs");
            }
        });
    }

    private void require(String field) {
        if (values.get(field) == null) {
            throw new ToolFailedException(FailureKind.INVALID, "Argument '%s' is missing.".formatted(field));
        }
    }

    private static boolean isBroken(@Nullable Object value) {
        if (value instanceof Collection<?> list) {
            return list.stream().anyMatch(Arguments::isBroken);
        }
        if (value instanceof Map<?, ?> map) {
            return isBroken(map.keySet()) || isBroken(map.values());
        }
        return value instanceof String text
                && text.codePoints()
                        .anyMatch(point ->
                                point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
    }

    private static boolean isWhole(Object value) {
        return value instanceof Integer || value instanceof Long;
    }

    private static String plain(String field, @Nullable Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        throw ToolFailedException.argument(field, "an object whose values are texts, numbers or booleans");
    }

    private static <E extends Enum<E>> List<String> constants(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    }

    private static List<String> names(@Nullable Object schemaPart) {
        if (schemaPart instanceof Map<?, ?> properties) {
            return properties.keySet().stream().map(String::valueOf).toList();
        }
        return schemaPart instanceof Collection<?> required
                ? required.stream().map(String::valueOf).toList()
                : List.of();
    }
}
