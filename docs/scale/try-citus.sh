#!/bin/sh
# Tries the ledger on a Citus cluster: CITUS_URL is an empty database of a coordinator that has the extension and knows its workers (docs/scale.md).
# Needs psql, curl and jq beside what the program itself needs. Whatever is refused ends it with exit 1.
set -eu

if [ -z "${CITUS_URL:-}" ]; then
  echo 'skipped: CITUS_URL names no database of a Citus coordinator'
  exit 0
fi
cd "$(dirname "$0")/../.."

ask() { psql -X -A -t -v ON_ERROR_STOP=1 -c "$1" "$CITUS_URL"; }
say() { printf '\n== %s\n' "$1"; }

say 'the cluster'
ask 'select citus_version()'
workers=$(ask "select count(*) from citus_get_active_worker_nodes()")
echo "workers: $workers"
[ "$workers" -ge 2 ] || { echo 'two workers are wanted: citus_add_node() on the coordinator'; exit 1; }
tables=$(ask "select count(*) from information_schema.tables where table_schema = 'public' and table_name in ('case_head', 'migration')")
[ "$tables" -eq 0 ] || { echo 'the database is not empty: this makes a demonstration in it'; exit 1; }

data=$(mktemp -d)
server=
stop() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
  server=
}
trap 'stop; rm -rf "$data"' EXIT INT TERM
port=${PORT:-18190}
here=http://127.0.0.1:$port

start() {
  DATABASE_URL=$CITUS_URL QYZMET_DATA=$data PORT=$port node bin/qyzmet.js start > "$data/log" 2>&1 &
  server=$!
  for _ in $(seq 240); do
    if curl -sfo /dev/null "$here/health/ready"; then return; fi
    kill -0 "$server" 2>/dev/null || break
    sleep 1
  done
  tail -n 40 "$data/log"
  exit 1
}

say 'tables and cases, on the coordinator alone'
start
stop

say 'docs/scale/citus.sql'
psql -X -q -v ON_ERROR_STOP=1 -f docs/scale/citus.sql "$CITUS_URL"
psql -X -c "select nodename, nodeport, count(*) as shards, pg_size_pretty(sum(shard_size)) as size from citus_shards group by 1, 2 order by 1, 2" "$CITUS_URL"

say 'every statement is planned by the cluster'
CITUS_URL=$CITUS_URL npx vitest run test/scale/statements.test.ts

say 'the desks, on the cluster'
start
token() { curl -sf "$here/api/v1/tokens" --json "{\"login\":\"$1\",\"password\":\"qyzmet-demo\"}" | jq -r .token; }
clerk=$(token almaty.clerk)
supervisor=$(token almaty.supervisor)
get() { curl -sf "$here/api/v1/$2" -H "authorization: Bearer $1"; }
number=$(curl -sf "$here/api/v1/cases" -H "authorization: Bearer $clerk" -H "idempotency-key: try-citus-$$" \
  --json '{"service":"teacher-attestation","channel":"office"}' | jq -r .number)
echo "opened: $number"
get "$clerk" "cases/$number" | jq -c '{number, status, step: .step.id}'
get "$clerk" 'work?limit=5' | jq -c '[.items[].number]'
get "$clerk" work/count
echo
get "$clerk" "search?q=$number" | jq -c '[.cases[].number]'
get "$supervisor" "cases/$number/readers" | jq -c '.readers | length'
get "$supervisor" 'exchanges?from=2019-10-01' | jq -c '.items | length'
stop
if grep -q '"level":"error"' "$data/log"; then
  grep '"level":"error"' "$data/log" | head -n 20
  exit 1
fi

say 'verify'
DATABASE_URL=$CITUS_URL QYZMET_DATA=$data node bin/qyzmet.js verify
