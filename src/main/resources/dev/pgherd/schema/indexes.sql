-- An index is shown where every column that it or its condition uses may be read.
WITH locked AS MATERIALIZED (
  SELECT l.relation AS rel FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_database d ON d.oid = l.database
  WHERE d.datname = pg_catalog.current_database() AND l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
    AND l.pid <> pg_catalog.pg_backend_pid()),
  used AS MATERIALIZED (
    SELECT i.indexrelid AS index, i.indrelid AS rel, x.number::int2 AS number
    FROM pg_catalog.pg_index i, unnest(i.indkey::int2[]) x (number)
    WHERE i.indrelid = ANY ($1::oid[]) AND x.number <> 0
    UNION
    SELECT i.indexrelid, i.indrelid, d.refobjsubid::int2
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid
      AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = i.indrelid
    WHERE i.indrelid = ANY ($1::oid[]) AND (i.indexprs IS NOT NULL OR i.indpred IS NOT NULL)),
  seen AS MATERIALIZED (
    SELECT u.index, pg_catalog.bool_and(
             CASE WHEN u.number <= 0 THEN pg_catalog.has_table_privilege(u.rel, 'SELECT')
                  ELSE pg_catalog.has_column_privilege(u.rel, u.number, 'SELECT') END) AS visible,
           pg_catalog.array_agg(coalesce(a.attname::text, '')) AS columns
    FROM used u LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = u.rel AND a.attnum = u.number AND u.number > 0
    GROUP BY u.index)
SELECT i.indrelid AS rel, c.relname::text AS name, i.indisunique AS unique, i.indisprimary AS primary,
       i.indisvalid AND i.indisready AND i.indislive AS valid, s.columns AS columns,
       CASE WHEN i.indrelid NOT IN (SELECT l.rel FROM locked l) THEN pg_catalog.pg_get_indexdef(i.indexrelid) END AS definition
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN seen s ON s.index = i.indexrelid AND s.visible
WHERE i.indrelid = ANY ($1::oid[])
ORDER BY i.indisprimary DESC, c.relname
