-- An index is judged where every column that it or its condition uses may be read.
WITH used AS (
    SELECT i.indexrelid AS index, i.indrelid AS rel, x.number::int2 AS number
    FROM pg_catalog.pg_index i, unnest(i.indkey::int2[]) x (number) WHERE x.number <> 0
    UNION
    SELECT i.indexrelid, i.indrelid, d.refobjsubid::int2
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid
      AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = i.indrelid
    WHERE i.indexprs IS NOT NULL OR i.indpred IS NOT NULL),
  seen AS (
    SELECT u.index, pg_catalog.bool_and(
             CASE WHEN u.number <= 0 THEN pg_catalog.has_table_privilege(u.rel, 'SELECT')
                  ELSE pg_catalog.has_column_privilege(u.rel, u.number, 'SELECT') END) AS visible,
           pg_catalog.array_agg(coalesce(a.attname::text, '')) AS columns
    FROM used u LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = u.rel AND a.attnum = u.number AND u.number > 0
    GROUP BY u.index)
SELECT n.nspname::text AS schema, t.relname::text AS table, pg_catalog.format('%I.%I', n.nspname, c.relname) AS reference,
       pg_catalog.format('%I.%I', n.nspname, t.relname) AS of, s.columns AS columns,
       i.indisunique OR i.indisprimary OR i.indisexclusion OR i.indisreplident AS needed,
       i.indisvalid AND i.indisready AS valid,
       coalesce(x.idx_scan, 0) AS scans, c.relpages::bigint * pg_catalog.current_setting('block_size')::bigint AS bytes,
       extract(epoch FROM pg_catalog.now() - coalesce(d.stats_reset, pg_catalog.pg_postmaster_start_time())) AS seconds,
       pg_catalog.concat_ws('/', i.indrelid, m.amname, i.indisunique, i.indkey, i.indclass, i.indcollation, i.indoption,
                            i.indexprs::text, i.indpred::text) AS signature,
       CASE WHEN m.amname = 'btree' AND i.indexprs IS NULL AND i.indpred IS NULL AND i.indnatts = i.indnkeyatts
            THEN ARRAY(SELECT pg_catalog.concat_ws(':', k, o, l, p)
                       FROM unnest(i.indkey::int2[], i.indclass::oid[], i.indcollation::oid[], i.indoption::int2[]) z (k, o, l, p))
       END AS keys
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND c.relkind = 'i'
JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
JOIN pg_catalog.pg_am m ON m.oid = c.relam
JOIN seen s ON s.index = i.indexrelid AND s.visible
LEFT JOIN pg_catalog.pg_stat_all_indexes x ON x.indexrelid = i.indexrelid
LEFT JOIN pg_catalog.pg_stat_database d ON d.datname = pg_catalog.current_database()
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_any_column_privilege(t.oid, 'SELECT')
ORDER BY n.nspname, t.relname, c.relname
