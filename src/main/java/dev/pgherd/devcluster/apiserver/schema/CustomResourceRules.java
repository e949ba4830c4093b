package dev.pgherd.devcluster.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The rules that a CustomResourceDefinition sets for its resources. */
public final class CustomResourceRules {

    private static final Set<String> BLOCKING = Set.of(
            "FieldValueNotSupported",
            "FieldValueRequired",
            "FieldValueTooLong",
            "FieldValueTooMany",
            "FieldValueTypeInvalid");
    private static final Cause UNCHECKED = new Cause(
            "FieldValueInvalid",
            "Invalid value: null: some validation rules were not checked because the object was invalid; correct the"
                    + " existing errors to complete validation",
            "<nil>");

    private final JsonNode schema;
    private final Structure structure;
    private final CompletableFuture<SchemaCheck> schemaCheck;
    private final CompletableFuture<CelRules> rules;

    /** Begins to compile the rules in the background; they are waited for when first needed. */
    public CustomResourceRules(JsonNode schema) {
        this.schema = schema;
        this.structure = new Structure(schema);
        this.schemaCheck = CompletableFuture.supplyAsync(() -> new SchemaCheck(schema));
        this.rules = CompletableFuture.supplyAsync(() -> new CelRules(schema));
    }

    /** Whether these are the rules of that very schema. */
    public boolean areOf(JsonNode other) {
        return schema.equals(other);
    }

    /** Removes the fields that the schema does not know; the answer names them. */
    public List<String> prune(ObjectNode object) {
        return structure.prune(object);
    }

    public void complete(ObjectNode object) {
        structure.complete(object);
    }

    /** What is wrong with the object, given its state before a change. */
    public List<Cause> violations(ObjectNode object, Optional<ObjectNode> stored) {
        JsonNode before = stored.isPresent() ? stored.get() : MissingNode.getInstance();
        var causes = new ArrayList<>(schemaCheck.join().violations(object, before));
        if (causes.stream().map(Cause::reason).anyMatch(BLOCKING::contains)) {
            causes.add(UNCHECKED);
        } else {
            causes.addAll(rules.join().violations(object, before));
        }
        return causes;
    }
}
