#!/bin/sh
# The ways out beside the screen: CSV, one line for monitoring, a file of metrics. What
# they promise on the command line; what is in them has unit tests.
#
#	test/ways.sh [PROGRAM]
set -u
cd "$(dirname "$0")/.." || exit 1
top=$PWD
CMTOP=${1:-${CMTOP:-build/cmtop}}
case $CMTOP in
/*) ;;
*) CMTOP=$PWD/$CMTOP ;;
esac
unset SMS_LOG_PATH NO_COLOR
LC_ALL=C
export LC_ALL

here=$(mktemp -d) || exit 1
XDG_STATE_HOME=$here/state
export XDG_STATE_HOME
service=
trap 'if [ -n "$service" ]; then kill "$service" 2>/dev/null; fi; rm -rf "$here"' EXIT
trap 'exit 1' HUP INT TERM
cd "$here" || exit 1
mkdir logs out
cp "$top"/test/screens/small/*.log logs

passed=0
failed=0
tell() {
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not so: $2"
	fi
}

# ends CODE NAME ARGUMENT...: runs it, into the files said and err
ends() {
	wanted=$1 name=$2
	shift 2
	"$CMTOP" "$@" >said 2>err </dev/null
	got=$?
	[ $got = "$wanted" ]
	tell $? "$name (ended with $got: $(head -n 1 err))"
}

says() {
	grep -q -e "$2" "$1"
	tell $? "$3 ($1: $(head -n 3 "$1"))"
}

silent() {
	[ ! -s "$1" ]
	tell $? "$2 ($1: $(head -n 1 "$1"))"
}

# ---- CSV ----

for table in jobs sites packages threads logs; do
	ends 0 "csv of $table" --once --format=csv --table=$table logs
	[ "$(grep -c "$(printf '\r')\$" said)" = "$(wc -l <said)" ]
	tell $? "csv of $table: every line ends with CR LF"
done
ends 0 'csv is of jobs without a table' -o csv logs
says said '^request,site,package,' 'csv of jobs'
ends 0 'a filter in csv' -1 -o csv --table=sites --filter=site:S07 logs
[ "$(wc -l <said)" = 2 ]
tell $? 'a filter in csv leaves one site'
ends 2 'events are no table' --follow -o csv logs
ends 2 'an unknown table' -o csv --table=slots logs
says err 'must be jobs, sites, packages, threads, dps, transfers, failures, advice or logs' 'an unknown table, in words'
ends 2 'a table without csv' --once --table=jobs logs

# ---- check ----

ends 0 'a check that is good' --check='waiting>3000' logs
says said '^cmtop OK: waiting [0-9]* | waiting=[0-9]*;;3000 used=' 'a good check in one line'
[ "$(wc -l <said)" = 1 ]
tell $? 'a check is one line'
ends 2 'a critical one' --check='waiting>0' logs
says said '^cmtop CRITICAL: ' 'a critical one says so'
ends 1 'one that warns' --check='warn:waiting>0' logs
says said '^cmtop WARNING: ' 'one that warns says so'
ends 3 'one about what is not known' --check='eta>1' logs
says said '^cmtop UNKNOWN: ' 'an unknown one says so'
ends 3 'no folder' --check='waiting>3000' nowhere
says said '^cmtop UNKNOWN: no log could be read' 'no folder is unknown'
says err '^cmtop: nowhere: ' 'and why'
mkdir empty
ends 3 'no log in the folder' --check='waiting>3000' empty
ends 2 'silence by the clock' --check='silent>1d' logs
ends 0 'silence by another clock' --check='silent>1d' --now=2026-07-30T17:00:00Z logs
# A 2 would be an alert: whatever is wrong with the command line is unknown, on standard output.
# unknown NAME PATTERN ARGUMENT...
unknown() {
	name=$1 pattern=$2
	shift 2
	ends 3 "$name" "$@"
	says said "^cmtop UNKNOWN: .*$pattern" "$name, in words"
	[ "$(wc -l <said)" = 1 ]
	tell $? "$name, in one line"
	silent err "$name, and nothing else"
}
unknown 'a broken one' 'expected a number at 9' --check='waiting>' logs
unknown 'a check of nothing' 'is none of waiting' --check= logs
unknown 'a check of blanks' 'is none of waiting' --check='  ' logs
unknown 'an unknown name' 'is none of waiting' --check='weighting>3' logs
unknown 'no operator' 'expected > >=' --check='waiting 3' logs
unknown 'nothing but warn:' 'is none of waiting' --check='warn:' logs
unknown 'a number that is none' 'expected a number' --check='waiting>nan' logs
unknown 'a number below all' 'expected a number' --check='waiting>-1' logs
unknown 'a number without end' 'expected a number' --check='waiting>inf' logs
unknown 'a number past all' 'expected a number' --check='waiting>99999999999999999999999999' logs
unknown 'a comma and nothing' 'is none of waiting' --check='waiting>3,' logs
unknown 'words behind it' 'expected a comma' --check='waiting>3 or so' logs
unknown 'a bar in it' 'expected a comma' --check='waiting>3|x' logs
unknown 'a check and a filter' 'cannot be used together' --check='waiting>0' --filter=S07 logs
unknown 'two ways, one of them a check' 'cannot be used together' --once --check='waiting>0' logs
unknown 'an unknown option before it' 'no such option' --bogus --check='waiting>0' logs
unknown 'an unknown option behind it' 'no such option' --check='waiting>0' logs -Z
unknown 'a bad argument before it' 'must be seconds' --poll=x --check='waiting>0' logs
unknown 'a check without its argument' 'needs an argument' logs --check
unknown 'a shortened check' 'is none of waiting' --che='wait>0' logs
ends 1 'the word behind --' -- --bogus --check
ends 3 'a critical one that is given twice' --check='waiting>3000,eta>1,eta>1' logs
ends 2 'blanks are no harm' --check=' warn: waiting > 3000 , waiting >= 1 ' logs
ends 2 'a number as large as may be' --check='waiting<18446744073709551615' logs

# ---- redact ----

# Names are gone from every way out, and no figure has changed.
servers='CONTOSO|SRV'
"$CMTOP" --once --format=json logs | grep -Eq "$servers"
tell $? 'there are names to hide'
for way in '--once' '--once --format=json' '-o csv --table=threads' '-o csv --table=logs' '--unknown' \
	'--draw=200x60' '--draw=200x60 --keys=l' '--draw=200x60 --keys=<Enter>'; do
	# shellcheck disable=SC2086
	ends 0 "redacted $way" --redact $way logs
	! grep -Eq "$servers|$here" said
	tell $? "redacted $way: $(grep -E "$servers" said | head -n 1)"
done
for table in jobs sites packages; do
	# Names are in the second column of packages and in the last one of jobs.
	"$CMTOP" -o csv --table=$table logs | sed 's/,[^,]*$//' | cut -d, -f1,3- >plain
	"$CMTOP" -o csv --table=$table --redact logs | sed 's/,[^,]*$//' | cut -d, -f1,3- >said
	[ -s plain ] && cmp -s plain said
	tell $? "redacted $table have the same figures"
done

# ---- metrics ----

# kept: the file is there, whole
kept() {
	[ -f out/cmtop.prom ] && [ "$(tail -n 1 out/cmtop.prom)" = '# EOF' ]
}

# within SECONDS COMMAND...: tries until it is true
within() {
	tries=$(($1 * 10))
	shift
	until "$@"; do
		[ $tries -gt 0 ] || return 1
		tries=$((tries - 1))
		sleep 0.1
	done
}

alone() {
	[ "$(ls out)" = cmtop.prom ]
}

ends 0 'metrics once' --once --metrics=out/cmtop.prom logs
silent said 'metrics once print nothing'
kept && alone
tell $? 'metrics once: the file, and nothing beside it'
rm -f out/*

"$CMTOP" --metrics=out/cmtop.prom --interval=1 logs <&- >&- 2>&- &
service=$!
within 5 kept
tell $? 'as a service with all streams closed it keeps the file'
before=$(sed -n 's/^cmtop_log_records_total{log="sender"} //p' out/cmtop.prom)
printf 'A new line.~  $$<SMS_LAN_SENDER><07-30-2026 12:00:00.000+240><thread=1 (0x1)>\r\n' >>logs/sender.log
grown() {
	grep -q "^cmtop_log_records_total{log=\"sender\"} $((before + 1))\$" out/cmtop.prom
}
within 5 grown
tell $? 'the file follows the log'
[ "$(stat -c %a out/cmtop.prom 2>/dev/null || stat -f %Lp out/cmtop.prom)" = 644 ]
tell $? 'others may read it'
kill "$service"
wait "$service"
[ $? = 143 ]
tell $? 'a signal ends it'
service=
kept && alone
tell $? 'nothing is left beside the file'

# A limit on the size of files stands for a full disk.
cp out/cmtop.prom old
(
	ulimit -f 1
	"$CMTOP" --once --metrics=out/cmtop.prom logs >said 2>err
	echo $? >code
)
[ "$(cat code)" = 1 ]
tell $? 'a full disk is trouble'
says err '^cmtop: out/cmtop.prom: ' 'a full disk, in words'
[ "$(wc -l <err)" = 1 ] && cmp -s old out/cmtop.prom && alone
tell $? 'a full disk leaves the old file alone, and nothing beside it'

ends 1 'metrics in no folder' --once --metrics=nowhere/cmtop.prom logs
says err '^cmtop: nowhere/cmtop.prom: ' 'metrics in no folder, in words'
ends 1 'metrics in the place of a folder' --metrics=out logs
ends 1 'metrics among the logs' --metrics=logs/cmtop.prom logs
says err 'cmtop never writes there' 'metrics among the logs, in words'
[ "$(ls logs)" = "$(ls "$top/test/screens/small")" ]
tell $? 'nothing is written among the logs'
ends 2 'an interval of nothing' --interval=5 --once logs
ends 2 'an interval that is none' --metrics=out/cmtop.prom --interval=0 logs
unknown 'metrics and a check' 'works only with' --metrics=out/cmtop.prom --check='waiting>0' logs
ends 2 'metrics of standard input' --metrics=out/cmtop.prom -

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
