package dev.pgherd.mcp.approval;

import dev.pgherd.api.InstanceKey;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All of what this replica has lately asked people about, for those alone who may approve it: Events are read by agents. */
public final class OpenRequests {

    /** Each is a text of a length that people read. */
    private static final int MOST = 200;

    private final Clock clock;
    private final Map<String, OpenRequest> byToken = new LinkedHashMap<>();

    public OpenRequests(Clock clock) {
        this.clock = clock;
    }

    /** The oldest goes where there are too many. */
    synchronized void add(InstanceKey instance, ApprovalToken token, String what) {
        var now = clock.instant();
        byToken.values().removeIf(request -> request.token().expired(now));
        byToken.put(token.toString(), new OpenRequest(instance, token, what));
        if (byToken.size() > MOST) {
            byToken.remove(byToken.keySet().iterator().next());
        }
    }

    /** It has been used, and stands for nothing until somebody asks for the same anew. */
    synchronized void remove(String token) {
        byToken.remove(token);
    }

    /** Empty also where another replica asked. */
    public synchronized Optional<OpenRequest> find(InstanceKey instance, String token) {
        return Optional.ofNullable(byToken.get(token))
                .filter(request -> request.instance().equals(instance))
                .filter(request -> !request.token().expired(clock.instant()));
    }
}
