-- A default or a generation expression is shown where all that it uses is.
WITH locked AS MATERIALIZED (
  SELECT l.relation AS rel FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_database d ON d.oid = l.database
  WHERE d.datname = pg_catalog.current_database() AND l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock'
    AND l.pid <> pg_catalog.pg_backend_pid()),
  uses AS MATERIALIZED (
    SELECT f.oid AS expression, d.refobjid AS rel, d.refobjsubid AS number
    FROM pg_catalog.pg_attrdef f JOIN pg_catalog.pg_attribute g ON (g.attrelid, g.attnum) = (f.adrelid, f.adnum)
    JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass
      AND (d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = f.oid
           OR d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = f.adrelid AND d.objsubid = f.adnum
             AND g.attgenerated <> '')
    WHERE f.adrelid = ANY ($1::oid[]) AND (d.refobjid, d.refobjsubid) <> (f.adrelid, f.adnum::int)
    UNION
    SELECT f.oid, o.refobjid, 0
    FROM pg_catalog.pg_attrdef f
    JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass
      AND d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = f.oid
    JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'
    JOIN pg_catalog.pg_depend o ON o.classid = 'pg_catalog.pg_class'::regclass AND o.objid = s.oid AND o.deptype IN ('a', 'i')
      AND o.refclassid = 'pg_catalog.pg_class'::regclass
    WHERE f.adrelid = ANY ($1::oid[])),
  seen AS MATERIALIZED (
    SELECT u.expression,
           pg_catalog.bool_and(CASE WHEN c.relkind = 'S' THEN pg_catalog.has_schema_privilege(c.relnamespace, 'USAGE')
                                    WHEN u.number = 0 THEN pg_catalog.has_any_column_privilege(u.rel, 'SELECT')
                                    ELSE pg_catalog.has_column_privilege(u.rel, u.number::int2, 'SELECT') END) AS visible,
           pg_catalog.array_agg(ARRAY[n.nspname::text, c.relname::text, coalesce(a.attname::text, '')]) AS names
    FROM uses u JOIN pg_catalog.pg_class c ON c.oid = u.rel JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = u.rel AND a.attnum = u.number AND u.number > 0
    GROUP BY u.expression)
SELECT a.attrelid AS rel, a.attname::text AS name, pg_catalog.quote_ident(a.attname) AS reference,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
       a.attidentity::text AS identity, a.attgenerated::text AS generated,
       CASE WHEN coalesce(s.visible, true) AND a.attrelid NOT IN (SELECT l.rel FROM locked l)
            THEN pg_catalog.pg_get_expr(f.adbin, f.adrelid) END AS expression,
       s.names AS uses,
       (SELECT pg_catalog.array_agg(e.enumlabel ORDER BY e.enumsortorder)
        FROM (SELECT l.enumlabel::text, l.enumsortorder FROM pg_catalog.pg_enum l
              WHERE l.enumtypid IN (t.oid, t.typelem, t.typbasetype) ORDER BY l.enumsortorder LIMIT 3000) e) AS labels,
       CASE WHEN t.typtype = 'd'
            THEN concat_ws(' ', pg_catalog.format_type(t.typbasetype, t.typtypmod), CASE WHEN t.typnotnull THEN 'NOT NULL' END,
                           (SELECT pg_catalog.string_agg(pg_catalog.pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname)
                            FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c')) END AS domain,
       coalesce(pg_catalog.col_description(a.attrelid, a.attnum), '') AS comment
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef f ON (f.adrelid, f.adnum) = (a.attrelid, a.attnum)
LEFT JOIN seen s ON s.expression = f.oid
WHERE a.attrelid = ANY ($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
  AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')
ORDER BY a.attrelid, a.attnum
