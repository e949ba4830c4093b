package dev.pgherd.devcluster.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of paths into an object; a path belongs to it when its node is a member. */
final class FieldSet {

    private final boolean member;
    private final Map<String, FieldSet> children;

    FieldSet(boolean member, Map<String, FieldSet> children) {
        this.member = member;
        this.children = new TreeMap<>(children);
    }

    static FieldSet empty() {
        return new FieldSet(false, Map.of());
    }

    static FieldSet leaf() {
        return new FieldSet(true, Map.of());
    }

    /** The paths that an applied configuration lays claim to. */
    static FieldSet applied(JsonNode value, FieldSchema schema) {
        return new FieldSetBuilder(false).build(value, schema);
    }

    /** All paths of a value, those of its objects and lists included. */
    static FieldSet whole(JsonNode value, FieldSchema schema) {
        return new FieldSetBuilder(true).build(value, schema);
    }

    static FieldSet parse(JsonNode fields) {
        var children = new TreeMap<String, FieldSet>();
        fields.properties().forEach(child -> {
            if (!child.getKey().equals(".")) {
                children.put(child.getKey(), parse(child.getValue()));
            }
        });
        return new FieldSet(fields.isEmpty() || fields.has("."), children);
    }

    ObjectNode toJson() {
        var json = Json.object();
        if (member && !children.isEmpty()) {
            json.putObject(".");
        }
        children.forEach((name, child) -> json.set(name, child.toJson()));
        return json;
    }

    boolean isEmpty() {
        return !member && children.values().stream().allMatch(FieldSet::isEmpty);
    }

    Map<String, FieldSet> children() {
        return children;
    }

    FieldSet child(String name) {
        return children.getOrDefault(name, empty());
    }

    FieldSet union(FieldSet other) {
        var joined = new TreeMap<>(children);
        other.children.forEach((name, child) -> joined.merge(name, child, FieldSet::union));
        return new FieldSet(member || other.member, joined);
    }

    FieldSet intersection(FieldSet other) {
        var common = new TreeMap<String, FieldSet>();
        children.forEach((name, child) -> put(common, name, child.intersection(other.child(name))));
        return new FieldSet(member && other.member, common);
    }

    FieldSet minus(FieldSet other) {
        var left = new TreeMap<String, FieldSet>();
        children.forEach((name, child) -> put(left, name, child.minus(other.child(name))));
        return new FieldSet(member && !other.member, left);
    }

    /** Without that path and all below it. */
    FieldSet without(String... path) {
        if (path.length == 0) {
            return empty();
        }
        var left = new TreeMap<>(children);
        left.remove(path[0]);
        put(left, path[0], child(path[0]).without(java.util.Arrays.copyOfRange(path, 1, path.length)));
        return new FieldSet(member, left);
    }

    private static void put(Map<String, FieldSet> children, String name, FieldSet child) {
        if (!child.isEmpty()) {
            children.put(name, child);
        }
    }

    /** The member paths in the notation of messages. */
    List<String> paths() {
        var paths = new ArrayList<String>();
        collect("", paths);
        return paths;
    }

    private void collect(String prefix, List<String> paths) {
        if (member) {
            paths.add(prefix);
        }
        children.forEach((name, child) -> child.collect(prefix + PathElement.asText(name), paths));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet set && member == set.member && children.equals(set.children);
    }

    @Override
    public int hashCode() {
        return children.hashCode() * 2 + Boolean.hashCode(member);
    }
}
