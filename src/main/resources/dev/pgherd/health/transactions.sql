SELECT 'session' AS kind, a.pid::text AS id, a.usename::text AS role, a.state AS state,
       extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start) AS seconds,
       a.wait_event_type AS waits, a.query = '<insufficient privilege>' AS hidden
FROM pg_catalog.pg_stat_activity a
WHERE a.pid <> pg_catalog.pg_backend_pid() AND a.datname = pg_catalog.current_database()
UNION ALL
SELECT 'prepared', p.gid, p.owner::text, 'prepared', extract(epoch FROM pg_catalog.clock_timestamp() - p.prepared), NULL, false
FROM pg_catalog.pg_prepared_xacts p WHERE p.database = pg_catalog.current_database()
