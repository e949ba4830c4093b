SELECT l.pid AS pid, coalesce(w.usename::text, '') AS role, b.pid AS blocker, coalesce(s.usename::text, '') AS blocking_role,
       coalesce(s.application_name, '') AS application, l.mode AS mode, l.locktype AS type,
       extract(epoch FROM pg_catalog.clock_timestamp() - l.waitstart) AS seconds,
       CASE WHEN c.oid IS NOT NULL AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
             AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT') THEN n.nspname::text END AS lock_schema,
       CASE WHEN c.oid IS NOT NULL AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
             AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT') THEN c.relname::text END AS lock_table
FROM pg_catalog.pg_locks l
JOIN pg_catalog.pg_stat_activity w ON w.pid = l.pid
CROSS JOIN LATERAL unnest(pg_catalog.pg_blocking_pids(l.pid)) b (pid)
LEFT JOIN pg_catalog.pg_stat_activity s ON s.pid = b.pid
LEFT JOIN pg_catalog.pg_class c ON c.oid = l.relation AND c.relkind IN ('r', 'p', 'm', 'v', 'f')
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE NOT l.granted AND w.datname = pg_catalog.current_database()
