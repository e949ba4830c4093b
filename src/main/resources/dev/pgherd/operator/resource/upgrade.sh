# Managed by PgHerd. One step of a change of the major version; may be killed and repeated at any point.
# Needs: PGHERD_UPGRADE_FROM, PGHERD_UPGRADE_TO, PGHERD_VOLUME (where the volume is mounted)
# The last line of what a failed step prints is what people and agents are told.
set -eu
umask 077

from=$PGHERD_UPGRADE_FROM
to=$PGHERD_UPGRADE_TO
old=$PGHERD_VOLUME/$from/data
new=$PGHERD_VOLUME/$to/data
config=${0%/*}/postgresql.conf
work=$(mktemp -d "${TMPDIR:-/tmp}/pgherd.XXXXXX")
trap 'rm -rf "$work"' EXIT

fail() {
  printf '%s' "$1" | tr -s ' \n\t' ' ' | cut -c 1-900 >&2
  exit 1
}

is_version() {
  case "$("$1/postgres" --version 2>/dev/null)" in
    "postgres (PostgreSQL) $2"[!0-9]*) return 0 ;;
    *) return 1 ;;
  esac
}

# Where the programs of a major version are: in Debian's layout, or on the path. The other arguments must be there.
programs() {
  version=$1
  on_path=$(command -v postgres) || on_path=/
  shift
  for directory in "/usr/lib/postgresql/$version/bin" "${on_path%/*}"; do
    if is_version "$directory" "$version"; then
      for program in "$@"; do
        [ -x "$directory/$program" ] || fail "The image has no $program of PostgreSQL $version."
      done
      echo "$directory"
      return 0
    fi
  done
  fail "The image has no programs of PostgreSQL $version."
}

# Where only the old ones are missing there is another way, and the operator knows it by the exit code.
both_programs() {
  new_bin=$(programs "$to" initdb pg_controldata pg_ctl pg_dump pg_dumpall pg_resetwal pg_restore pg_upgrade psql \
    vacuumdb)
  old_bin=$(programs "$from" pg_controldata pg_ctl pg_resetwal) || exit 3
}

right_image() {
  on_path=$(command -v postgres) || fail "The image has no postgres on its path."
  is_version "${on_path%/*}" "$to" ||
    fail "The image runs $(postgres --version), but PostgreSQL $to is wanted: correct spec.imageName."
}

# What a server would say about its configuration files if it were started now.
configuration() {
  "$1/postgres" -C data_directory -D "$2" -c config_file="$config" >"$work/configuration" 2>&1 ||
    fail "PostgreSQL $to refuses the configuration: $(sed 's/^.*\(LOG\|FATAL\|ERROR\): *//' "$work/configuration")"
}

control() {
  "$old_bin/pg_controldata" "$old" | sed -n "s/^$1: *//p"
}

# Runs a line of SQL in a database of the old server. Also brings one that was killed to a clean shutdown.
single() {
  printf '%s\n' "$2" |
    "$old_bin/postgres" --single -D "$old" -c config_file="$config" -c log_statement=none \
      -c default_transaction_read_only=off -c search_path=pg_catalog -c standard_conforming_strings=on "$1" >"$work/single" 2>"$work/recovery" ||
    fail "PostgreSQL $from does not come up on its own data: $(tail -n 3 "$work/recovery")"
}

# Rows look like: 1: name = "value" (typeid = ...
values() {
  sed -n "s/.* $1 = \"\(.*\)\"[[:space:]]*(typeid.*/\1/p" "$work/single"
}

# What was revoked of a built-in function is carried over, and stumbles where the function has other parameters in the
# new version. The operator remembers in comments on its roles what it has done: it is made to do all of it again after
# the next start, whether that is of the old server or of the new one.
do_again="DO \$do\$ BEGIN IF to_regrole('pgherd_reader') IS NOT NULL THEN COMMENT ON ROLE pgherd_reader IS NULL; END IF; IF to_regrole('pgherd_writer') IS NOT NULL THEN EXECUTE format('COMMENT ON ROLE pgherd_writer IS %L', regexp_replace(shobj_description('pgherd_writer'::regrole, 'pg_authid'), '^([0-9]+ [^ ]+ [^ ]+) [^ ]+', '\1 -', 'gn')); END IF; END \$do\$"
message_for_all="DO \$do\$ DECLARE r record; BEGIN FOR r IN SELECT p.oid::regprocedure AS f, a.grantee FROM pg_proc p, aclexplode(p.proacl) a WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname = 'pg_logical_emit_message' AND a.grantee <> p.proowner LOOP IF r.grantee <> 0 THEN EXECUTE format('REVOKE ALL ON FUNCTION %s FROM %s', r.f, r.grantee::regrole); END IF; END LOOP; FOR r IN SELECT oid::regprocedure AS f FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = 'pg_logical_emit_message' LOOP EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO PUBLIC', r.f); END LOOP; END \$do\$"

builtin_grants() {
  single postgres "SELECT datname FROM pg_database WHERE datallowconn"
  values datname >"$work/databases"
  single postgres "$do_again"
  [ "$from" -lt 17 ] && [ "$to" -ge 17 ] || return 0
  while IFS= read -r database; do
    single "$database" "$message_for_all"
  done <"$work/databases"
}

checksums() {
  if [ "$1" != 0 ]; then
    echo --data-checksums
  elif [ "$to" -ge 18 ]; then
    echo --no-data-checksums
  fi
}

# Arguments: encoding, collation, character types, size of a WAL segment in bytes, 0 without checksums.
new_directory() {
  mkdir -p "${new%/*}"
  # shellcheck disable=SC2046 # one option or none
  "$new_bin/initdb" -D "$new.new" -U postgres --no-sync --auth-local=peer --auth-host=scram-sha-256 \
    --locale=C.UTF-8 --encoding="$1" --lc-collate="$2" --lc-ctype="$3" --wal-segsize="$(($4 / 1048576))" \
    $(checksums "$5") >"$work/initdb" 2>&1 ||
    fail "initdb of PostgreSQL $to failed: $(tail -n 3 "$work/initdb")"
  if [ -e "$old/postgresql.auto.conf" ]; then
    cp "$old/postgresql.auto.conf" "$new.new/postgresql.auto.conf"
  fi
  configuration "$new_bin" "$new.new"
}

# The server's own configuration is needed here too: libraries to load, and what a start depends on. Who reaches the
# socket is decided by the directory that it is in.
private_server() {
  echo 'local all all trust' >"$1/hba"
  options="-c config_file='$config' -c hba_file='$1/hba' -c default_transaction_read_only=off"
  options="$options -c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0"
}

run_pg_upgrade() {
  private_server "$work"
  (
    cd "$work"
    "$new_bin/pg_upgrade" -b "$old_bin" -B "$new_bin" -d "$old" -D "$new.new" -U postgres -s "$work" \
      -p 50432 -P 50433 -o "$options" -O "$options" "$@"
  ) >"$work/output" 2>&1
}

# What pg_upgrade said after the last thing that it found in order, and the lists that it wrote about it.
complaint() {
  cat "$work/output" >&2
  awk '/ ok *$/ { text = ""; next } /^Failure, exiting/ { next } { text = text " " $0 } END { print text }' "$work/output"
  find "$new.new/pg_upgrade_output.d" "$work" -name '*.txt' -exec head -n 5 {} \; 2>/dev/null || true
  find "$new.new/pg_upgrade_output.d" "$work" -name '*_dump_*.log' \
    -exec sed -n 's/^pg_restore: error: //p' {} \; 2>/dev/null | head -n 3
}

restore() {
  rm -f "$new.new/pgherd_upgrade"
  if [ ! -e "$old/global/pg_control" ] && [ -e "$old/global/pg_control.old" ]; then
    mv "$old/global/pg_control.old" "$old/global/pg_control"
  fi
  rm -rf "$new.new"
}

give_up() {
  reason=$(complaint)
  restore
  fail "$1: $reason"
}

upgraded_already() {
  [ -s "$new.new/pgherd_upgrade" ] || [ -s "$new/PG_VERSION" ]
}

clean_start() {
  restore
  [ "$(cat "$old/PG_VERSION" 2>/dev/null)" = "$from" ] || fail "There are no data of PostgreSQL $from in $old."
  if [ -e "$new" ] && ! rmdir "$new" 2>/dev/null; then
    fail "$new holds files but no PG_VERSION: this is no data directory of PostgreSQL, and it is not touched."
  fi
  # The volume belongs to one pod at a time, so whoever left this file behind is gone.
  rm -f "$old/postmaster.pid"
}

# The last step: what is there from here on is taken for whole.
finish() {
  sync
  # The mark is there with what it says or not at all: the old server must be able to recognise it.
  echo "$from" >"$new.new/pgherd_upgrade.part"
  sync
  mv "$new.new/pgherd_upgrade.part" "$new.new/pgherd_upgrade"
  sync
}

upgrade() {
  if upgraded_already; then
    echo "The data are upgraded already."
    return 0
  fi
  both_programs
  clean_start
  builtin_grants
  single postgres "SELECT pg_encoding_to_char(encoding) AS encoding, datcollate, datctype FROM pg_database WHERE datname = 'template0'"
  new_directory "$(values encoding)" "$(values datcollate)" "$(values datctype)" "$(control 'Bytes per WAL segment')" \
    "$(control 'Data page checksum version')"
  run_pg_upgrade --check || give_up "pg_upgrade --check"
  cat "$work/output"
  run_pg_upgrade --link --jobs "$(nproc 2>/dev/null || echo 1)" || give_up "pg_upgrade --link"
  cat "$work/output"
  rm -rf "$new.new/pg_upgrade_output.d"
  finish
}

# Makes the upgraded directory the one that is started. Until a server has started on it, all can be undone.
commit() {
  if [ -s "$new/PG_VERSION" ]; then
    return 0
  fi
  [ -s "$new.new/pgherd_upgrade" ] || fail "There is no upgraded directory $new.new."
  right_image
  configuration "${on_path%/*}" "$new.new"
  mv "$new.new" "$new"
  sync
  echo "The data are of PostgreSQL $to now."
}

case $1 in
  programs) both_programs ;;
  image)
    right_image
    configuration "${on_path%/*}" "$work"
    ;;
  upgrade) upgrade ;;
  commit) commit ;;
  *)
    . "${0%/*}/dump.sh"
    dump_step "$1"
    ;;
esac
