# Managed by PgHerd. Part of upgrade.sh: a change of the major version by dump and restore, for images that have the
# programs of one version each. The old image serves the old data on a socket that only this pod reaches; the new one
# reads them from there into a directory beside.
shared=${TMPDIR:-/tmp}/pgherd-old
old_port=50432
new_port=50433
patience=86400

# What roles and databases are set to concerns their users, not who reads and restores them.
export PGOPTIONS="-c default_transaction_read_only=off -c statement_timeout=0 -c lock_timeout=0 \
-c idle_in_transaction_session_timeout=0 -c idle_session_timeout=0 -c log_statement=none \
-c log_min_duration_statement=-1 -c log_min_error_statement=panic -c role=none"

kilobytes() {
  if [ -e "$1" ]; then du -sk "$1" | cut -f 1; else echo 0; fi
}

room() {
  ! upgraded_already || return 0
  clean_start
  have=$(df -Pk "$PGHERD_VOLUME" | awk 'NR == 2 { print $4 }')
  need=$((($(kilobytes "$old") - $(kilobytes "$old/pg_wal")) * 11 / 10))
  [ "$have" -ge "$need" ] ||
    fail "The volume has $((have / 1024)) MiB free, but a second directory beside the old one needs $(((need + 1023) / 1024)) MiB: raise spec.storage.size first."
}

# Until the pod ends.
rest() {
  while :; do sleep 1; done
}

give_out() {
  printf '%s' "$1" >"$shared/failed.new"
  mv "$shared/failed.new" "$shared/failed"
  rest
}

stop_old() {
  [ ! -e "$old/postmaster.pid" ] || "$old_bin/pg_ctl" stop -D "$old" -m fast -w -t "$patience" >/dev/null
}

# Nothing works on the data by itself: no vacuum, no background worker of an extension, no subscription.
idle_server() {
  private_server "$1"
  options="$options -c unix_socket_directories='$1' -c listen_addresses= -c port=$2 -c autovacuum=off"
  options="$options -c max_worker_processes=0 -c max_logical_replication_workers=0 -c log_statement=none"
}

old_server() {
  old_bin=$(programs "$from" pg_ctl)
  # The images may name either signal as the one to stop them with.
  trap 'stop_old; exit 0' TERM INT
  ! upgraded_already || rest
  if ! mkdir "$shared" 2>/dev/null; then
    [ -e "$shared/stopped" ] || give_out "PostgreSQL $from ended while its data were read."
    rest
  fi
  idle_server "$shared" "$old_port"
  "$old_bin/pg_ctl" start -D "$old" -w -t "$patience" -l "$shared/log" -o "$options" >/dev/null 2>&1 ||
    give_out "PostgreSQL $from does not come up on its own data: $(tail -n 3 "$shared/log")"
  : >"$shared/ready"
  until [ -e "$shared/stop" ]; do
    "$old_bin/pg_ctl" status -D "$old" >/dev/null ||
      give_out "PostgreSQL $from ended while its data were read: $(tail -n 3 "$shared/log")"
    sleep 1
  done
  stop_old
  : >"$shared/stopped"
  rest
}

await_old() {
  until [ -e "$shared/$1" ]; do
    [ ! -e "$shared/failed" ] || fail "$(cat "$shared/failed")"
    sleep 1
  done
}

# A name in the environment is a name; as an argument it could be taken for more.
on_old() {
  PGDATABASE=$1 "$new_bin/psql" -XAtq -v ON_ERROR_STOP=1 -v VERBOSITY=terse -h "$shared" -p "$old_port" -U postgres \
    -c "$2" 2>"$work/asked" || fail "PostgreSQL $from did not answer: $(tail -n 1 "$work/asked")"
}

# Reads statements. Of an error only the message is told: values and passwords are none of a status.
on_new() {
  PGDATABASE=$1 "$new_bin/psql" -Xq -v ON_ERROR_STOP=1 -v VERBOSITY=terse -v SHOW_CONTEXT=never -h "$work" \
    -p "$new_port" -U postgres -f - >/dev/null 2>"$work/told"
}

said() {
  sed -n 's/^.*\(ERROR\|FATAL\|error\|fatal\): *//p' "$1" | tail -n "${2:-1}"
}

not_in_a_dump() {
  left=$(on_old postgres "SELECT concat_ws('; ', (SELECT 'tablespaces: ' || string_agg(spcname, ', ') FROM pg_tablespace WHERE spcname !~ '^pg_'), (SELECT 'databases that accept no connections: ' || string_agg(datname, ', ') FROM pg_database WHERE NOT datallowconn AND datname <> 'template0'), (SELECT 'prepared transactions: ' || string_agg(gid, ', ') FROM pg_prepared_xacts))")
  [ -z "$left" ] || fail "What a dump does not carry over is in the way ($left): remove it."
}

prepare_old() {
  not_in_a_dump
  on_old postgres "$do_again"
  # The templates first: what is made later might be made from them.
  on_old postgres "SELECT datname FROM pg_database WHERE datallowconn AND datconnlimit <> -2 ORDER BY datname NOT IN ('template1', 'postgres'), datname DESC" >"$work/databases"
  [ "$from" -lt 17 ] && [ "$to" -ge 17 ] || return 0
  while IFS= read -r database; do
    on_old "$database" "$message_for_all" </dev/null
  done <"$work/databases"
}

start_new() {
  facts=$(on_old postgres "SELECT pg_encoding_to_char(encoding), datcollate, datctype, (SELECT setting FROM pg_settings WHERE name = 'wal_segment_size'), CASE current_setting('data_checksums') WHEN 'on' THEN 1 ELSE 0 END FROM pg_database WHERE datname = 'template0'")
  # shellcheck disable=SC2046 # five words
  new_directory $(echo "$facts" | tr '|' ' ')
  idle_server "$work" "$new_port"
  options="$options -c archive_mode=off -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
  "$new_bin/pg_ctl" start -D "$new.new" -w -t "$patience" -l "$work/server" -o "$options" >/dev/null 2>&1 ||
    fail "PostgreSQL $to does not start on an empty directory: $(tail -n 3 "$work/server")"
}

# The superuser is there already; that it is created is said once, and whatever a comment says stays.
restore_roles() {
  "$new_bin/pg_dumpall" --globals-only -h "$shared" -p "$old_port" -U postgres >"$work/globals" 2>"$work/dump" ||
    fail "pg_dumpall --globals-only: $(said "$work/dump" 3)"
  awk '!made && $0 == "CREATE ROLE postgres;" { made = 1; next } { print }' "$work/globals" | on_new postgres ||
    fail "Restoring the roles: $(said "$work/told")"
}

# A dump that breaks off looks to the other end of the pipe like one that ended.
restore_database() {
  through=postgres
  clean=
  case $1 in
    postgres) through=template1 clean="--clean --if-exists" ;;
    template1) clean="--clean --if-exists" ;;
  esac
  rm -f "$work/broken"
  # shellcheck disable=SC2086 # two options or none
  {
    PGDATABASE=$1 "$new_bin/pg_dump" --create $clean -h "$shared" -p "$old_port" -U postgres 2>"$work/dump" ||
      : >"$work/broken"
  } | on_new "$through" || fail "Restoring database $1: $(said "$work/told")"
  [ ! -e "$work/broken" ] || fail "pg_dump of database $1: $(said "$work/dump" 3)"
}

# The operator knows the databases that it made by their number, and they have other numbers now.
renumber() {
  numbers=$(on_old postgres "SELECT string_agg(format('(%s,%L)', oid, datname), ',') FROM pg_database")
  on_new postgres <<SQL || fail "Renumbering the databases: $(said "$work/told")"
SELECT format('COMMENT ON ROLE pgherd_writer IS %L', string_agg(line, E'\n' ORDER BY place))
FROM (
  SELECT place, line FROM regexp_split_to_table(shobj_description(to_regrole('pgherd_writer'), 'pg_authid'), E'\n')
    WITH ORDINALITY AS ledger(line, place) WHERE line !~ '^[0-9]'
  UNION ALL
  SELECT place, regexp_replace(line, '^[0-9]+', now.oid::text)
  FROM regexp_split_to_table(shobj_description(to_regrole('pgherd_writer'), 'pg_authid'), E'\n')
    WITH ORDINALITY AS ledger(line, place)
  JOIN (VALUES $numbers) AS before(oid, name) ON line LIKE before.oid || ' %'
  JOIN pg_database now ON now.datname = before.name
) renumbered HAVING count(*) > 0
\gexec
SQL
}

give_back() {
  [ ! -e "$new.new/postmaster.pid" ] || "$new_bin/pg_ctl" stop -D "$new.new" -m immediate >/dev/null 2>&1 || true
  restore
  rm -rf "$work"
}

dump_and_restore() {
  ! upgraded_already || return 0
  new_bin=$(programs "$to" initdb pg_ctl pg_dump pg_dumpall psql)
  trap give_back EXIT
  await_old ready
  prepare_old
  start_new
  restore_roles
  while IFS= read -r database; do
    restore_database "$database" </dev/null
    echo "Restored database $database."
  done <"$work/databases"
  renumber
  "$new_bin/pg_ctl" stop -D "$new.new" -m fast -w -t "$patience" >/dev/null || fail "PostgreSQL $to does not stop."
  : >"$shared/stop"
  await_old stopped
  # As pg_upgrade leaves it: from here on the old directory is started only after the new one has been removed.
  sync
  mv "$old/global/pg_control" "$old/global/pg_control.old"
  finish
  trap 'rm -rf "$work"' EXIT
}

dump_step() {
  case $1 in
    old-programs) programs "$from" pg_ctl ;;
    new-programs) programs "$to" initdb pg_ctl pg_dump pg_dumpall psql ;;
    room) room ;;
    old-server) old_server ;;
    restore) dump_and_restore ;;
  esac
}
