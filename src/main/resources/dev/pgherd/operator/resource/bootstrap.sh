# Managed by PgHerd. Runs before each start of the server and may be killed and repeated at any point.
# Needs: PGDATA, PGHERD_VOLUME (where the volume is mounted), PGHERD_SUPERUSER_PASSWORD_FILE
set -eu
umask 077

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
  # Made beside its place and moved there whole: a data directory is there completely or not at all.
  rm -rf "$PGDATA.new"
  mkdir -p "$(dirname "$PGDATA")"
  initdb -D "$PGDATA.new" -U postgres --data-checksums --auth-local=peer --auth-host=scram-sha-256 \
    --pwfile="$PGHERD_SUPERUSER_PASSWORD_FILE" --encoding=UTF8 --locale=C.UTF-8
  mv "$PGDATA.new" "$PGDATA"
  sync "$(dirname "$PGDATA")" 2>/dev/null || sync
  echo "A new data directory was made."
  exit 0
fi

# The volume belongs to one pod at a time, so whoever left this file behind is gone.
rm -f "$PGDATA/postmaster.pid"

# The Secret is the truth: it may have been edited, or the volume adopted from an earlier instance. The server's own
# configuration is needed here too: replication slots and prepared transactions do not start under the defaults.
password=$(sed "s/'/''/g" "$PGHERD_SUPERUSER_PASSWORD_FILE")
printf "ALTER ROLE postgres PASSWORD '%s'\n" "$password" |
  postgres --single -D "$PGDATA" -c config_file="${0%/*}/postgresql.conf" \
    -c password_encryption=scram-sha-256 -c log_statement=none -c log_min_error_statement=panic \
    -c default_transaction_read_only=off -c search_path=pg_catalog postgres >/dev/null
echo "The superuser's password was set from its Secret."
