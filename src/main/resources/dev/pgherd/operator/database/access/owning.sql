-- Whoever owns a table can change and drop it. In any order: those that fail are not always the first.
SELECT * FROM (
  SELECT format('ALTER TABLE %I.%I OWNER TO %I', n.nspname, c.relname, {owner-name})
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relowner = '{writer-name}'::regrole AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relpersistence <> 't'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                    AND d.deptype IN ('a', 'i') AND d.refclassid = 'pg_class'::regclass AND c.relkind = 'S')
  ORDER BY random()) relations
UNION ALL
SELECT format('REASSIGN OWNED BY {writer} TO %I', {owner-name})
WHERE EXISTS (SELECT FROM pg_shdepend d JOIN pg_database b ON b.oid = d.dbid
              WHERE b.datname = current_database() AND d.deptype = 'o' AND d.classid <> 'pg_default_acl'::regclass
                AND d.refclassid = 'pg_authid'::regclass AND d.refobjid = '{writer-name}'::regrole)
