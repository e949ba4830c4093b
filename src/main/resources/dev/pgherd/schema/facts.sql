-- What somebody has locked exclusively, or is about to, is not opened: whoever asks would wait for it.
WITH locked AS MATERIALIZED (
  SELECT l.relation AS rel FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_database d ON d.oid = l.database
  WHERE d.datname = pg_catalog.current_database() AND l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
    AND l.pid <> pg_catalog.pg_backend_pid()),
  wanted AS MATERIALIZED (
    SELECT c.*, EXISTS (SELECT FROM locked l WHERE l.rel = c.oid
                        OR l.rel IN (SELECT i.indexrelid FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid)) AS busy
    FROM pg_catalog.pg_class c
    WHERE c.oid = ANY ($1::oid[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT'))
SELECT c.oid AS oid, c.busy AS busy,
       CASE WHEN c.reltuples >= 0 AND c.relkind IN ('r', 'm', 'f') THEN c.reltuples::bigint END AS rows,
       CASE WHEN NOT c.busy AND c.relkind IN ('r', 'm') THEN pg_catalog.pg_total_relation_size(c.oid) END AS bytes,
       c.relrowsecurity AS row_security,
       CASE WHEN NOT c.busy AND NOT EXISTS (
              SELECT FROM unnest(p.partattrs::int2[]) x (number)
              WHERE NOT CASE WHEN x.number = 0 THEN pg_catalog.has_table_privilege(c.oid, 'SELECT')
                             ELSE pg_catalog.has_column_privilege(c.oid, x.number, 'SELECT') END)
            THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_key,
       CASE WHEN NOT c.busy AND NOT EXISTS (
              SELECT FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_partitioned_table u ON u.partrelid = i.inhparent,
                   unnest(u.partattrs::int2[]) x (number)
              WHERE i.inhrelid = c.oid
                AND NOT CASE WHEN x.number = 0 THEN pg_catalog.has_table_privilege(i.inhparent, 'SELECT')
                             ELSE pg_catalog.has_column_privilege(i.inhparent, x.number, 'SELECT') END)
            THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END AS partition_bound,
       (SELECT pg_catalog.array_agg(a.attname::text) FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum = ANY (p.partattrs::int2[])) AS partition_columns
FROM wanted c LEFT JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = c.oid
