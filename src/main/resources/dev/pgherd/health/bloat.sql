-- An estimate from the planner's statistics; a table without them for every column is not judged.
SELECT n.nspname::text AS schema, c.relname::text AS table, pg_catalog.format('%I.%I', n.nspname, c.relname) AS reference,
       c.relpages AS pages, c.reltuples AS rows, w.width AS width,
       pg_catalog.current_setting('block_size')::int AS block,
       coalesce((SELECT pg_catalog.split_part(o, '=', 2)::int FROM unnest(c.reloptions) o WHERE o LIKE 'fillfactor=%'), 100) AS fillfactor
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN LATERAL (
  SELECT sum((1 - s.null_frac) * s.avg_width) AS width, count(*) AS columns
  FROM pg_catalog.pg_stats s WHERE s.schemaname = n.nspname AND s.tablename = c.relname AND NOT s.inherited) w ON true
WHERE c.relkind IN ('r', 'm') AND c.reltuples >= 0 AND c.relpages > 128
  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
  AND w.columns = (SELECT count(*) FROM pg_catalog.pg_attribute a
                   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
