SELECT n.nspname::text AS schema, c.relname::text AS table, pg_catalog.format('%I.%I', n.nspname, c.relname) AS reference,
       coalesce(s.n_live_tup, 0) AS live, coalesce(s.n_dead_tup, 0) AS dead, coalesce(s.n_mod_since_analyze, 0) AS changed,
       c.reltuples AS rows, greatest(s.last_vacuum, s.last_autovacuum)::text AS vacuumed,
       pg_catalog.age(c.relfrozenxid) AS age, pg_catalog.current_setting('autovacuum_freeze_max_age')::bigint AS most,
       coalesce(c.reloptions::text LIKE '%autovacuum_enabled=false%', false) AS off
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_stat_all_tables s ON s.relid = c.oid
WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
UNION ALL
SELECT NULL, NULL, 'database ' || pg_catalog.quote_ident(d.datname), 0, 0, 0, 0, NULL, pg_catalog.age(d.datfrozenxid),
       pg_catalog.current_setting('autovacuum_freeze_max_age')::bigint,
       pg_catalog.current_setting('autovacuum') <> 'on'
FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()
