package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.tool.FailureKind;
import dev.pgherd.mcp.tool.InputRequiredException;
import dev.pgherd.mcp.tool.ToolFailedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that the server can be asked, by the names of the protocol. */
public final class Methods {

    private static final Logger LOG = LoggerFactory.getLogger(Methods.class);

    private final Map<String, Method> methods = new HashMap<>();
    private final List<Predicate<String>> follows;
    private final ObjectNode capabilities = JsonNodeFactory.instance.objectNode();

    /** Whether anybody answers can always be asked. */
    public Methods(List<Feature> features) {
        methods.put("ping", request -> JsonNodeFactory.instance.objectNode());
        features.forEach(feature -> {
            capabilities.set(feature.capability(), feature.details());
            methods.putAll(feature.methods());
        });
        this.follows = features.stream().map(Feature::follows).toList();
    }

    /** What clients are told that the server can do. */
    public ObjectNode capabilities() {
        return capabilities.deepCopy();
    }

    /** Whether clients are told so. */
    public boolean offers(String capability, String detail) {
        return capabilities.path(capability).path(detail).asBoolean();
    }

    /** Whether clients may ever hear that this resource has changed. */
    public boolean follows(String uri) {
        return follows.stream().anyMatch(feature -> feature.test(uri));
    }

    public boolean has(String method) {
        return methods.containsKey(method);
    }

    public Optional<Freshness> freshness(String method) {
        return Optional.ofNullable(methods.get(method)).flatMap(Method::freshness);
    }

    /**
     * Runs it in this thread.
     *
     * @throws RpcException when there is no such method, or it has no answer
     * @throws InputRequiredException when it needs to know something from the client first
     */
    public ObjectNode answer(String name, Request request) {
        var method = methods.get(name);
        if (method == null) {
            throw new RpcException(RpcError.METHOD_NOT_FOUND, "This server has no method %s.".formatted(name));
        }
        try {
            return method.answer(request);
        } catch (RpcException | InputRequiredException e) {
            throw e;
        } catch (ToolFailedException e) {
            throw new RpcException(code(e.result().kind()), e.result().message());
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("method", name).setCause(e).log("A method failed unexpectedly");
            throw new RpcException(RpcError.INTERNAL, "Internal error; the server's log has the details.");
        }
    }

    private static int code(FailureKind kind) {
        return switch (kind) {
            case INVALID, NOT_FOUND, CONFLICT, FORBIDDEN -> RpcError.INVALID_PARAMS;
            case LIMITED, UNAVAILABLE, FAILED, INTERNAL -> RpcError.INTERNAL;
        };
    }
}
