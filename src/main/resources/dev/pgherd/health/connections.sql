SELECT (SELECT sum(d.numbackends) FROM pg_catalog.pg_stat_database d) AS open,
       pg_catalog.current_setting('max_connections')::int AS most,
       pg_catalog.current_setting('superuser_reserved_connections')::int AS reserved,
       (SELECT pg_catalog.string_agg(x.role || ' ' || x.sessions, ', ' ORDER BY x.sessions DESC) FROM (
          SELECT a.usename::text AS role, count(*) AS sessions FROM pg_catalog.pg_stat_activity a
          WHERE a.usename IS NOT NULL GROUP BY a.usename ORDER BY count(*) DESC LIMIT 5) x) AS roles,
       (SELECT count(*) FROM pg_catalog.pg_stat_activity a WHERE a.state = 'idle in transaction') AS idle
