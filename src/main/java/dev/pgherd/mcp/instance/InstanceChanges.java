package dev.pgherd.mcp.instance;

import dev.pgherd.api.InstanceKey;
import java.util.Set;

/**
 * What happened since the last notice.
 *
 * @param touched those that came, went, or are not as they were
 * @param listed whether one came or went
 */
public record InstanceChanges(Set<InstanceKey> touched, boolean listed) {

    public InstanceChanges {
        touched = Set.copyOf(touched);
    }
}
