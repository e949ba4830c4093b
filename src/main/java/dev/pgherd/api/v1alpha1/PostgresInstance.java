package dev.pgherd.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.crd.generator.annotation.Labels;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Optional;

/** One PostgreSQL server and its data, managed as a Kubernetes resource. */
@Group(PostgresInstance.GROUP)
@Version("v1alpha1")
@ShortNames("pgi")
@Labels("servicebinding.io/provisioned-service=true")
@Categories({"postgres", "databases"})
@AdditionalPrinterColumn(
        name = "Ready",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Phase", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".status.phase")
@AdditionalPrinterColumn(
        name = "Version",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.postgresVersion")
@AdditionalPrinterColumn(name = "Storage", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".spec.storage.size")
@AdditionalPrinterColumn(
        name = "Expires",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.expirationTime")
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(
        name = "Endpoint",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1,
        jsonPath = ".status.endpoint.host")
@AdditionalPrinterColumn(
        name = "Secret",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1,
        jsonPath = ".status.binding.name")
@AdditionalPrinterColumn(
        name = "Message",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message")
@AdditionalSelectableField(jsonPath = ".status.phase")
@AdditionalSelectableField(jsonPath = ".spec.deletionPolicy")
public final class PostgresInstance extends CustomResource<PostgresInstanceSpec, PostgresInstanceStatus>
        implements Namespaced {

    public static final String GROUP = "pgherd.dev";

    private static final long serialVersionUID = 1L;

    /** The spec with every default filled in; {@code spec: {}} and an absent spec mean the same. */
    public PostgresInstanceSpec wish() {
        return Optional.ofNullable(getSpec()).orElseGet(PostgresInstanceSpec::defaults);
    }

    /** The status as last reported; empty for an instance that no operator has seen yet. */
    public Optional<PostgresInstanceStatus> reported() {
        return Optional.ofNullable(getStatus());
    }
}
