package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.Access;
import dev.pgherd.plan.TableFacts;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Reads what the catalog knows of the tables of a plan; they were named there, so they are no secret. */
record TableFactsReader(StatementRuns runs) {

    private static final String FACTS = """
            SELECT n.nspname || '.' || c.relname, c.reltuples::bigint, coalesce(s.n_mod_since_analyze, 0)
            FROM unnest($1::text[], $2::text[]) x (schema, name)
            JOIN pg_catalog.pg_namespace n ON n.nspname = x.schema
            JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = x.name AND c.relkind IN ('r', 'm')
            LEFT JOIN pg_catalog.pg_stat_all_tables s ON s.relid = c.oid
            WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')""";

    List<TableFacts> of(InstanceKey key, Set<List<String>> tables, SqlLimits limits, ToolCall call) {
        if (tables.isEmpty()) {
            return List.of();
        }
        var names = List.copyOf(tables);
        var request = SqlRequest.of(
                FACTS,
                names.stream().map(name -> name.get(0)).toList(),
                names.stream().map(name -> name.get(1)).toList());
        var outcome = runs.statements()
                .run(
                        key,
                        Access.READ,
                        call,
                        (connection, target) -> runs.runner().query(connection, request, limits, call.cancellation()));
        return outcome instanceof SqlOutcome.Rows rows
                ? StreamSupport.stream(rows.rows().tree().spliterator(), false)
                        .map(row -> new TableFacts(
                                row.get(0).asText(),
                                row.get(1).asLong(),
                                row.get(2).asLong()))
                        .toList()
                : List.of();
    }
}
