package dev.pgherd.mcp.approval;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.digest.Sha256;

/**
 * What a caller wants to do to one instance in one state.
 *
 * @param generation of the spec; a new status changes nothing about what is approved
 * @param arguments in a form in which the same are written the same
 */
public record Deed(String caller, String uid, long generation, String action, String arguments) {

    public static Deed to(PostgresInstance instance, String caller, String action, String arguments) {
        var metadata = instance.getMetadata();
        return new Deed(caller, metadata.getUid(), metadata.getGeneration(), action, arguments);
    }

    /** Names what is to happen, whoever asks for it and whenever. */
    public String name() {
        return new Deed("", uid, generation, action, arguments).digest(0);
    }

    String digest(long expiry) {
        var text = new StringBuilder();
        // The lengths keep one field from passing for the end of another.
        for (var field : new String[] {caller, uid, action, arguments}) {
            text.append(field.length()).append(':').append(field);
        }
        text.append(generation).append(':').append(expiry);
        return Base32.of(Sha256.of(text.toString()));
    }
}
