SELECT d.blks_hit AS hit, d.blks_read AS read, d.temp_files AS files, d.temp_bytes AS bytes, d.deadlocks AS deadlocks,
       extract(epoch FROM pg_catalog.now() - coalesce(d.stats_reset, pg_catalog.pg_postmaster_start_time())) AS seconds,
       pg_catalog.current_setting('shared_buffers') AS buffers
FROM pg_catalog.pg_stat_database d WHERE d.datname = pg_catalog.current_database()
