package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.digest.Sha256;

/**
 * Names for the tools of one instance that no other instance's tools have, whichever else come later. What is not in the
 * default namespace has its own in front, with a mark that no name of Kubernetes contains.
 */
record InstanceToolNames(String prefix, String defaultNamespace) {

    /** What clients allow. */
    static final int MAX_LENGTH = 64;

    private static final int HASH_BYTES = 4;

    String of(InstanceKey key, String suffix) {
        var instance = key.namespace().equals(defaultNamespace) ? key.name() : key.namespace() + "_" + key.name();
        var name = "%s%s-%s".formatted(prefix, instance, suffix);
        if (name.length() <= MAX_LENGTH) {
            return name;
        }
        var end = "_%s-%s".formatted(Sha256.hex(instance, HASH_BYTES), suffix);
        return name.substring(0, MAX_LENGTH - end.length()) + end;
    }
}
