#!/bin/bash
# The file of metrics as those read it who collect it: promtool finds nothing, a real
# node_exporter serves it, a real prometheus scrapes that and answers; all on loopback.
# The alert rules pass their tests, and every metric they and the dashboard ask for exists.
set -u
cd "$(dirname "$0")/../.." || exit 1
CMTOP=${CMTOP:-${BUILD:-build}/cmtop}

if ! command -v promtool >/dev/null; then
	echo "0 passed, 0 failed, 1 skipped: promtool is not here"
	exit 0
fi

here=$(mktemp -d) || exit 1
XDG_STATE_HOME=$here/state
export XDG_STATE_HOME
started=()
stop() {
	for pid in "${started[@]}"; do
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
	rm -rf "$here"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

passed=0
failed=0
skipped=
tell() {
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not so: $2"
	fi
}

within() {
	local tries=$(($1 * 5))
	shift
	until "$@" 2>/dev/null; do
		[ $tries -gt 0 ] || return 1
		tries=$((tries - 1))
		sleep 0.2
	done
}

# ask PORT PATH: what a server on loopback answers
ask() {
	exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
	printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
	cat <&3
	exec 3>&-
}

# ---- the file ----

mkdir "$here/out"
"$CMTOP" --demo=12 --once --metrics="$here/out/cmtop.prom"
said=$(promtool check metrics <"$here/out/cmtop.prom" 2>&1)
code=$?
[ $code = 0 ] && [ -z "$said" ]
tell $? "promtool finds nothing: $said"

# ---- rules and dashboard ----

said=$(cd contrib/prometheus && promtool test rules cmtop.test.yml 2>&1)
tell $? "the alert rules pass their tests: $said"
mapfile -t names < <(grep -ohE 'cmtop_[a-z_]+[a-z]' contrib/prometheus/cmtop.rules.yml contrib/grafana/cmtop.json | sort -u)
for name in "${names[@]}"; do
	grep -q "^# TYPE $name " "$here/out/cmtop.prom"
	tell $? "rules and dashboard ask for what there is: $name"
done

# ---- a real collector ----

if command -v prometheus-node-exporter >/dev/null && command -v prometheus >/dev/null; then
	exporter=$((20000 + $$ % 10000))
	server=$((exporter + 10001))
	prometheus-node-exporter --web.listen-address="127.0.0.1:$exporter" --collector.disable-defaults \
		--collector.textfile --collector.textfile.directory="$here/out" >"$here/exporter.said" 2>&1 &
	started+=($!)
	served() {
		ask "$exporter" /metrics | grep -q '^cmtop_sends_waiting '
	}
	within 10 served
	tell $? "node_exporter serves the file: $(tail -n 1 "$here/exporter.said")"
	ask "$exporter" /metrics | grep -q '^node_textfile_scrape_error 0'
	tell $? "node_exporter has no complaint"

	cat >"$here/prometheus.yml" <<-END
		global: { scrape_interval: 1s, evaluation_interval: 1s }
		rule_files: [ "$PWD/contrib/prometheus/cmtop.rules.yml" ]
		scrape_configs:
		  - job_name: node
		    static_configs: [ { targets: [ "127.0.0.1:$exporter" ] } ]
	END
	prometheus --config.file="$here/prometheus.yml" --storage.tsdb.path="$here/data" \
		--web.listen-address="127.0.0.1:$server" >"$here/server.said" 2>&1 &
	started+=($!)
	waiting=$(sed -n 's/^cmtop_sends_waiting //p' "$here/out/cmtop.prom")
	answered() {
		ask "$server" '/api/v1/query?query=cmtop_sends_waiting' | grep -q "\"$waiting\"\]"
	}
	within 20 answered
	tell $? "prometheus answers that $waiting sends wait: $(tail -n 1 "$here/server.said")"
	ask "$server" '/api/v1/query?query=count(cmtop_site_sends_done_total)' | grep -q '"12"\]'
	tell $? "prometheus knows twelve sites"
else
	skipped=', 1 skipped: prometheus and prometheus-node-exporter are not here'
fi

echo "$passed passed, $failed failed$skipped"
[ "$failed" = 0 ]
