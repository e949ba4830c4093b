package dev.pgherd.devcluster.apiserver.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A request that is refused, as the Status object that Kubernetes answers with. */
public final class ApiProblem extends RuntimeException {

    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    private ApiProblem(int code, String reason, String message, ObjectNode details) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    /** One field of an invalid object: the reason's name in the API, what is wrong, and where. */
    public record Cause(String reason, String message, String field) {

        String asText() {
            return field + ": " + message;
        }
    }

    public static ApiProblem notFound(ResourceType type, String name) {
        return about(404, "NotFound", type.qualifiedName() + " \"" + name + "\" not found", type, name);
    }

    public static ApiProblem namespaceNotFound(String name) {
        var message = "namespaces \"" + name + "\" not found";
        return new ApiProblem(404, "NotFound", message, details("", "namespaces", name));
    }

    public static ApiProblem noSuchPath() {
        return new ApiProblem(404, "NotFound", "the server could not find the requested resource", Json.object());
    }

    public static ApiProblem alreadyExists(ResourceType type, String name) {
        return about(409, "AlreadyExists", type.qualifiedName() + " \"" + name + "\" already exists", type, name);
    }

    public static ApiProblem conflict(ResourceType type, String name, String why) {
        var message = "Operation cannot be fulfilled on " + type.qualifiedName() + " \"" + name + "\": " + why;
        return about(409, "Conflict", message, type, name);
    }

    public static ApiProblem applyConflict(String message, List<Cause> causes) {
        var details = Json.object();
        addCauses(details, causes);
        return new ApiProblem(409, "Conflict", message, details);
    }

    public static ApiProblem invalid(ResourceType type, String name, List<Cause> causes) {
        var texts = causes.stream().map(Cause::asText).distinct().toList();
        var list = texts.size() == 1 ? texts.get(0) : "[" + String.join(", ", texts) + "]";
        var details = details(type.group(), type.kind(), name);
        addCauses(details, causes);
        var message = type.qualifiedKind() + " \"" + name + "\" is invalid: " + list;
        return new ApiProblem(422, "Invalid", message, details);
    }

    /** A patch whose result cannot be decoded, with that result as JSON. */
    public static ApiProblem invalidPatch(String result, String why) {
        var quoted = "\"" + result.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        var cause = new Cause("FieldValueInvalid", "Invalid value: " + quoted + ": " + why, "patch");
        var details = Json.object();
        addCauses(details, List.of(cause));
        return new ApiProblem(422, "Invalid", " \"\" is invalid: " + cause.asText(), details);
    }

    public static ApiProblem badRequest(String message) {
        return new ApiProblem(400, "BadRequest", message, Json.object());
    }

    public static ApiProblem expired(long requested, long oldest) {
        return new ApiProblem(
                410, "Expired", "too old resource version: " + requested + " (" + oldest + ")", Json.object());
    }

    public static ApiProblem forbidden(String message) {
        return new ApiProblem(403, "Forbidden", message, Json.object());
    }

    /** A namespace that belongs to the cluster itself. */
    public static ApiProblem undeletable(ResourceType type, String name) {
        var message = type.qualifiedName() + " \"" + name + "\" is forbidden: this namespace may not be deleted";
        return about(403, "Forbidden", message, type, name);
    }

    /** What an admission policy denies, in the way of a real server: words of 403, code and reason of the policy. */
    public static ApiProblem denied(ResourceType type, String name, String reason, String why) {
        var details = details(type.group(), type.plural(), name);
        details.putArray("causes").addObject().put("message", why);
        var code = switch (reason) {
            case "Unauthorized" -> 401;
            case "Forbidden" -> 403;
            case "RequestEntityTooLarge" -> 413;
            default -> 422;
        };
        var message = type.qualifiedName() + " \"" + name + "\" is forbidden: " + why;
        return new ApiProblem(code, reason, message, details);
    }

    public static ApiProblem methodNotAllowed() {
        var message = "the server does not allow this method on the requested resource";
        return new ApiProblem(405, "MethodNotAllowed", message, Json.object());
    }

    public static ApiProblem unsupportedMediaType(String supported) {
        var message = "the body of the request was in an unknown format - accepted media types include: " + supported;
        return new ApiProblem(415, "UnsupportedMediaType", message, Json.object());
    }

    public static ApiProblem tooLarge(String message) {
        return new ApiProblem(413, "RequestEntityTooLarge", message, Json.object());
    }

    /** A configuration that does not fit its schema; Kubernetes gives this one no reason. */
    public static ApiProblem untyped(String message) {
        return new ApiProblem(500, "", message, Json.object());
    }

    public static ApiProblem internal(String message) {
        return new ApiProblem(500, "InternalError", message, Json.object());
    }

    private static ApiProblem about(int code, String reason, String message, ResourceType type, String name) {
        return new ApiProblem(code, reason, message, details(type.group(), type.plural(), name));
    }

    private static ObjectNode details(String group, String kind, String name) {
        var details = Json.object().put("name", name);
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        return details.put("kind", kind);
    }

    private static void addCauses(ObjectNode details, List<Cause> causes) {
        var array = details.putArray("causes");
        for (var cause : causes) {
            array.addObject()
                    .put("reason", cause.reason())
                    .put("message", cause.message())
                    .put("field", cause.field());
        }
    }

    public int code() {
        return code;
    }

    /** The Status object of the answer. */
    public ObjectNode status() {
        var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", getMessage());
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        if (!details.isEmpty()) {
            status.set("details", details);
        }
        return status.put("code", code);
    }
}
