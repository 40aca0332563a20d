# What a bench stands on: a PostgreSQL of its own on a socket, nodes on it, and nothing left of either afterwards. Sourced
# from the root of the repository. MANDAT names the program (target/release/mandat), whose neighbour `examples/readers`
# reads; PG_BIN PostgreSQL's programs. Built first: cargo build --release --bin mandat --example readers.
mandat=${MANDAT:-target/release/mandat}
reader=$(dirname "$mandat")/examples/readers
programs=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n | tail -1)}
scratch=$(mktemp -d)
declare -A node

account() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }
fail() { echo "$0: $*" >&2; exit 1; }
finish() {
  [ ${#node[@]} = 0 ] || kill "${node[@]}" 2>/dev/null || true
  wait
  account "$programs/pg_ctl" -D "$scratch/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$scratch"
}
trap finish EXIT

[ "$(id -u)" != 0 ] || chown postgres "$scratch"
account "$programs/initdb" -D "$scratch/data" -U owner --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null

# The database `mandat` by the folder of its socket: where nodes look for it, or another.
url() { echo "postgres://owner@localhost/mandat?host=${1//\//%2F}"; }
psql() { "$programs/psql" -h "${socket:-$scratch}" -U owner -d mandat -v ON_ERROR_STOP=1 -qAt "$@"; }
# Starts PostgreSQL, its socket in a folder of one's choice.
database() {
  account "$programs/pg_ctl" -D "$scratch/data" -o "-c listen_addresses= -k ${1:-$scratch}" -l "$scratch/log" -w start >/dev/null 2>&1
}
# The first start, with an empty database.
create_database() { database && "$programs/createdb" -h "$scratch" -U owner mandat; }

# Starts a node: its name, its address (a free one by default), its other flags. The address is left in `address`.
start() {
  local name=$1 listen=${2:-127.0.0.1:0}
  : >"$scratch/$name"
  MANDAT_ORIGIN=http://mandat.test DATABASE_URL=$(url "$scratch") \
    "$mandat" serve --listen "$listen" --log error "${@:3}" >"$scratch/$name" 2>>"$scratch/$name.log" &
  node[$name]=$!
  until grep -q '^listening on' "$scratch/$name"; do kill -0 "${node[$name]}"; sleep 0.02; done
  address=$(sed -n 's|^listening on http://||p' "$scratch/$name")
}
# Megabytes of memory that a node has resident, without its PostgreSQL.
memory() { awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/${node[$1]}/status"; }
# A value of a line of JSON.
value() { sed -E "s/.*\"$1\":([^,}]*).*/\1/"; }
