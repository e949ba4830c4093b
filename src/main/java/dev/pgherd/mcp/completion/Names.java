package dev.pgherd.mcp.completion;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.mcp.instance.InstanceReferences;
import dev.pgherd.mcp.tool.SchemaGlance;
import dev.pgherd.schema.Overview;
import dev.pgherd.schema.Relation;
import dev.pgherd.schema.Schema;
import dev.pgherd.sql.Cancellation;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The names that can be meant by an argument, as far as the arguments before it say where. */
record Names(InstanceReferences references, SchemaGlance glance) {

    /** In a template, where the namespace has its own place. */
    Stream<String> inTemplate(String argument, Map<String, String> before, Cancellation cancellation) {
        return switch (argument) {
            case "namespace" -> keys().map(InstanceKey::namespace);
            case "instance" ->
                keys().filter(key -> key.namespace().equals(before.getOrDefault("namespace", key.namespace())))
                        .map(InstanceKey::name);
            default ->
                inDatabase(
                        argument,
                        Optional.of(new InstanceKey(
                                before.getOrDefault("namespace", ""), before.getOrDefault("instance", ""))),
                        before,
                        cancellation);
        };
    }

    /** In a prompt, where an instance is named in one word. */
    Stream<String> inPrompt(String kind, Map<String, String> before, Cancellation cancellation) {
        return kind.equals("instance")
                ? references.all().stream()
                : inDatabase(kind, references.find(before.getOrDefault("instance", "")), before, cancellation);
    }

    private Stream<String> inDatabase(
            String kind, Optional<InstanceKey> instance, Map<String, String> before, Cancellation cancellation) {
        var overview = instance.flatMap(key -> glance.overview(key, cancellation));
        return overview.map(known -> named(kind, known, before)).orElse(Stream.empty());
    }

    private static Stream<String> named(String kind, Overview overview, Map<String, String> before) {
        return switch (kind) {
            case "schema" -> overview.schemas().stream().map(Schema::name);
            case "table" ->
                overview.relations().stream()
                        .filter(table -> !table.partition())
                        .filter(table -> table.schema().equals(before.getOrDefault("schema", table.schema())))
                        .map(Relation::name);
            default -> Stream.empty();
        };
    }

    private Stream<InstanceKey> keys() {
        return references.instances().keys().stream();
    }
}
