package dev.pgherd.devcluster.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** JSON values as CEL takes them. */
public final class CelValues {

    private CelValues() {}

    public static Object of(JsonNode value) {
        if (value.isObject()) {
            var map = new LinkedHashMap<String, Object>();
            value.properties().forEach(member -> map.put(member.getKey(), of(member.getValue())));
            return map;
        }
        if (value.isArray()) {
            var list = new ArrayList<Object>();
            value.forEach(item -> list.add(of(item)));
            return list;
        }
        if (value.isNumber()) {
            return value.isIntegralNumber() ? (Object) value.longValue() : (Object) value.doubleValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isTextual() ? value.textValue() : NullValue.NULL_VALUE;
    }
}
