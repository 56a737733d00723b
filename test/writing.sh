#!/bin/sh
# Nothing is ever written in or below the folder of the logs, whatever leads there; what is
# written elsewhere is written whole, and never through a link or over what is no file.
#
#	test/writing.sh [PROGRAM]
. "$(dirname "$0")/lib/suite.sh"
program "$@"
small=$PWD/test/screens/small
scratch
LC_ALL=C
export LC_ALL

# Folders of logs, and others that lead into them.
mkdir -p logs/sub home out real more/sub other deep
cp "$small"/*.log logs/
cp logs/sender.log real/
cp logs/*.log more/
mv more/distmgr.log other/
ln -s ../other/distmgr.log more/distmgr.log
ln -s logs link
ln -s ../logs/sub deep/link
ln -s ../logs/sender.log out/to-log
ln -s ../logs/new.prom out/to-nothing
ln -s ../out/good.prom out/to-good
ln logs/sender.log out/hard
ln -s real/sender.log file-link
mkfifo out/fifo
mkdir out/folder

# All that is below the folders of logs, with content and times.
state_of_logs() (
	cd "$here" || exit 1
	find logs real more other -exec ls -ld --time-style=full-iso {} + 2>/dev/null || find logs real more other -exec ls -ld {} +
	find logs real more other -type f -exec cksum {} +
)
state_of_logs >before

untouched() {
	state_of_logs >"$here/after"
	cmp -s "$here/before" "$here/after"
	tell $? "$1: the logs and their folder are as they were: $(diff "$here/before" "$here/after" | head -n 3)"
}

# refused NAME PATTERN METRICS LOGS...
refused() {
	name=$1 pattern=$2 metrics=$3
	shift 3
	timeout 20 "$CMTOP" --once --metrics="$metrics" "$@" >"$here/said" 2>"$here/err" </dev/null
	code=$?
	[ $code = 1 ] && grep -q "^cmtop: .*$pattern" "$here/err" && [ "$(wc -l <"$here/err")" = 1 ]
	tell $? "$name is refused with a word ($code: $(head -n 2 "$here/err"))"
	untouched "$name"
	! find "$here" -name '.cmtop-*' | grep -q .
	tell $? "$name: nothing is left beside"
	timeout 20 "$CMTOP" --metrics="$metrics" --interval=1 "$@" >"$here/said" 2>"$here/err" </dev/null
	code=$?
	[ $code = 1 ] && grep -q "$pattern" "$here/err"
	tell $? "$name is refused at the start of a service ($code: $(head -n 2 "$here/err"))"
	untouched "$name, as a service"
}

among='is in the log folder'
refused 'in the folder' "$among" logs/x.prom logs
refused 'below the folder' "$among" logs/sub/x.prom logs
refused 'by way of ..' "$among" out/../logs/sub/../x.prom logs
refused 'by an absolute path' "$among" "$here/logs/x.prom" logs
refused 'by a link to the folder' "$among" link/x.prom logs
refused 'by a link to a folder in it' "$among" deep/link/x.prom logs
refused 'by a link, of which the parent' "$among" deep/link/../x.prom logs
refused 'a LOGDIR that is a link' "$among" logs/x.prom link
refused 'a LOGDIR with ..' "$among" logs/sub/x.prom out/../logs/sub/..
refused 'a link to a log' 'is a symbolic link' out/to-log logs
refused 'a link to nothing in the folder' 'is a symbolic link' out/to-nothing logs
refused 'a link to elsewhere' 'is a symbolic link' out/to-good logs
refused 'another name of a log' 'is one of the logs' out/hard logs
refused 'the log itself' "$among" logs/sender.log logs
refused 'its previous generation' "$among" logs/sender.lo_ logs
refused 'the folder of a FILE' "$among" real/x.prom real/sender.log
refused 'the real folder of a FILE' "$among" real/x.prom file-link
refused 'the folder of the name of a FILE' "$among" ./x.prom file-link
refused 'the folder that a log of the folder is linked from' "$among" other/x.prom more
refused 'a FIFO' 'is a FIFO' out/fifo logs
refused 'a folder' 'is a folder' out/folder logs
refused 'a folder with a slash' 'folder' out/folder/ logs
refused 'a device' 'is a device' /dev/null logs
refused 'standard output by its name' 'is a symbolic link' /dev/stdout logs
[ -p out/fifo ] && [ -h out/to-good ] && [ ! -e out/good.prom ]
tell $? 'what stood there stands there'
# As a second mount of the same share looks: other numbers, another path, the same files.
cp -pR logs mirror
refused 'the folder by another mount' "$among" mirror/x.prom logs
refused 'below the folder by another mount' "$among" mirror/sub/x.prom logs
rm -r mirror
if [ -d /proc/self/cwd ]; then
	cd logs/sub && refused 'by the current folder' "$among" /proc/self/cwd/x.prom .. && cd ../..
fi
SMS_LOG_PATH=$here/logs
export SMS_LOG_PATH
refused 'the folder of SMS_LOG_PATH, with other logs' "$among" logs/x.prom real
TMPDIR=$here/logs/sub timeout 20 "$CMTOP" --demo=2 --once >said 2>err
[ $? = 1 ] && grep -q "$among" err
tell $? "the logs of a simulated site are not made there: $(head -n 2 err)"
untouched 'a simulated site'
unset SMS_LOG_PATH

# In a name space of its own anything may be mounted anywhere.
if unshare -rm true 2>/dev/null; then
	mkdir mounted
	for what in logs logs/sub; do
		unshare -rm sh -c 'mount --bind "$1" mounted && exec "$2" --once --metrics=mounted/x.prom logs' sh "$what" "$CMTOP" >said 2>err
		[ $? = 1 ] && grep -q "$among" err
		tell $? "a mount of $what: $(head -n 2 err)"
		untouched "a mount of $what"
	done
	unshare -rm sh -c 'mount --bind logs mounted && exec "$1" --once --metrics=logs/sub/x.prom mounted' sh "$CMTOP" >said 2>err
	[ $? = 1 ] && grep -q "$among" err
	tell $? "a LOGDIR that is a mount: $(head -n 2 err)"
	untouched 'a LOGDIR that is a mount'
	unshare -rm sh -c ': >mounted.prom && mount --bind logs/sender.log mounted.prom && exec "$1" --once --metrics=mounted.prom logs' sh "$CMTOP" >said 2>err
	[ $? = 1 ]
	tell $? "a log that is mounted as a file: $(head -n 2 err)"
	untouched 'a log that is mounted as a file'
else
	skip 'no name spaces here'
fi

# ---- what is written, and how ----

timeout 20 "$CMTOP" --once --metrics=out/good.prom logs >said 2>err
[ $? = 0 ] && tail -n 1 out/good.prom | grep -q '# EOF' && [ ! -s err ]
tell $? "elsewhere it is written: $(head -n 1 err)"
echo old >out/good.prom && chmod 640 out/good.prom && ln out/good.prom out/second
timeout 20 "$CMTOP" --once --metrics=out/good.prom logs >said 2>err
[ "$(ls -l out/good.prom | cut -c1-10)" = -rw-r----- ] && grep -q EOF out/good.prom && [ "$(cat out/second)" = old ]
tell $? "a file that is replaced keeps its permissions, and is not written into: $(ls -l out/good.prom)"
timeout 20 "$CMTOP" --once --metrics=out/good.prom real/sender.log >said 2>err
tell $? 'below the folder of a FILE, but not in it, is elsewhere'
mkdir -p real/below && timeout 20 "$CMTOP" --once --metrics=real/below/x.prom real/sender.log >said 2>err
tell $? "a folder below that of a FILE: $(head -n 1 err)"
rm -r real/below && state_of_logs >before
mkdir logs-not && timeout 20 "$CMTOP" --once --metrics=logs-not/x.prom logs >said 2>err
tell $? "a folder whose name only begins so: $(head -n 1 err)"
name=$(printf '%0200d' 0)
timeout 20 "$CMTOP" --once --metrics="out/$name" logs >said 2>err
tell $? "a name as long as may be: $(head -n 1 err)"
timeout 20 "$CMTOP" --once --metrics=out/none/x.prom logs >said 2>err
[ $? = 1 ] && grep -q 'x.prom: no such file or directory' err
tell $? 'a folder that is not there is not made'

# ---- while it runs ----


# The folder of the file moves into that of the logs; then its name leads there.
mkdir moving
"$CMTOP" --no-history --metrics=moving/x.prom --interval=1 logs 2>err &
running=$!
within 10 test -s moving/x.prom
mv moving logs/ && ln -s logs/moving moving
: >logs/moving/x.prom
within 10 grep -q "$among" err
tell $? "a folder that moves among the logs is noticed: $(cat err)"
sleep 1.2
[ ! -s logs/moving/x.prom ] && [ "$(wc -l <err)" = 1 ]
tell $? 'nothing more is written there, which is said once'
rm moving && mkdir moving
within 10 test -s moving/x.prom
tell $? 'elsewhere it goes on'
kill "$running" && wait "$running" 2>/dev/null
running=
rm -r logs/moving && state_of_logs >before

# The folder of the logs comes to be where the file is kept.
mkdir late
"$CMTOP" --no-history --metrics=turned/x.prom --interval=1 waiting 2>err &
running=$!
sleep 0.3
kill "$running" 2>/dev/null
wait "$running" 2>/dev/null
running=
[ ! -e turned ] && [ ! -e waiting ]
tell $? 'a folder of logs that is not there is not made'
ln -s out places && ln -s real turned
"$CMTOP" --no-history --metrics=places/late.prom --interval=1 turned 2>err &
running=$!
within 10 test -s out/late.prom
rm turned && ln -s out turned
within 10 grep -q "$among" err
tell $? "a LOGDIR that turns to where the file is: $(cat err)"
kill "$running" && wait "$running" 2>/dev/null
running=
untouched 'a LOGDIR that turns'

# ---- the history ----

# kept_not NAME COMMAND...: a dashboard's points would be kept among the logs
kept_not() {
	name=$1
	shift
	timeout -s INT 20 "$CMTOP" --metrics=out/good.prom --interval=1 "$@" >said 2>err </dev/null &
	one=$!
	running=$one
	rm -f out/good.prom
	within 10 test -s out/good.prom
	within 5 grep -q 'history is not saved' err
	tell $? "$name: it is said that history is not saved: $(cat err)"
	sleep 0.3
	kill -INT "$one" && wait "$one" 2>/dev/null
	running=
	[ "$(wc -l <err)" = 1 ]
	tell $? "$name: once ($(cat err))"
	untouched "$name"
}
for state in "$here/logs" "$here/logs/sub" "$here/logs/new" "$here/link" "$here/deep/link" "$here/deep/link/new/er"; do
	XDG_STATE_HOME=$state kept_not "points in $state" logs
done
XDG_STATE_HOME='' HOME=$here/logs kept_not 'a home in the folder of the logs' logs

# ---- key x ----

# Keys typed into a dashboard, a word each; the next one when the last has had its effect.
typed() {
	: >screen
	{
		within 10 grep -q Quit screen
		printf x
		for word in "$@"; do
			case $word in
			ENTER) printf '\r' ;;
			*) printf '%s' "$word" ;;
			esac
			sleep 0.25
		done
		printf q
		sleep 0.25
	} | TERM=xterm script -qefc "stty cols 150 rows 30; exec '$CMTOP' --no-history logs" /dev/null >screen 2>&1
}
shown() {
	tr '\033' '\n' <screen | grep -a -q -e "$1"
}
if script -qec true /dev/null >/dev/null 2>&1; then
	typed out/rows.csv ENTER
	[ "$(head -c 5 out/rows.csv)" = site, ] && shown ' written'
	tell $? 'an export is written'
	echo mine >out/rows.csv
	typed out/rows.csv ENTER n
	[ "$(cat out/rows.csv)" = mine ]
	tell $? 'not over a file unasked'
	typed out/rows.csv ENTER y
	[ "$(head -c 5 out/rows.csv)" = site, ]
	tell $? 'over a file after a y'
	for path in logs/sender.log logs/new.csv link/new.csv deep/link/new.json; do
		typed "$path" ENTER y
		shown "$among"
		tell $? "an export to $path is refused"
		untouched "an export to $path"
	done
	for path in out/to-log out/to-nothing out/fifo out/hard /dev/null; do
		typed "$path" ENTER y
		shown 'does not write through links\|not a file\|is a folder\|never replaces a log'
		tell $? "an export to $path is refused"
		untouched "an export to $path"
	done
	[ -p out/fifo ] && [ -h out/to-log ]
	tell $? 'what stood there stands there after exports'
else
	skip 'no script here'
fi

# ---- the kind: nothing else writes or opens ----

cd "$(dirname "$small")/../.." || exit 1
grep -nE '(^|[^a-z_])(open|fopen|freopen|creat|openat|mkstemp|uv_fs_open|uv_fs_rename|rename|truncate)\(' src/os/*.c src/store/*.c src/follow/*.c src/term/*.c src/cli/*.c src/demo/*.c |
	grep -v -e '^src/os/' -e '^src/term/terminal_way_posix.c:' -e '^src/demo/demo.c:' -e '/dev/null' >"$here/others"
[ ! -s "$here/others" ]
tell $? "files are opened in open_file.c and written in atomic_file.c alone: $(head -n 3 "$here/others")"
cd "$here" || exit 1

sum
