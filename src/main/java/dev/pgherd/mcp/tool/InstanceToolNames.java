package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
        var end = "_%s-%s".formatted(hash(instance), suffix);
        return name.substring(0, MAX_LENGTH - end.length()) + end;
    }

    private static String hash(String instance) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(instance.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
