#!/bin/sh
# What the command line promises: options, answers, exit codes, one line for each error.
#
#	test/cli.sh [PROGRAM]
. "$(dirname "$0")/lib/suite.sh"
program "$@"
scratch
LC_ALL=C
export LC_ALL

# refused NAME PATTERN ARGUMENT...: a usage error of one line
refused() {
	name=$1 pattern=$2
	shift 2
	exits 2 "$name" "$@"
	has err "$pattern" "$name, in words"
	is_empty printed "$name, and nothing else"
	[ "$(wc -l <err)" = 1 ]
	tell $? "$name, in one line"
}

sender() {
	record SMS_LAN_SENDER 1 4321 'Found send request.  ID: 202SQCS1, Dest Site: PS1'
	record SMS_LAN_SENDER 1 4321 'Checking for site-specific sending capacity.  Used 0 out of 3.'
	record SMS_LAN_SENDER 2 4321 'Created sending thread (Thread ID = 1150)'
	record SMS_LAN_SENDER 3 4432 'Trying the No. 1 address (out of 1)'
	record SMS_LAN_SENDER 4 4432 'Package file = E:\SMSPKG\CS100015.PCK.1'
}

distmgr() {
	record SMS_DISTRIBUTION_MANAGER 0 5428 'Created minijob to send compressed copy of package CS100015 to site PS1.'
	record SMS_DISTRIBUTION_MANAGER 5 5428 "Something with 3 numbers and 0x80070040 that 99 people say"
	record SMS_DISTRIBUTION_MANAGER 6 5428 "Something with 4 numbers and 0x80070041 that 1 people say"
}

mkdir logs empty mixed old
sender >logs/sender.log
distmgr >logs/distmgr.log
sender >mixed/SENDER.LOG
sender | head -n 2 >old/Sender.Lo_
sender | tail -n 3 >old/Sender.Log
sender >'a name with blanks.log'

# ---- what is asked for ----

exits 0 "--help is answered" --help
is_empty err "--help goes to standard output"
[ "$(awk 'length > 80' printed | wc -l)" = 0 ] && [ "$(wc -l <printed)" -le 40 ]
tell $? "--help fits 80x40"
has printed '^Usage: cmtop ' "--help begins with the usage"
has printed 'only reads' "--help says that it only reads"
exits 0 "-h is --help" -h
exits 0 "--version is answered" --version
has printed '^cmtop [0-9]*\.[0-9]*\.[0-9]*$' "--version is a name and a number"
exits 0 "--sort=help lists the keys" --sort=help
has printed '^eta ' "there is a key for the time left"

# ---- what is refused ----

refused "an unknown option" "--bogus.*try 'cmtop --help'" --bogus
refused "an unknown letter" "-x.*try 'cmtop --help'" -x
refused "an option without its argument" '--filter: needs an argument' --filter
refused "an argument too many" '--once: takes no argument' --once=2
refused "a size of zero" "--draw: '0x10'" --draw=0x10 logs
refused "a size that is none" "--draw: '80'" --draw=80 logs
refused "a size past all terminals" "--draw: '80x1001'" --draw=80x1001 logs
refused "a poll that is no number" "--poll: '1s'" --poll=1s logs
refused "a poll that is too short" "--poll: '0.01'" --poll=0.01 logs
refused "a poll that is too long" "--poll: '61'" --poll=61 logs
refused "a time that is none" "--now: 'noon'" --once --now=noon logs
refused "a day that is none" "--now: " --once --now=2026-02-30T00:00:00Z logs
refused "a format that is none" "--format: 'xml'" --once --format=xml logs
refused "a sort key that is none" "--sort: 'beauty'.*--sort=help" --sort=beauty logs
refused "an order that is none" "--sort: 'eta,up'" --sort=eta,up logs
refused "a colour that is none" "--color: 'red'" --color=red logs
refused "a theme that is none" "--theme: 'pink'" --theme=pink logs
refused "a demo of no site" "--demo: '0'" --demo=0
refused "two ways at once" '--once and --follow cannot be used together' --once --follow logs
refused "keys without a drawing" '--keys needs --draw' --once --keys=q logs
refused "a demo of logs" '--demo takes no' --demo --once logs
refused "standard input twice" 'only once' --once - -
refused "a mapping without a =" "--map: 'E:.SMSPKG': must be FROM=TO" --once --map='E:\SMSPKG' logs
refused "a mapping from nowhere" "--map: '=.tmp'" --once --map==/tmp logs
refused "a mapping to nowhere" "--map: 'E:.SMSPKG='" --once --map='E:\SMSPKG=' logs
refused "a mapping whose backslash the shell has eaten" "--map: 'E:SMSPKG=.tmp'.*quotes" --once --map='E:SMSPKG=/tmp' logs
refused "nothing to read here" 'sender.log, distmgr.log' --once

exits 2 "a broken filter" --once --filter='site:(PS' logs
has err '^cmtop: --filter: ' "a broken filter says what is wrong"
[ "$(sed -n 2p err)" = '  site:(PS' ] && sed -n 3p err | grep -q '^ *^$'
tell $? "a caret stands under the place"

# ---- how options are read ----

exits 0 "an argument after =" --once --format=json logs
has printed '"schema"' "=json is JSON"
exits 0 "an argument after a blank" --once --format json logs
has printed '"schema"' "a blank does as well"
exits 0 "letters in one" -1ojson logs
has printed '"schema"' "letters in one are JSON too"
exits 0 "the last one wins" --once --format=json --format=text logs
grep -q '"schema"' printed
[ $? = 1 ]
tell $? "the last one was text"
exits 0 "options after the logs" logs --once
exits 1 "-- ends the options" --once -- --help
has err '^cmtop: --help: ' "what follows -- is a path"
exits 0 "standard output that is no terminal means --once" logs
[ -s printed ] && ! grep -q "$(printf '\033')" printed
tell $? "and no escape code leaves"

# ---- logs ----

exits 0 "a LOGDIR" --once -ojson logs
has printed '"202SQCS1"' "its request is there"
exits 0 "a LOGDIR in capitals" --once -ojson mixed
has printed '"202SQCS1"' "its request is there as well"
has printed '"waiting"' "the log that is missing waits"
is_empty err "a log that is missing in a LOGDIR is no error"
exits 0 "two generations" --once -ojson old
has printed '"202SQCS1"' "a thread whose request stands in the previous one is known"
exits 0 "a FILE" --once -ojson 'a name with blanks.log'
has printed '"202SQCS1"' "what it is its records tell"
has printed '"name": *"sender"' "and so its name"
"$CMTOP" --once -ojson - <logs/sender.log >printed 2>err
tell $? "standard input"
has printed '"202SQCS1"' "is read like a file"
cat logs/sender.log | "$CMTOP" -1 - >printed 2>err
tell $? "a pipe"
SMS_LOG_PATH=$here/logs "$CMTOP" -1ojson >printed 2>err
tell $? "SMS_LOG_PATH"
has printed '"202SQCS1"' "is the folder"
(cd logs && "$CMTOP" -1ojson >../printed 2>../err)
tell $? "the current folder"
has printed '"202SQCS1"' "is looked at"

# The second of b goes back in time: the order within a log is kept.
{ record SMS_LAN_SENDER 10 1 'note 1'; record SMS_LAN_SENDER 30 1 'note 4'; } >a.log
{ record SMS_LAN_SENDER 20 2 'note 2'; record SMS_LAN_SENDER 5 2 'note 3'; record SMS_LAN_SENDER 40 2 'note 5'; } >b.log
exits 0 "two logs" --once -ojson a.log b.log
[ "$(grep -o '"note [0-9]"' printed | tr -dc 0-9)" = 12345 ]
tell $? "are merged by time"
exits 0 "in the other order" --once -ojson b.log a.log
[ "$(grep -o '"note [0-9]"' printed | tr -dc 0-9)" = 12345 ]
tell $? "they give the same"

exits 1 "a path that is not there" --once nowhere
has err '^cmtop: nowhere: no such file' "is named"
is_empty printed "and nothing is printed"
exits 1 "a folder without logs" --once empty
has err '^cmtop: empty: .*sender.log' "says which names it looked for"
mkfifo pipe && exits 1 "a FIFO" --once pipe
has err '^cmtop: pipe: is a FIFO' "is refused with a word"
exits 1 "a device" --once /dev/null
has err 'device' "is refused as well"
exits 1 "one bad path among good ones" --once logs nowhere
if [ "$(id -u)" != 0 ]; then
	sender >secret.log
	chmod 0 secret.log
	exits 1 "a log that may not be read" --once secret.log
	has err '^cmtop: secret.log: permission denied' "is named"
fi

# ---- other answers ----

exits 0 "--unknown" --unknown logs
has printed '^ *2  SMS_DISTRIBUTION_MANAGER  Something with # numbers and # that # people say$' "counts like ones together"
exits 0 "a drawing" --draw=80x24 --ascii logs
[ "$(wc -l <printed)" = 24 ]
tell $? "has its lines"
mv printed first
exits 0 "a drawing again" --draw=80x24 --ascii logs
cmp -s printed first
tell $? "is the same"
exits 0 "the smallest drawing" --draw=1x1 logs
exits 0 "a drawing after keys" --draw=80x24 --keys='2j<PgDn>/PS1<Enter>' logs
exits 0 "keys that quit" --draw=80x24 --keys=q logs
exits 0 "--now" --once -ojson --now=2026-07-30T18:00:00Z logs
has printed '"now": *"2026-07-30T18:00:00.000Z"' "is the time of the snapshot"
exits 0 "a filter" --once -ojson --filter=site:XX1 logs
grep -q '"202SQCS1"' printed
[ $? = 1 ]
tell $? "leaves out what does not match"

# ---- sizes of files ----

mkdir sizes pkg pkg/deep elsewhere
{
	sender
	record SMS_LAN_SENDER 5 4432 'Created/opened the remote file \\PS1SITE.CONTOSO.COM\SMS_SITE\202SQCS1.PCK'
	record SMS_LAN_SENDER 5 4432 'Sending Started [E:\SMSPKG\CS100015.PCK.1]'
	for at in 0 1 2 3 4 5 6 7; do
		record SMS_LAN_SENDER $((6 + at)) 4432 \
			"Wrote 1000000 bytes to \\\\PS1SITE.CONTOSO.COM\\SMS_SITE\\202SQCS1.PCK at position ${at}000000"
	done
} >sizes/sender.log
{
	record SMS_DISTRIBUTION_MANAGER 0 5428 'The size of package CS100015, version 1 is 40000 KBytes'
	for site in PS1 PS2; do
		record SMS_DISTRIBUTION_MANAGER 0 5428 "Created minijob to send compressed copy of package CS100015 to site $site.  Transfer root = E:\\SMSPKG\\CS100015.PCK.1."
	done
	record SMS_DISTRIBUTION_MANAGER 1 5428 'The size of package CS100016, version 2 is 50000 KBytes'
	record SMS_DISTRIBUTION_MANAGER 1 5428 'Created minijob to send compressed copy of package CS100016 to site PS2.  Transfer root = E:\SMSPKG\deep\CS100016.DLT.1.2.'
	record SMS_DISTRIBUTION_MANAGER 1 5428 'Created minijob to send compressed copy of package CS100017 to site PS2.  Transfer root = E:\SMSPKG\..\elsewhere\CS100017.PCK.1.'
} >sizes/distmgr.log

# sized NAME SIZE SOURCE LEFT ARGUMENT...: what is said of the one send, and what is left of all
sized() {
	name=$1 size=$2 source=$3 left=$4
	shift 4
	exits 0 "$name" --once -ojson "$@" sizes
	tr -d ' \n' <printed >flat
	has flat "\"size\":$size,\"size_source\":\"$source\"" "$name: the send is of $size, $source"
	has flat "\"package\":\"CS100015\",\"name\":null,\"version\":1,\"size\":$size,.*\"bytes_left\":$left," "$name: $left are left of its package"
}
# package_size SIZE PACKAGE: what is said of another package
package_size() {
	has flat "\"package\":\"$2\",\"name\":null,\"version\":[^,]*,\"size\":$1," "$name: $2 is of $1"
}
old() {
	truncate -s "$1" "$2" && touch -t 202601010000 "$2"
}

sized "a size without a map" 40960000 estimate 73920000
old 16000000 pkg/CS100015.PCK.1
sized "a file that is there" 16000000 exact 24000000 --map="E:\\SMSPKG=$here/pkg"
is_empty err "a file that is there is no trouble"
sized "a folder in another case, and below this one" 16000000 exact 24000000 --map='e:/smspkg/=pkg'
sized "a file of this moment" 16000000 exact 24000000 --map='E:\SMSPKG=pkg' --map='F:=nowhere'
old 17000000 elsewhere/CS100015.PCK.1
sized "the longest of two maps" 17000000 exact 26000000 --map='E:\SMSPKG=elsewhere' --map='E:=pkg'
sized "the last of two maps" 17000000 exact 26000000 --map='E:\SMSPKG=pkg' --map='E:\SMSPKG=elsewhere'
sized "hidden names" 16000000 exact 24000000 --map='E:\SMSPKG=pkg' --redact
old 5000 pkg/deep/CS100016.DLT.1.2
old 6000 pkg/deep/CS100016.PCK.2
old 7000 elsewhere/CS100017.PCK.1
sized "a delta" 16000000 exact 24000000 --map='E:\SMSPKG=pkg'
package_size 5000 CS100016
package_size null CS100017
truncate -s 16000000 pkg/CS100015.PCK.1 && touch pkg/CS100015.PCK.1
sized "a file that was changed just now" 16000000 exact 24000000 --map='E:\SMSPKG=pkg'
"$CMTOP" --check='waiting>0' --map='E:\SMSPKG=pkg' sizes >printed 2>err </dev/null
[ $? = 2 ] && [ ! -s err ]
tell $? "--check looks at files as well"
sed '$d' sizes/distmgr.log >pkg/known.log
exits 0 "--metrics once" --once --metrics=prom --map='E:\SMSPKG=pkg' sizes/sender.log pkg/known.log
has prom '^cmtop_backlog_bytes 24005000$' "the metrics have what is left"

sized "a file that is not there" 40960000 estimate 73920000 --map='E:\SMSPKG=empty'
is_empty err "a file that is not there is no trouble"
sized "a folder that is not there" 40960000 estimate 73920000 --map='E:\SMSPKG=nowhere'
has err '^cmtop: nowhere: no such file' "a folder that is not there is said"
ln -s ../pkg/CS100015.PCK.1 empty/CS100015.PCK.1
sized "a link to a file" 40960000 estimate 73920000 --map='E:\SMSPKG=empty'
rm empty/CS100015.PCK.1 && mkfifo empty/CS100015.PCK.1
sized "a FIFO in its place" 40960000 estimate 73920000 --map='E:\SMSPKG=empty'
rm empty/CS100015.PCK.1 && mkdir empty/CS100015.PCK.1
sized "a folder in its place" 40960000 estimate 73920000 --map='E:\SMSPKG=empty'
rmdir empty/CS100015.PCK.1
ln -s ../pkg/deep empty/deep
sized "a link among the folders" 40960000 estimate 73920000 --map='E:\SMSPKG=empty'
package_size null CS100016
rm empty/deep
ln -s pkg linked
sized "a folder that is a link itself" 16000000 exact 24000000 --map='E:\SMSPKG=linked'

"$CMTOP" --follow -ojson - <logs/sender.log >printed 2>err
tell $? "--follow of standard input ends with it"
has printed '"event": *"job-started"' "and tells what happened"

# ---- trouble ----

timeout 5 "$CMTOP" --follow logs 2>err | true
tell $? "--follow ends when nobody reads it any more"
[ ! -s err ]
tell $? "quietly"

if [ -w /dev/full ]; then
	"$CMTOP" --help >/dev/full 2>err
	[ $? = 1 ]
	tell $? "a full disk is trouble"
	has err '^cmtop: standard output: ' "and said"
fi
{ "$CMTOP" --once -ojson logs 2>err; echo $? >code; } | :
[ "$(cat code)" = 0 ] && [ ! -s err ]
tell $? "a closed pipe ends quietly"

# ---- ended at any moment ----

# ends_by_term NAME: what runs as $process does; one that does not is killed
ends_by_term() {
	sleep 0.3
	kill -TERM "$process"
	{ sleep 10; kill -KILL "$process"; } 2>/dev/null &
	guard=$!
	wait "$process" 2>/dev/null
	[ $? = 143 ]
	tell $? "$1"
	kill "$guard" 2>/dev/null
}

mkfifo never full
exec 7<>never 6<>full
"$CMTOP" --once - <never >printed 2>err &
process=$!
ends_by_term "TERM ends --once while its input does not come"
"$CMTOP" --check='waiting>1' - <never >printed 2>err &
process=$!
ends_by_term "TERM ends --check while its input does not come"
dd if=/dev/zero bs=4096 count=16 >&6 2>/dev/null
"$CMTOP" --once -ojson logs >full 2>err &
process=$!
ends_by_term "TERM ends --once while nobody reads its answer"
CMTOP_TURNS=1 "$CMTOP" --no-history --metrics=turns.prom --interval=1 logs >printed 2>err &
process=$!
ends_by_term "TERM ends --metrics"
awk '/^turns / { found = 1; if ($(NF - 1) > 200) slow = 1 } END { exit !found || slow }' err
tell $? "no turn of its loop takes long ($(cat err))"
exec 7<&- 6<&-

sum
