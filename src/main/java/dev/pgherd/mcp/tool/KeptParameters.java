package dev.pgherd.mcp.tool;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Parameters of a server that only people change: they decide about safety, of all who are there, or keep it from starting. */
final class KeptParameters {

    private static final Set<String> NAMES = Set.of(
            "backslash_quote",
            "createrole_self_grant",
            "data_sync_retry",
            "default_table_access_method",
            "default_tablespace",
            "event_triggers",
            "fsync",
            "full_page_writes",
            "huge_pages",
            "lo_compat_privileges",
            "log_directory",
            "log_filename",
            "log_file_mode",
            "oauth_validator_libraries",
            "restart_after_crash",
            "role",
            "row_security",
            "search_path",
            "session_authorization",
            "session_replication_role",
            "standard_conforming_strings",
            "stats_temp_directory",
            "temp_tablespaces",
            "transform_null_equals",
            "wal_level",
            "zero_damaged_pages");
    private static final List<String> FAMILIES =
            List.of("allow_", "debug_", "default_transaction_", "gss_", "ignore_", "krb_", "transaction_");

    private static final String PRELOADED = "shared_preload_libraries";

    /** What {@code top_queries} needs; it is part of PostgreSQL. */
    private static final String HARMLESS = "pg_stat_statements";

    private KeptParameters() {}

    /** Fails where it is one of them. */
    static void requireOpen(String name, String before, String after) {
        if (NAMES.contains(name) || FAMILIES.stream().anyMatch(name::startsWith)) {
            throw refused(name);
        }
        if (name.equals(PRELOADED) && !others(before).equals(others(after))) {
            throw refused("%s, but for %s".formatted(name, HARMLESS));
        }
    }

    private static List<String> others(String libraries) {
        return Arrays.stream(libraries.split("[, ]+", -1))
                .filter(library -> !library.isEmpty() && !library.equals(HARMLESS))
                .toList();
    }

    private static ToolFailedException refused(String what) {
        return new ToolFailedException(
                FailureKind.FORBIDDEN,
                "Nothing was done: the parameter %s is not for agents. A person sets it with kubectl edit pgi, in spec.postgresql.parameters."
                        .formatted(what));
    }
}
