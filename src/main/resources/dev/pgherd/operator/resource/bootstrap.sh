# Managed by PgHerd. Runs before each start of the server and may be killed and repeated at any point.
# Needs: PGDATA (<volume>/<major>/data), PGHERD_VOLUME (where the volume is mounted), PGHERD_SUPERUSER_PASSWORD_FILE
set -eu
umask 077

major=${PGDATA%/data}
major=${major##*/}

case "$(postgres --version)" in
  "postgres (PostgreSQL) $major"[!0-9]*) ;;
  *)
    echo "The image runs $(postgres --version), but spec.postgresVersion is $major: correct spec.postgresVersion or spec.imageName." >&2
    exit 1
    ;;
esac

# An upgrade that was given up before a server started on its result: that goes, and this directory is whole again.
for other in "$PGHERD_VOLUME"/*/data; do
  if [ "$(cat "$other/pgherd_upgrade" 2>/dev/null)" = "$major" ]; then
    rm -rf "$other.new"
    mv "$other" "$other.new"
  fi
  if [ "$(cat "$other/pgherd_upgraded" 2>/dev/null)" = "$major" ]; then
    echo "The data of PostgreSQL $major were upgraded to PostgreSQL $(cat "$other/PG_VERSION"), which has run on them: there is no way back. Set spec.postgresVersion to $(cat "$other/PG_VERSION")." >&2
    exit 1
  fi
done
if [ ! -e "$PGDATA/global/pg_control" ] && [ -e "$PGDATA/global/pg_control.old" ]; then
  mv "$PGDATA/global/pg_control.old" "$PGDATA/global/pg_control"
fi

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  for other in "$PGHERD_VOLUME"/*/data/PG_VERSION; do
    if [ -s "$other" ]; then
      echo "The volume holds data of PostgreSQL $(cat "$other") in $(dirname "$other"), but this instance asks for another major version. Set spec.postgresVersion to $(cat "$other"), or give the instance a new name." >&2
      exit 1
    fi
  done
  if [ -e "$PGDATA" ] && ! rmdir "$PGDATA" 2>/dev/null; then
    echo "$PGDATA holds files but no PG_VERSION: this is no data directory of PostgreSQL, and it is not touched. Look into the volume." >&2
    exit 1
  fi
  # Checksums are the default from 18 on, and the option against them is as young.
  checksums=--data-checksums
  if [ "${PGHERD_DATA_CHECKSUMS:-true}" = false ]; then
    checksums=
    [ "$major" -lt 18 ] || checksums=--no-data-checksums
  fi
  # Made beside its place and moved there whole: a data directory is there completely or not at all.
  rm -rf "$PGDATA.new"
  mkdir -p "$(dirname "$PGDATA")"
  initdb -D "$PGDATA.new" -U postgres $checksums --auth-local=peer --auth-host=scram-sha-256 \
    --pwfile="$PGHERD_SUPERUSER_PASSWORD_FILE" --encoding=UTF8 --locale=C.UTF-8
  mv "$PGDATA.new" "$PGDATA"
  sync "$(dirname "$PGDATA")" 2>/dev/null || sync
  echo "A new data directory was made."
  exit 0
fi

rm -rf "$PGHERD_VOLUME"/*/data.new
if [ -e "$PGDATA/pgherd_upgrade" ]; then
  # From here on there is no way back: the server writes into files that both directories share.
  mv "$PGDATA/pgherd_upgrade" "$PGDATA/pgherd_upgraded"
  sync
elif [ -e "$PGDATA/pgherd_upgraded" ]; then
  # A server has run on it, so the directories before it are of no use any more, and what is dropped stays in them.
  for other in "$PGHERD_VOLUME"/*/data; do
    if [ ! -e "$other/global/pg_control" ] && [ -e "$other/global/pg_control.old" ]; then
      mv "$other" "$other.old"
    fi
  done
  rm -rf "$PGHERD_VOLUME"/*/data.old
  rm -f "$PGDATA/pgherd_upgraded"
fi

# The volume belongs to one pod at a time, so whoever left this file behind is gone.
rm -f "$PGDATA/postmaster.pid"

# Whatever the configuration has logged, the password is not.
silent="-c log_statement=none -c log_min_error_statement=panic -c log_duration=off -c log_min_duration_statement=-1"
silent="$silent -c log_min_duration_sample=-1 -c log_transaction_sample_rate=0 -c debug_print_parse=off"
silent="$silent -c debug_print_rewritten=off -c debug_print_plan=off"
[ "$major" -lt 18 ] || silent="$silent -c debug_print_raw_parse=off"

# The Secret is the truth: it may have been edited, or the volume adopted from an earlier instance. The server's own
# configuration is needed here too: replication slots and prepared transactions do not start under the defaults.
password=$(sed "s/'/''/g" "$PGHERD_SUPERUSER_PASSWORD_FILE")
printf "ALTER ROLE postgres PASSWORD '%s'\n" "$password" |
  postgres --single -D "$PGDATA" -c config_file="${0%/*}/postgresql.conf" \
    -c password_encryption=scram-sha-256 $silent \
    -c default_transaction_read_only=off -c search_path=pg_catalog postgres >/dev/null
echo "The superuser's password was set from its Secret."
