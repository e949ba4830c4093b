-- Sizes come from the catalog: to measure them, each table would have to be opened, and waited for where it is locked.
WITH RECURSIVE
  below AS (
    SELECT i.inhparent AS root, i.inhrelid AS rel
    FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class p ON p.oid = i.inhparent AND p.relkind = 'p'
    UNION ALL
    SELECT b.root, i.inhrelid FROM below b JOIN pg_catalog.pg_inherits i ON i.inhparent = b.rel),
  pages AS (
    SELECT i.indrelid AS rel, sum(c.relpages::bigint) AS pages
    FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid GROUP BY i.indrelid),
  measured AS (
    SELECT c.oid AS rel, CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint END AS rows,
           CASE WHEN c.reltuples >= 0 AND c.relkind IN ('r', 'm')
                THEN c.relpages + coalesce(t.relpages, 0) + coalesce(x.pages, 0) END
             * pg_catalog.current_setting('block_size')::bigint AS bytes
    FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid LEFT JOIN pages x ON x.rel = c.oid
    WHERE c.relkind IN ('r', 'm', 'f')),
  parts AS (
    SELECT b.root AS rel, count(*) AS partitions, sum(m.rows) AS rows, sum(m.bytes) AS bytes
    FROM below b JOIN measured m ON m.rel = b.rel GROUP BY b.root)
SELECT c.oid AS oid, n.nspname::text AS schema, c.relname::text AS name,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS reference, c.relkind::text AS kind,
       coalesce(m.rows, p.rows)::bigint AS rows, coalesce(m.bytes, p.bytes)::bigint AS bytes,
       coalesce(p.partitions, 0)::int AS partitions,
       CASE WHEN c.relispartition THEN i.inhparent ELSE 0 END::oid AS parent,
       coalesce(e.extname::text, '') AS extension,
       coalesce(pg_catalog.left(pg_catalog.obj_description(c.oid, 'pg_class'), 1000), '') AS comment
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN measured m ON m.rel = c.oid
LEFT JOIN parts p ON p.rel = c.oid
LEFT JOIN pg_catalog.pg_inherits i ON c.relispartition AND i.inhrelid = c.oid
LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
  AND d.deptype = 'e'
LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
