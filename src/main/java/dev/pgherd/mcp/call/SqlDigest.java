package dev.pgherd.mcp.call;

import dev.pgherd.digest.Sha256;
import dev.pgherd.sql.StatementKind;

/** What the audit log may know of a statement: which it was, and of what kind, but not what it says. */
record SqlDigest(String hash, String kind) {

    private static final int HASH_BYTES = 6;

    static SqlDigest of(String sql) {
        return new SqlDigest(Sha256.hex(sql, HASH_BYTES), StatementKind.of(sql));
    }
}
