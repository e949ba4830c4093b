package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A method whose results may be used again for a while. */
record FreshMethod(Method method, Freshness hint) implements Method {

    @Override
    public ObjectNode answer(Request request) {
        return method.answer(request);
    }

    @Override
    public Optional<Freshness> freshness() {
        return Optional.of(hint);
    }
}
