SELECT n.nspname::text AS name, pg_catalog.left(pg_catalog.obj_description(n.oid, 'pg_namespace'), 1000) AS comment
FROM pg_catalog.pg_namespace n
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
