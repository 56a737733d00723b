#!/bin/sh
# The dashboard never stands still: on each of the cases, on logs made to be nasty and on bad
# terminals a key is answered within 50 ms and an end comes within 100 ms, 95 times of 100.
#
#	test/live/watchdog.sh [PROGRAM]
set -u
cd "$(dirname "$0")/../.." || exit 1
CMTOP=${1:-${CMTOP:-build/cmtop}}
case $CMTOP in
/*) ;;
*) CMTOP=$PWD/$CMTOP ;;
esac
# shellcheck source=test/live/kit
. test/live/kit
[ -x "$CMTOP" ] || {
	echo "there is no $CMTOP"
	exit 1
}
helper watchdog
helper nasty
CMTOP_TURNS=1
export CMTOP_TURNS

# Promised is it on a quiet machine: where there is more to do than processors, all takes longer.
busy() {
	awk -v processors="$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)" \
		'{ times = $1 / processors; print times < 1 ? 1 : int(times + 1.5) }' /proc/loadavg 2>/dev/null || echo 1
}

# within MOST FILE: of the numbers in the file, 95 of 100
within() {
	worst=$(tr ' ' '\n' <"$2" | sort -n | awk 'NF { n[++count] = $1 } END { print count ? n[int((count * 95 + 99) / 100)] : "none" }')
	times=$(busy)
	[ "$worst" != none ] && awk -v worst="$worst" -v most="$1" -v times="$times" 'BEGIN { exit !(worst <= most * times) }'
}

# ---- terminals that are slow or take nothing, beside all that follows ----

mkdir "$dir/steady" "$dir/site"
"$dir/nasty" "$dir/steady" steady 90 >"$dir/steady.said" &
started="$started $!"
"$dir/nasty" "$dir/site" 3000 70 live 60 >"$dir/site.said" &
started="$started $!"
until_true 20 grep -q ready "$dir/steady.said" && until_true 20 grep -q ready "$dir/site.said"
tell $? 'the logs are there'

"$dir/watchdog" stuck 60 "$CMTOP" --no-history --metrics="$dir/steady.prom" --interval=1 "$dir/steady" >"$dir/stuck" 2>"$dir/stuck.said" &
stuck=$!
"$dir/watchdog" slow 600 20 "$CMTOP" --no-history "$dir/site" >"$dir/slow" 2>"$dir/slow.said" &
slow=$!
started="$started $stuck $slow"

# ---- logs made to be nasty ----

nasty='stalled growing packages million listed'
for kind in $nasty; do
	mkdir "$dir/$kind"
done
"$dir/nasty" "$dir/stalled" 3000 70 stalled >/dev/null &&       # all slots are held by sends that have fallen silent
	"$dir/nasty" "$dir/growing" 3000 70 due 215 >/dev/null &&       # 15,000 fall due in an hour
	"$dir/nasty" "$dir/packages" 3000 10 due 32000 unlisted >/dev/null &&  # a list as long as lists get
	"$dir/nasty" "$dir/million" 3000 400 due 2500 unlisted >/dev/null &&
	"$dir/nasty" "$dir/listed" 1000000 400 >/dev/null               # a million, as the scheduler lists them
tell $? 'nasty logs can be made'

# try KEYS ENDS ARGUMENT...: more numbers in the files keys and ends
try() {
	keys=$1 ends=$2
	shift 2
	"$dir/watchdog" keys "$keys" "$CMTOP" --no-history "$@" >>"$dir/keys" 2>>"$dir/turns"
	"$dir/watchdog" end "$ends" "$CMTOP" --no-history "$@" >>"$dir/ends" 2>>"$dir/ends.said"
}

for kind in $nasty; do
	try 20 10 "$dir/$kind"
done
"$dir/watchdog" storm 5 "$CMTOP" --no-history "$dir/packages" >"$dir/storm" 2>"$dir/storm.said"
within 100 "$dir/storm"
tell $? 'in a storm of sizes and pasted filters the end comes within 100 ms' "$worst ms, $times times"
rm -rf "${dir:?}/packages" "$dir/million" "$dir/listed"
within 50 "$dir/keys"
tell $? 'on nasty logs a key is answered within 50 ms' "$worst ms, $times times"
within 100 "$dir/ends"
tell $? 'on nasty logs the end comes within 100 ms' "$worst ms, $times times"
sed -n 's/.*processor \([0-9.]*\) ms/\1/p' "$dir/turns" >"$dir/processor"
within 20 "$dir/processor"
tell $? 'no turn of the loop takes 20 ms of the processor' "$worst ms"

# ---- the terminal that takes nothing, while its log is still written ----

# Once it is stuck for good, the log goes on being followed.
sent() {
	sed -n 's/^cmtop_sent_bytes_total \([0-9.e+]*\).*/\1/p' "$dir/steady.prom"
}
until_true 10 test -s "$dir/steady.prom"
before=$(sent)
sleep 3
after=$(sent)
[ "$(awk -v a="${after:-0}" -v b="${before:-0}" 'BEGIN { print (a - b >= 5000000) ? 1 : 0 }')" = 1 ]
tell $? 'a terminal that takes nothing does not keep the log from being followed' "$before to $after"

# ---- the cases, and the demo ----

rm -f "$dir/keys" "$dir/ends"
for case in test/cases/*/; do
	try 4 1 "$case"
done
try 20 5 --demo
within 50 "$dir/keys"
tell $? 'on the cases a key is answered within 50 ms' "$worst ms, $times times"
within 100 "$dir/ends"
tell $? 'on the cases the end comes within 100 ms' "$worst ms, $times times"

# ---- what the bad terminals have seen ----

wait "$slow"
ended "$slow"
read -r left gone <"$dir/slow"
[ "${left:-99999}" -lt 8000 ]
tell $? 'on a line of 600 bytes a second pictures are skipped, not queued' "$left bytes in the way"
echo "${gone:-99999}" >"$dir/gone"
within 100 "$dir/gone"
tell $? 'on a slow line the end comes within 100 ms' "$worst ms"

wait "$stuck"
ended "$stuck"
read -r newest word gone <"$dir/stuck"
echo "${newest:-99999}" >"$dir/gone"
within 1500 "$dir/gone"
tell $? 'a terminal that takes again has the picture of this moment at once' "$worst ms"
[ "${word:-}" = alive ] && grep -q '^cmtop_sends_stalled 0$' "$dir/steady.prom"
tell $? 'no send was said to be stalled meanwhile' "$(tail -n 3 "$dir/stuck.said")"
grep -q '^cmtop_log_missed_bytes' "$dir/steady.prom" && ! grep '^cmtop_log_missed_bytes' "$dir/steady.prom" | grep -qv ' 0$'
tell $? 'nothing was lost meanwhile'
echo "${gone:-99999}" >"$dir/gone"
within 100 "$dir/gone"
tell $? 'a terminal that takes nothing does not keep anybody from the end' "$worst ms"

# ---- what runs without a terminal ----

# ends_at_once NAME: the program in $process does, when TERM asks
ends_at_once() {
	asked=$(date +%s%N)
	kill -TERM "$process"
	wait "$process" 2>/dev/null
	echo $((($(date +%s%N) - asked) / 1000000)) >"$dir/gone"
	within 100 "$dir/gone"
	tell $? "$1" "$worst ms"
}

mkfifo "$dir/fifo"
exec 7<>"$dir/fifo"
"$CMTOP" --once - <"$dir/fifo" >/dev/null &
process=$!
sleep 0.3
ends_at_once '--once ends although its input never comes'

mkfifo "$dir/full"
exec 6<>"$dir/full"
"$CMTOP" --demo --follow >"$dir/full" 2>/dev/null &
process=$!
sleep 4
ends_at_once '--follow ends although nobody reads what it says'
"$CMTOP" --no-history --metrics="$dir/m.prom" --interval=1 "$dir/growing" >/dev/null 2>"$dir/turns" &
process=$!
until_true 20 test -s "$dir/m.prom"
sleep 3
ends_at_once '--metrics ends at once'
sed -n 's/.*processor \([0-9.]*\) ms/\1/p' "$dir/turns" >"$dir/processor"
within 20 "$dir/processor"
tell $? 'no turn of --metrics takes 20 ms of the processor' "$worst ms"

sum
