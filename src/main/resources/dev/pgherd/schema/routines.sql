-- A row type among the arguments or the results would name a table that is kept from agents.
SELECT n.nspname::text AS schema, p.proname::text AS name, p.prokind::text AS kind,
       pg_catalog.pg_get_function_identity_arguments(p.oid) AS arguments,
       coalesce(pg_catalog.pg_get_function_result(p.oid), '') AS result,
       coalesce(e.extname::text, '') AS extension,
       coalesce(pg_catalog.left(pg_catalog.obj_description(p.oid, 'pg_proc'), 300), '') AS comment
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_function_privilege(p.oid, 'EXECUTE')
  AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
    WHERE t.oid = ANY (coalesce(p.proallargtypes, p.proargtypes::oid[]) || p.prorettype)
      AND coalesce(nullif(t.typrelid, 0), e.typrelid, 0) <> 0
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = coalesce(nullif(t.typrelid, 0), e.typrelid)
                      AND (c.relkind = 'c' OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT'))))
