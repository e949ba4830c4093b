package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What a method of the protocol answers, whatever the revision and the transport. */
@FunctionalInterface
public interface Method {

    /**
     * The result, without what only some revisions want in it.
     *
     * @throws RpcException when there is none; the message is for the caller
     */
    ObjectNode answer(Request request);

    /** How long a result may be used again, for methods where the protocol wants that said. */
    default Optional<Freshness> freshness() {
        return Optional.empty();
    }

    /** The same method, whose results may be used again. */
    default Method fresh(Freshness freshness) {
        return new FreshMethod(this, freshness);
    }
}
