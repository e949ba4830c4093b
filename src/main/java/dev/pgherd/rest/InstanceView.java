package dev.pgherd.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.api.Origin;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** An instance as this API shows it: what the tools tell, and what programs want to know beside it. */
final class InstanceView {

    private InstanceView() {}

    static ObjectNode of(ObjectNode told, PostgresInstance instance) {
        var view = told.objectNode();
        var metadata = instance.getMetadata();
        if (metadata.getUid() != null) {
            view.put("id", metadata.getUid());
        }
        view.set("status", told.get("phase"));
        view.put("database_name", database(instance));
        annotation(metadata, Origin.DESCRIPTION).ifPresent(text -> view.put("description", text));
        annotation(metadata, Origin.CREATOR).ifPresent(name -> view.put("creator_username", name));
        if (metadata.getCreationTimestamp() != null) {
            view.put("created_at", metadata.getCreationTimestamp());
            view.put("updated_at", updated(metadata));
        }
        view.setAll(told);
        view.remove("phase");
        view.remove("created");
        return view;
    }

    /** When anybody last wrote it, be it its status. */
    private static String updated(ObjectMeta metadata) {
        var writes = Objects.requireNonNullElse(metadata.getManagedFields(), List.<ManagedFieldsEntry>of());
        return Stream.concat(
                        writes.stream().map(ManagedFieldsEntry::getTime), Stream.of(metadata.getCreationTimestamp()))
                .filter(Objects::nonNull)
                .max(Comparator.comparing(Instant::parse))
                .orElseThrow();
    }

    private static String database(PostgresInstance instance) {
        var external = instance.wish().external();
        return external == null ? instance.wish().initdb().database() : external.database();
    }

    private static Optional<String> annotation(ObjectMeta metadata, String key) {
        return Optional.ofNullable(metadata.getAnnotations()).map(annotations -> annotations.get(key));
    }
}
