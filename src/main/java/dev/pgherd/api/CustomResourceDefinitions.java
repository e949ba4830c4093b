package dev.pgherd.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Generates the CustomResourceDefinition from the records of the API. */
public final class CustomResourceDefinitions {

    private static final List<String> COLUMNS =
            List.of("Ready", "Phase", "Version", "Storage", "Expires", "Age", "Endpoint", "Secret", "Message");
    /** A quantity such as 100m or 1Gi; integers are allowed by the type. */
    private static final String QUANTITY =
            "^[+]?([0-9]+([.][0-9]*)?|[.][0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2})?$";

    private static final long MAX_PARAMETERS = 100;
    private static final long MAX_VALUE_LENGTH = 1024;
    private static final long MAX_METADATA = 64;
    private static final long MAX_ANNOTATION_LENGTH = 4096;
    private static final long MAX_DATABASES = 100;

    private CustomResourceDefinitions() {}

    /** The definition as the YAML document that {@code kubectl apply} takes. */
    public static String postgresInstanceYaml() {
        return Serialization.asYaml(postgresInstance());
    }

    static CustomResourceDefinition postgresInstance() {
        var generated = new AtomicReference<@Nullable CustomResourceDefinition>();
        new CRDGenerator()
                .customResourceClasses(List.of(PostgresInstance.class))
                .forCRDVersions("v1")
                .withParallelGenerationEnabled(false)
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata definition, String version) {
                        generated.set(complete((CustomResourceDefinition) definition));
                        return definition;
                    }
                })
                .withOutput(new Discarded())
                .generate();
        return Objects.requireNonNull(generated.get(), "the generator produced no definition");
    }

    /** Adds what annotations on the records cannot say. */
    private static CustomResourceDefinition complete(CustomResourceDefinition definition) {
        var version = definition.getSpec().getVersions().get(0);
        version.getAdditionalPrinterColumns().sort(Comparator.comparing(c -> COLUMNS.indexOf(c.getName())));
        var root = version.getSchema().getOpenAPIV3Schema();
        withoutRepeatedRules(root);
        root.setXKubernetesValidations(List.of(name(), version()));
        bound(root);
        // Without it the defaults below apply only where somebody wrote `spec: {}`.
        property(root, "spec").setDefault(JsonNodeFactory.instance.objectNode());
        var conditions = property(root, "status", "conditions");
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
        return definition;
    }

    /** Bounds what CEL rules walk over, which keeps their estimated cost within the API server's budget. */
    private static void bound(JSONSchemaProps root) {
        var parameters = property(root, "spec", "postgresql", "parameters");
        parameters.setMaxProperties(MAX_PARAMETERS);
        var values = parameters.getAdditionalProperties().getSchema();
        values.setMaxLength(MAX_VALUE_LENGTH);
        property(root, "spec", "imageName").setMaxLength(MAX_VALUE_LENGTH);
        property(root, "spec", "majorUpgrade", "imageName").setMaxLength(MAX_VALUE_LENGTH);
        for (var kind : List.of("requests", "limits")) {
            var quantities = property(root, "spec", "resources", kind);
            quantities.setMaxProperties(MAX_PARAMETERS);
            quantities.getAdditionalProperties().getSchema().setPattern(QUANTITY);
        }
        boundMetadata(property(root, "spec", "inheritedMetadata", "labels"));
        boundMetadata(property(root, "spec", "inheritedMetadata", "annotations"));
        boundMetadata(property(root, "spec", "service", "annotations"));
        property(root, "spec", "lifecycle", "expirationTime").setFormat("date-time");
        AgentAccessBounds.set(property(root, "spec", "agentAccess"));
        listMap(property(root, "spec", "databases"), "name", MAX_DATABASES);
        listMap(property(databases(root), "extensions"), "name", MAX_PARAMETERS);
    }

    private static JSONSchemaProps databases(JSONSchemaProps root) {
        return property(root, "spec", "databases").getItems().getSchema();
    }

    private static void boundMetadata(JSONSchemaProps entries) {
        entries.setMaxProperties(MAX_METADATA);
        entries.getAdditionalProperties().getSchema().setMaxLength(MAX_ANNOTATION_LENGTH);
    }

    private static void listMap(JSONSchemaProps list, String key, long most) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(List.of(key));
        list.setMaxItems(most);
    }

    /** The generator reads the annotations of a record component twice: from the field and from its accessor. */
    private static void withoutRepeatedRules(JSONSchemaProps schema) {
        schema.setXKubernetesValidations(
                schema.getXKubernetesValidations().stream().distinct().toList());
        schema.getProperties().values().forEach(CustomResourceDefinitions::withoutRepeatedRules);
    }

    private static ValidationRule name() {
        return new ValidationRuleBuilder()
                .withRule("self.metadata.name.size() <= 50 && !self.metadata.name.contains('.')")
                .withMessage(
                        "metadata.name must be a DNS label of at most 50 characters: it becomes part of the names of"
                                + " what is created")
                .build();
    }

    /** At the root, for it needs the status: the way back from a refused upgrade leads to the version of the data. */
    private static ValidationRule version() {
        return new ValidationRuleBuilder()
                .withRule("self.spec.postgresVersion >= oldSelf.spec.postgresVersion"
                        + " || !has(self.status) || !has(self.status.postgresVersion)"
                        + " || self.status.postgresVersion < string(self.spec.postgresVersion + 1)")
                .withMessage("spec.postgresVersion cannot be lower than the version of the data, which is in"
                        + " status.postgresVersion")
                .build();
    }

    static JSONSchemaProps property(JSONSchemaProps schema, String... path) {
        var found = schema;
        for (var name : path) {
            found = Objects.requireNonNull(found.getProperties().get(name), name);
        }
        return found;
    }

    /** The generator writes files; here only the object that it hands to the post-processor is wanted. */
    private static final class Discarded implements CRDGenerator.CRDOutput<OutputStream> {

        @Override
        public OutputStream outputFor(String name) {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void close() {
            // nothing was opened
        }
    }
}
