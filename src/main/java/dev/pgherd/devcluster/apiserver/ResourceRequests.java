package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.WriteOptions.Warnings;
import dev.pgherd.devcluster.apiserver.fields.Manager;
import dev.pgherd.devcluster.apiserver.fields.Patch;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;

/** The verbs on objects and collections, from the request to the answer. */
final class ResourceRequests {

    private static final String APPLY_YAML = "application/apply-patch+yaml";
    private static final String PATCH_TYPES = "application/json-patch+json, application/merge-patch+json,"
            + " application/strategic-merge-patch+json, " + APPLY_YAML;

    private final ObjectStore store;
    private final ObjectWriter writer;
    private final Deletion deletion;
    private final Accept accept;

    ResourceRequests(ObjectStore store, ObjectWriter writer, Deletion deletion, Accept accept) {
        this.store = store;
        this.writer = writer;
        this.deletion = deletion;
        this.accept = accept;
    }

    void handle(Context context, ResourcePath path) throws IOException, InterruptedException {
        var query = new Query(context);
        switch (context.method().name()) {
            case "GET" -> read(context, path, query);
            case "POST" -> create(context, path, query);
            case "PUT" -> update(context, path, query);
            case "PATCH" -> patch(context, path, query);
            case "DELETE" -> delete(context, path, query);
            default -> throw ApiProblem.methodNotAllowed();
        }
    }

    private void read(Context context, ResourcePath path, Query query) throws IOException, InterruptedException {
        var representation = accept.representation(context, query);
        if (query.flag("watch")) {
            var connection = new ClientConnection(context);
            context.res().setContentType("application/json");
            context.res().flushBuffer();
            var out = context.res().getOutputStream();
            new Watch(store, path, query, representation, out).run(connection::gone);
        } else if (path.isCollection()) {
            list(context, path, query, representation);
        } else {
            var found = store.find(path.key()).orElseThrow(() -> ApiProblem.notFound(path.type(), path.name()));
            Answers.json(context, 200, representation.object(path.type(), found));
        }
    }

    private void list(Context context, ResourcePath path, Query query, Representation representation) {
        var selector = query.selector(path.type());
        var listing = store.list(path.type().qualifiedName(), path.namespace());
        var items = listing.items().stream().filter(selector).toList();
        Answers.json(context, 200, representation.list(path.type(), items, listing.resourceVersion()));
    }

    private void create(Context context, ResourcePath path, Query query) {
        if (!path.isCollection()
                || (path.type().namespaced() && path.namespace().isEmpty())) {
            throw ApiProblem.methodNotAllowed();
        }
        var options = options(context, path, query, Manager.UPDATE);
        var created = writer.create(path.type(), path.namespace(), new Body(context).object(), options);
        Answers.json(context, 201, accept.representation(context, query).object(path.type(), created));
    }

    private void update(Context context, ResourcePath path, Query query) {
        requireObject(path);
        var options = options(context, path, query, Manager.UPDATE);
        var updated = writer.update(path.type(), path.key(), new Body(context).object(), options);
        Answers.json(context, 200, accept.representation(context, query).object(path.type(), updated));
    }

    private void patch(Context context, ResourcePath path, Query query) {
        requireObject(path);
        var body = new Body(context);
        if (body.mediaType().equals(APPLY_YAML)) {
            apply(context, path, query);
            return;
        }
        var kind = patchKind(body.mediaType());
        var options = options(context, path, query, Manager.UPDATE);
        var patched = writer.patch(path.type(), path.key(), kind, body.value(), options);
        Answers.json(context, 200, accept.representation(context, query).object(path.type(), patched));
    }

    private static Patch patchKind(String mediaType) {
        return switch (mediaType) {
            case "application/json-patch+json" -> Patch.JSON;
            case "application/merge-patch+json" -> Patch.MERGE;
            case "application/strategic-merge-patch+json" -> Patch.STRATEGIC;
            default -> throw ApiProblem.unsupportedMediaType(PATCH_TYPES);
        };
    }

    private void apply(Context context, ResourcePath path, Query query) {
        if (query.text("fieldManager").isEmpty()) {
            throw ApiProblem.badRequest("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is"
                    + " required for apply patch");
        }
        var options = options(context, path, query, Manager.APPLY);
        var written = writer.apply(path.type(), path.key(), new Body(context).object(), options);
        var representation = accept.representation(context, query);
        Answers.json(context, written.created() ? 201 : 200, representation.object(path.type(), written.object()));
    }

    private void delete(Context context, ResourcePath path, Query query) {
        var body = new Body(context).value();
        var options = DeleteOptions.read(
                body, query.text("propagationPolicy"), query.number("gracePeriodSeconds"), query.dryRun());
        Warnings warnings = text -> Answers.warn(context, text);
        if (!path.isCollection()) {
            Answers.json(context, 200, deletion.delete(path.type(), path.key(), options, warnings));
            return;
        }
        Answers.json(context, 200, deleteAll(path, query, options, warnings));
    }

    private ObjectNode deleteAll(ResourcePath path, Query query, DeleteOptions options, Warnings warnings) {
        var type = path.type();
        var selector = query.selector(type);
        var listing = store.list(type.qualifiedName(), path.namespace());
        var items = listing.items().stream().filter(selector).toList();
        items.forEach(object -> deleteIfPresent(type, object, options, warnings));
        return Representation.plain().list(type, items, store.resourceVersion());
    }

    private void deleteIfPresent(ResourceType type, ObjectNode object, DeleteOptions options, Warnings warnings) {
        try {
            deletion.delete(type, ObjectMetadata.key(type, object), options, warnings);
        } catch (ApiProblem e) {
            if (e.code() != 404) {
                throw e;
            }
        }
    }

    private static void requireObject(ResourcePath path) {
        if (path.isCollection()) {
            throw ApiProblem.methodNotAllowed();
        }
    }

    private static WriteOptions options(Context context, ResourcePath path, Query query, String operation) {
        var stated = query.text("fieldManager");
        var agent = Objects.requireNonNullElse(context.userAgent(), "unknown").split("/", 2)[0];
        var manager = new Manager(
                stated.isEmpty() ? agent : stated, operation, path.type().groupVersion(), path.subresource());
        return new WriteOptions(
                manager,
                query.dryRun(),
                query.flag("force"),
                validation(query.text("fieldValidation")),
                context.method().name().equals("PATCH")
                        ? WriteOptions.UnknownFields.IN_PATCHED_OBJECT
                        : WriteOptions.UnknownFields.IN_OBJECT,
                text -> Answers.warn(context, text));
    }

    private static WriteOptions.FieldValidation validation(String text) {
        try {
            return text.isEmpty()
                    ? WriteOptions.FieldValidation.WARN
                    : WriteOptions.FieldValidation.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiProblem.badRequest("fieldValidation must be Strict, Warn or Ignore: " + text);
        }
    }
}
