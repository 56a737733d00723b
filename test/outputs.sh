#!/bin/sh
# The ways out beside the screen: CSV, one line for monitoring, a file of metrics. What
# they promise on the command line; what is in them has unit tests.
#
#	test/outputs.sh [PROGRAM]
. "$(dirname "$0")/lib/suite.sh"
program "$@"
scratch
LC_ALL=C
export LC_ALL
mkdir logs out
cp "$top"/test/screens/small/*.log logs

# ---- CSV ----

for table in jobs sites packages threads logs; do
	exits 0 "csv of $table" --once --format=csv --table=$table logs
	[ "$(grep -c "$(printf '\r')\$" printed)" = "$(wc -l <printed)" ]
	tell $? "csv of $table: every line ends with CR LF"
done
exits 0 'csv is of jobs without a table' -o csv logs
has printed '^request,site,package,' 'csv of jobs'
exits 0 'a filter in csv' -1 -o csv --table=sites --filter=site:S07 logs
[ "$(wc -l <printed)" = 2 ]
tell $? 'a filter in csv leaves one site'
exits 2 'events are no table' --follow -o csv logs
exits 2 'an unknown table' -o csv --table=slots logs
has err 'must be jobs, sites, packages, threads, dps, transfers, failures, advice or logs' 'an unknown table, in words'
exits 2 'a table without csv' --once --table=jobs logs

# ---- check ----

exits 0 'a check that is good' --check='waiting>3000' logs
has printed '^cmtop OK: waiting [0-9]* | waiting=[0-9]*;;3000 used=' 'a good check in one line'
[ "$(wc -l <printed)" = 1 ]
tell $? 'a check is one line'
exits 2 'a critical one' --check='waiting>0' logs
has printed '^cmtop CRITICAL: ' 'a critical one says so'
exits 1 'one that warns' --check='warn:waiting>0' logs
has printed '^cmtop WARNING: ' 'one that warns says so'
exits 3 'one about what is not known' --check='eta>1' logs
has printed '^cmtop UNKNOWN: ' 'an unknown one says so'
exits 3 'no folder' --check='waiting>3000' nowhere
has printed '^cmtop UNKNOWN: no log could be read' 'no folder is unknown'
has err '^cmtop: nowhere: ' 'and why'
mkdir empty
exits 3 'no log in the folder' --check='waiting>3000' empty
touch -d '2 days ago' logs/*
exits 2 'silence by the time of change of the files' --check='silent>1d' logs
exits 0 'silence by a time that is given' --check='silent>1d' --now=2026-07-30T17:00:00Z logs
# A 2 would be an alert: whatever is wrong with the command line is unknown, on standard output.
# unknown NAME PATTERN ARGUMENT...
unknown() {
	name=$1 pattern=$2
	shift 2
	exits 3 "$name" "$@"
	has printed "^cmtop UNKNOWN: .*$pattern" "$name, in words"
	[ "$(wc -l <printed)" = 1 ]
	tell $? "$name, in one line"
	is_empty err "$name, and nothing else"
}
unknown 'a broken one' 'expected a number (at character 9)' --check='waiting>' logs
unknown 'a check of nothing' 'no such figure; use waiting' --check= logs
unknown 'a check of blanks' 'no such figure; use waiting' --check='  ' logs
unknown 'an unknown name' 'no such figure; use waiting' --check='weighting>3' logs
unknown 'no operator' 'expected > >=' --check='waiting 3' logs
unknown 'nothing but warn:' 'no such figure; use waiting' --check='warn:' logs
unknown 'a number that is none' 'expected a number' --check='waiting>nan' logs
unknown 'a number below all' 'expected a number' --check='waiting>-1' logs
unknown 'a number without end' 'expected a number' --check='waiting>inf' logs
unknown 'a number past all' 'expected a number' --check='waiting>99999999999999999999999999' logs
unknown 'a comma and nothing' 'no such figure; use waiting' --check='waiting>3,' logs
unknown 'words behind it' 'expected a comma' --check='waiting>3 or so' logs
unknown 'a bar in it' 'expected a comma' --check='waiting>3|x' logs
unknown 'a check and a filter' 'cannot be used together' --check='waiting>0' --filter=S07 logs
unknown 'two ways, one of them a check' 'cannot be used together' --once --check='waiting>0' logs
unknown 'an unknown option before it' 'no such option' --bogus --check='waiting>0' logs
unknown 'an unknown option behind it' 'no such option' --check='waiting>0' logs -Z
unknown 'a bad argument before it' 'must be seconds' --poll=x --check='waiting>0' logs
unknown 'a check without its argument' 'needs an argument' logs --check
unknown 'a shortened check' 'no such figure; use waiting' --che='wait>0' logs
exits 1 'the word behind --' -- --bogus --check
exits 3 'a critical one that is given twice' --check='waiting>3000,eta>1,eta>1' logs
exits 2 'blanks are no harm' --check=' warn: waiting > 3000 , waiting >= 1 ' logs
exits 2 'a number as large as may be' --check='waiting<18446744073709551615' logs

# ---- redact ----

# Names are gone from every way out, and no figure has changed.
servers='CONTOSO|SRV'
"$CMTOP" --once --format=json logs | grep -Eq "$servers"
tell $? 'there are names to hide'
for way in '--once' '--once --format=json' '-o csv --table=threads' '-o csv --table=logs' '--unknown' \
	'--draw=200x60' '--draw=200x60 --keys=l' '--draw=200x60 --keys=<Enter>'; do
	# shellcheck disable=SC2086
	exits 0 "redacted $way" --redact $way logs
	! grep -Eq "$servers|$here" printed
	tell $? "redacted $way: $(grep -E "$servers" printed | head -n 1)"
done
for table in jobs sites packages; do
	# Names are in the second column of packages and in the last one of jobs.
	"$CMTOP" -o csv --table=$table logs | sed 's/,[^,]*$//' | cut -d, -f1,3- >plain
	"$CMTOP" -o csv --table=$table --redact logs | sed 's/,[^,]*$//' | cut -d, -f1,3- >printed
	[ -s plain ] && cmp -s plain printed
	tell $? "redacted $table have the same figures"
done

# ---- metrics ----

# kept: the file is there, whole
kept() {
	[ -f out/cmtop.prom ] && [ "$(tail -n 1 out/cmtop.prom)" = '# EOF' ]
}

alone() {
	[ "$(ls out)" = cmtop.prom ]
}

exits 0 'metrics once' --once --metrics=out/cmtop.prom logs
is_empty printed 'metrics once print nothing'
kept && alone
tell $? 'metrics once: the file, and nothing beside it'
rm -f out/*

"$CMTOP" --metrics=out/cmtop.prom --interval=1 logs <&- >&- 2>&- &
running=$!
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
kill "$running"
wait "$running"
[ $? = 143 ]
tell $? 'a signal ends it'
running=
kept && alone
tell $? 'nothing is left beside the file'

# A limit on the size of files stands for a full disk.
cp out/cmtop.prom old
(
	ulimit -f 1
	"$CMTOP" --once --metrics=out/cmtop.prom logs >printed 2>err
	echo $? >code
)
[ "$(cat code)" = 1 ]
tell $? 'a full disk is trouble'
has err '^cmtop: out/cmtop.prom: ' 'a full disk, in words'
[ "$(wc -l <err)" = 1 ] && cmp -s old out/cmtop.prom && alone
tell $? 'a full disk leaves the old file alone, and nothing beside it'

exits 1 'metrics in no folder' --once --metrics=nowhere/cmtop.prom logs
has err '^cmtop: nowhere/cmtop.prom: ' 'metrics in no folder, in words'
exits 1 'metrics in the place of a folder' --metrics=out logs
exits 1 'metrics among the logs' --metrics=logs/cmtop.prom logs
has err 'cmtop never writes there' 'metrics among the logs, in words'
[ "$(ls logs)" = "$(ls "$top/test/screens/small")" ]
tell $? 'nothing is written among the logs'
exits 2 'an interval of nothing' --interval=5 --once logs
exits 2 'an interval that is none' --metrics=out/cmtop.prom --interval=0 logs
unknown 'metrics and a check' 'works only with' --metrics=out/cmtop.prom --check='waiting>0' logs
exits 2 'metrics of standard input' --metrics=out/cmtop.prom -

sum
