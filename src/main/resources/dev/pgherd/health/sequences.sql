-- Where a column of a smaller type takes the numbers, that one is full first.
SELECT q.schemaname::text AS schema, coalesce(t.relname::text, q.sequencename::text) AS table,
       coalesce(a.attname::text, '') AS column,
       pg_catalog.format('%I.%I', q.schemaname, q.sequencename) AS reference,
       q.last_value AS last, q.start_value AS first, q.increment_by AS step, q.cycle AS cycle,
       least(q.max_value, CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647
                          ELSE 9223372036854775807 END) AS most,
       pg_catalog.has_sequence_privilege(c.oid, 'SELECT, USAGE') AS readable
FROM pg_catalog.pg_sequences q
JOIN pg_catalog.pg_namespace n ON n.nspname = q.schemaname
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = q.sequencename
LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
  AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
LEFT JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  AND (d.refobjid IS NULL OR pg_catalog.has_column_privilege(d.refobjid, d.refobjsubid::int2, 'SELECT'))
