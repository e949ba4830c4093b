WITH
  schemas AS (
    SELECT n.oid, n.nspname, n.nspacl FROM pg_namespace n WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'),
  -- What an extension or a superuser made is closed: what happens in it, and what its views show, has a superuser's rights.
  ours AS (
    SELECT c.oid, c.relkind AS kind, c.relacl AS acl, format('%I.%I', s.nspname, c.relname) AS name, {closed} AS closed
    FROM pg_class c JOIN schemas s ON s.oid = c.relnamespace JOIN pg_roles a ON a.oid = c.relowner
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')),
  allowed (role, privilege, sequence) AS (VALUES
    ('{reader-name}'::regrole::oid, 'SELECT', false),
    ('{writer-name}'::regrole, 'SELECT', false),
    ('{writer-name}'::regrole, 'INSERT', false),
    ('{writer-name}'::regrole, 'UPDATE', false),
    ('{writer-name}'::regrole, 'DELETE', false),
    ('{writer-name}'::regrole, 'USAGE', true),
    ('{writer-name}'::regrole, 'SELECT', true)),
  judged AS (
    SELECT o.name, o.kind, p.role, p.privilege,
           NOT (o.closed AND (p.privilege <> 'SELECT' OR o.kind IN ('v', 'm', 'S'))) AS wanted,
           EXISTS (SELECT FROM aclexplode(o.acl) x
                   WHERE x.grantee = p.role AND x.privilege_type = p.privilege) AS present
    FROM ours o JOIN allowed p ON p.sequence = (o.kind = 'S'))
SELECT format('GRANT USAGE ON SCHEMA %I TO %s', s.nspname, role::regrole)
FROM schemas s, unnest(ARRAY['{reader-name}'::regrole::oid, '{writer-name}'::regrole]) role
WHERE NOT EXISTS (SELECT FROM aclexplode(s.nspacl) x WHERE x.grantee = role AND x.privilege_type = 'USAGE')
UNION ALL
SELECT format(CASE WHEN j.wanted THEN 'GRANT %s ON %s %s TO %s' ELSE 'REVOKE %s ON %s %s FROM %s CASCADE' END,
              string_agg(j.privilege, ', '), CASE j.kind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, j.name,
              j.role::regrole)
FROM judged j WHERE j.wanted <> j.present GROUP BY j.name, j.kind, j.role, j.wanted
