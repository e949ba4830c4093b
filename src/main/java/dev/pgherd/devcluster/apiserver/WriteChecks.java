package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem.Cause;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ObjectKey;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Refuses writes whose names, versions or namespaces do not fit. */
final class WriteChecks {

    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final int LONGEST_NAME = 253;
    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;
    private static final String CHANGED =
            "the object has been modified; please apply your changes to the latest version and try again";

    private final ObjectStore store;

    WriteChecks(ObjectStore store) {
        this.store = store;
    }

    /** Checks kind, namespace and name of a new object, and generates the name where one is asked for. */
    void prepareNew(ResourceType type, String namespace, ObjectNode object) {
        checkKind(type, object);
        var metadata = Json.child(object, "metadata");
        checkNamespace(type, namespace, object);
        var prefix = Json.text(metadata, "generateName");
        if (Json.text(metadata, "name").isEmpty() && !prefix.isEmpty()) {
            metadata.put("name", prefix + suffix());
        }
        checkName(type, Json.text(metadata, "name"));
    }

    private static void checkName(ResourceType type, String name) {
        if (name.isEmpty()) {
            var cause = new Cause(
                    "FieldValueRequired", "Required value: name or generateName is required", "metadata.name");
            throw ApiProblem.invalid(type, name, List.of(cause));
        }
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            var message = "Invalid value: \"" + name + "\": a lowercase RFC 1123 subdomain must consist of lower case"
                    + " alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
                    + " (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\."
                    + "[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
            throw ApiProblem.invalid(type, name, List.of(new Cause("FieldValueInvalid", message, "metadata.name")));
        }
    }

    private static void checkKind(ResourceType type, ObjectNode object) {
        var apiVersion = Json.text(object, "apiVersion");
        var kind = Json.text(object, "kind");
        if (!apiVersion.isEmpty() && !apiVersion.equals(type.groupVersion())) {
            throw ApiProblem.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + type.groupVersion() + ")");
        }
        if (!kind.isEmpty() && !kind.equals(type.kind())) {
            throw ApiProblem.badRequest(
                    "the kind in the data (" + kind + ") does not match the expected kind (" + type.kind() + ")");
        }
    }

    private static void checkNamespace(ResourceType type, String namespace, ObjectNode object) {
        var metadata = Json.child(object, "metadata");
        if (!type.namespaced()) {
            metadata.remove("namespace");
            return;
        }
        var stated = Json.text(metadata, "namespace");
        if (!stated.isEmpty() && !stated.equals(namespace)) {
            throw ApiProblem.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        metadata.put("namespace", namespace);
    }

    /** Refuses new objects in a namespace that is not there, or is going. */
    void requireNamespace(ResourceType type, String namespace) {
        if (!type.namespaced()) {
            return;
        }
        var found = store.find(new ObjectKey("namespaces", "", namespace));
        if (found.isEmpty()) {
            throw ApiProblem.namespaceNotFound(namespace);
        }
        if (ObjectMetadata.deleting(found.get())) {
            throw ApiProblem.forbidden(
                    "unable to create new content in namespace " + namespace + " because it is being terminated");
        }
    }

    static void checkApplied(ResourceType type, ObjectKey key, ObjectNode configuration) {
        checkKind(type, configuration);
        if (Json.text(configuration, "apiVersion").isEmpty()) {
            throw ApiProblem.badRequest("apiVersion must be set in an applied configuration");
        }
        if (!Json.at(configuration, "metadata", "managedFields").isEmpty()) {
            throw ApiProblem.badRequest("metadata.managedFields must be nil");
        }
        checkNamespace(type, key.namespace(), configuration);
        Json.child(configuration, "metadata").put("name", nameOf(key, configuration));
        checkName(type, key.name());
    }

    /** Who names a uid means an object that is there. */
    static void checkNoUid(ResourceType type, ObjectKey key, ObjectNode configuration) {
        var uid = ObjectMetadata.uid(configuration);
        if (!uid.isEmpty()) {
            throw ApiProblem.conflict(
                    type,
                    key.name(),
                    "uid mismatch: the provided object specified uid " + uid + ", and no existing object was found");
        }
    }

    /** Refuses a write that is not about the stored object, or not about its latest version. */
    static void checkUpdate(ResourceType type, ObjectKey key, ObjectNode object, ObjectNode live) {
        checkKind(type, object);
        checkNamespace(type, key.namespace(), object);
        Json.child(object, "metadata").put("name", nameOf(key, object));
        var version = Json.text(object, "metadata", "resourceVersion");
        if (!version.isEmpty() && !version.equals(Json.text(live, "metadata", "resourceVersion"))) {
            throw ApiProblem.conflict(type, key.name(), CHANGED);
        }
        var uid = ObjectMetadata.uid(object);
        if (!uid.isEmpty() && !uid.equals(ObjectMetadata.uid(live))) {
            throw ApiProblem.conflict(
                    type,
                    key.name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: "
                            + ObjectMetadata.uid(live));
        }
    }

    private static String nameOf(ObjectKey key, ObjectNode object) {
        var name = ObjectMetadata.name(object);
        if (!name.isEmpty() && !name.equals(key.name())) {
            throw ApiProblem.badRequest(
                    "the name of the object (" + name + ") does not match the name on the URL (" + key.name() + ")");
        }
        return key.name();
    }

    private static String suffix() {
        var suffix = new StringBuilder();
        for (var i = 0; i < SUFFIX_LENGTH; i++) {
            suffix.append(SUFFIX_LETTERS.charAt(ThreadLocalRandom.current().nextInt(SUFFIX_LETTERS.length())));
        }
        return suffix.toString();
    }
}
