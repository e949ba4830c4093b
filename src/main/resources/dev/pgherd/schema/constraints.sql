-- Keys in both directions, where every column of both sides may be read.
WITH locked AS MATERIALIZED (
  SELECT l.relation AS rel FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_database d ON d.oid = l.database
  WHERE d.datname = pg_catalog.current_database() AND l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
    AND l.pid <> pg_catalog.pg_backend_pid()),
  sides AS (
    SELECT k.oid AS constraint, side.other, n.nspname::text AS schema, c.relname::text AS name,
           pg_catalog.format('%I.%I', n.nspname, c.relname) AS reference,
           coalesce(pg_catalog.array_agg(a.attname::text ORDER BY x.place) FILTER (WHERE a.attname IS NOT NULL), '{}') AS columns,
           pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.bool_and(
             CASE WHEN coalesce(x.number, 0) <= 0 OR (k.contype = 'x') THEN pg_catalog.has_table_privilege(c.oid, 'SELECT')
                  ELSE pg_catalog.has_column_privilege(c.oid, x.number, 'SELECT') END) AS visible
    FROM pg_catalog.pg_constraint k
    CROSS JOIN LATERAL (VALUES (false, k.conrelid, k.conkey), (true, k.confrelid, k.confkey)) side (other, rel, key)
    JOIN pg_catalog.pg_class c ON c.oid = side.rel
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN LATERAL unnest(side.key) WITH ORDINALITY x (number, place) ON true
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = side.rel AND a.attnum = x.number
    WHERE k.contype IN ('p', 'u', 'f', 'c', 'x')
      AND (k.conrelid = ANY ($1::oid[]) OR (k.confrelid = ANY ($1::oid[]) AND k.conparentid = 0))
    GROUP BY k.oid, k.contype, side.other, n.oid, n.nspname, c.oid, c.relname)
SELECT k.oid AS oid, k.conname::text AS name, k.contype::text AS kind,
       k.conrelid AS rel, s.schema AS schema, s.name AS table, s.reference AS reference, s.columns AS columns,
       k.confrelid AS other_rel, o.schema AS other_schema, o.name AS other_table, o.reference AS other_reference,
       o.columns AS other_columns, k.confdeltype::text AS on_delete, k.confupdtype::text AS on_update,
       k.convalidated AS valid,
       CASE WHEN k.contype IN ('c', 'x') AND k.conrelid NOT IN (SELECT l.rel FROM locked l)
            THEN pg_catalog.pg_get_constraintdef(k.oid) END AS definition
FROM pg_catalog.pg_constraint k
JOIN sides s ON s.constraint = k.oid AND NOT s.other AND s.visible
LEFT JOIN sides o ON o.constraint = k.oid AND o.other
WHERE coalesce(o.visible, true)
ORDER BY s.schema, s.name, k.conname
