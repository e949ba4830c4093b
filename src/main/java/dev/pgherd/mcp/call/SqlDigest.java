package dev.pgherd.mcp.call;

import dev.pgherd.sql.StatementKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the audit log may know of a statement: which it was, and of what kind, but not what it says. */
record SqlDigest(String hash, String kind) {

    private static final int HASH_BYTES = 6;

    static SqlDigest of(String sql) {
        return new SqlDigest(hash(sql), StatementKind.of(sql));
    }

    private static String hash(String sql) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
