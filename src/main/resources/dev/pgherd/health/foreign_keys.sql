-- Foreign keys whose columns begin no index; one of a partition is judged with that of the whole table.
SELECT n.nspname::text AS schema, t.relname::text AS table, pg_catalog.format('%I.%I', n.nspname, t.relname) AS reference,
       c.names AS columns, c.quoted AS key, pn.nspname::text AS parent_schema, p.relname::text AS parent_table,
       pg_catalog.format('%I.%I', pn.nspname, p.relname) AS parent, pc.names AS parent_columns,
       t.relkind = 'p' AS partitioned, s.pages * pg_catalog.current_setting('block_size')::bigint AS bytes,
       pg_catalog.pg_stat_get_tuples_deleted(p.oid) AS deleted,
       extract(epoch FROM pg_catalog.now() - coalesce(d.stats_reset, pg_catalog.pg_postmaster_start_time())) AS seconds,
       c.readable AND pc.readable AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
         AND pg_catalog.has_schema_privilege(pn.oid, 'USAGE') AS readable
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class t ON t.oid = k.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
JOIN pg_catalog.pg_class p ON p.oid = k.confrelid
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
JOIN LATERAL (
  SELECT pg_catalog.array_agg(a.attname::text ORDER BY x.place) AS names,
         pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY x.place) AS quoted,
         pg_catalog.bool_and(pg_catalog.has_column_privilege(k.conrelid, a.attnum, 'SELECT')) AS readable
  FROM unnest(k.conkey) WITH ORDINALITY x (number, place)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.number) c ON true
JOIN LATERAL (
  SELECT pg_catalog.array_agg(a.attname::text) AS names,
         pg_catalog.bool_and(pg_catalog.has_column_privilege(k.confrelid, a.attnum, 'SELECT')) AS readable
  FROM pg_catalog.pg_attribute a WHERE a.attrelid = k.confrelid AND a.attnum = ANY (k.confkey)) pc ON true
JOIN LATERAL (
  SELECT CASE WHEN t.relkind = 'p'
              THEN (SELECT sum(greatest(l.relpages, 0)) FROM pg_catalog.pg_partition_tree(t.oid) r
                    JOIN pg_catalog.pg_class l ON l.oid = r.relid)
              ELSE t.relpages END AS pages) s ON s.pages > 128
LEFT JOIN pg_catalog.pg_stat_database d ON d.datname = pg_catalog.current_database()
WHERE k.contype = 'f' AND k.conparentid = 0
  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
    JOIN pg_catalog.pg_am m ON m.oid = ic.relam AND m.amname IN ('btree', 'hash')
    WHERE i.indrelid = k.conrelid AND i.indisvalid
      AND (i.indpred IS NULL OR pg_catalog.pg_get_expr(i.indpred, i.indrelid) = '(' || c.quoted || ' IS NOT NULL)')
      AND i.indnkeyatts >= pg_catalog.cardinality(k.conkey)
      AND (i.indkey::int2[])[0:pg_catalog.cardinality(k.conkey) - 1] @> k.conkey)
ORDER BY n.nspname, t.relname, c.quoted
