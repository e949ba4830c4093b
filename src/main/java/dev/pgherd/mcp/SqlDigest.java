package dev.pgherd.mcp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the audit log may know of a statement: which it was, and of what kind, but not what it says. */
record SqlDigest(String hash, String kind) {

    private static final int HASH_BYTES = 6;
    private static final Pattern FIRST_WORD =
            Pattern.compile("^(?:\\s|--[^\\n]*+\\n|/\\*(?s:.*?)\\*/|\\()*+([A-Za-z]+)");
    private static final Set<String> KINDS = Set.of(
            "SELECT",
            "WITH",
            "VALUES",
            "TABLE",
            "SHOW",
            "EXPLAIN",
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "CREATE",
            "ALTER",
            "DROP",
            "TRUNCATE",
            "COMMENT",
            "GRANT",
            "REVOKE",
            "ANALYZE",
            "REFRESH",
            "COPY",
            "CALL",
            "DO");

    static SqlDigest of(String sql) {
        var first = FIRST_WORD.matcher(sql);
        var word = first.find() ? first.group(1).toUpperCase(Locale.ROOT) : "";
        return new SqlDigest(hash(sql), KINDS.contains(word) ? word : "OTHER");
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
