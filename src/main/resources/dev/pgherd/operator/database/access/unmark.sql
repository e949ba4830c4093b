-- A mark is a privilege of a role that nobody can be: it stays with its object, whatever the object is called later.
-- What was taken out of the lists loses its mark; a mark that no list explains stays while there is a list.
WITH
  gone AS (SELECT coalesce(array_agg(rule), '{}') AS rules FROM unnest({before}) rule WHERE NOT rule = ANY ({rules})),
  routines AS (
    SELECT p.oid::regprocedure::text AS name
    FROM gone, pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = to_regrole('pgherd_blocked'))
      AND ('function ' || n.nspname || '.' || p.proname = ANY (gone.rules) OR NOT {restricted}
           OR EXISTS (SELECT FROM pg_aggregate a
                      JOIN pg_proc f ON f.oid IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn,
                                                  a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn)
                      JOIN pg_namespace m ON m.oid = f.pronamespace
                      WHERE a.aggfnoid = p.oid AND 'function ' || m.nspname || '.' || f.proname = ANY (gone.rules))))
SELECT format('REVOKE TRIGGER ON TABLE %s FROM pgherd_blocked CASCADE', c.oid::regclass)
FROM gone, pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee = to_regrole('pgherd_blocked'))
  AND ('table ' || n.nspname || '.' || c.relname = ANY (gone.rules) OR cardinality({tables}) = 0)
UNION ALL
SELECT format('REVOKE REFERENCES (%I) ON TABLE %s FROM pgherd_blocked CASCADE', a.attname, c.oid::regclass)
FROM gone, pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE EXISTS (SELECT FROM aclexplode(a.attacl) x WHERE x.grantee = to_regrole('pgherd_blocked'))
  AND (cardinality({columns}) = 0
       OR 'column *.' || a.attname = ANY (gone.rules)
       OR 'column ' || c.relname || '.' || a.attname = ANY (gone.rules)
       OR 'column ' || n.nspname || '.' || c.relname || '.' || a.attname = ANY (gone.rules))
UNION ALL
SELECT format('GRANT EXECUTE ON ROUTINE %1$s TO PUBLIC; REVOKE EXECUTE ON ROUTINE %1$s FROM pgherd_blocked CASCADE', name)
FROM routines
