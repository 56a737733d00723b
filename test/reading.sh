#!/bin/sh
# Whatever stands where a log should be, every command ends and says what it could not read;
# what it read half is never answered for as if it were all; one site server at a time.
#
#	test/reading.sh [PROGRAM]
. "$(dirname "$0")/lib/suite.sh"
program "$@"
small=$PWD/test/screens/small
copies=$PWD/test/screens/copies
source=$PWD/test/reading.c
scratch
LC_ALL=C
export LC_ALL

# ends CODE NAME ARGUMENT...: within ten seconds, into said and err
ends() {
	wanted=$1 name=$2
	shift 2
	timeout 10 "$CMTOP" "$@" >said 2>err </dev/null
	code=$?
	[ $code = "$wanted" ]
	tell $? "$name ends with $wanted ($code: $(head -n 2 err))"
}
says() {
	grep -q -e "$2" "$1"
	tell $? "$name: $1 has $2 ($(head -n 3 "$1"))"
}
silent() {
	[ ! -s "$1" ]
	tell $? "$name: $1 is empty ($(head -n 3 "$1"))"
}

# ---- what is no log ----

# stands WHAT: makes it at $at
stands() {
	case $1 in
	fifo)     mkfifo "$at" ;;
	folder)   mkdir "$at" ;;
	device)   ln -s /dev/zero "$at" ;;
	terminal) ln -s /dev/tty "$at" ;;
	nothing)  ln -s nowhere "$at" ;;
	itself)   ln -s "$(basename "$at")" "$at" ;;
	to-fifo)  mkfifo fifo 2>/dev/null; ln -s "$here/fifo" "$at" ;;
	esac
}

for what in fifo folder device terminal itself to-fifo; do
	for file in sender.log sender.lo_ PkgXferMgr.log; do
		rm -rf logs && mkdir logs && cp "$small"/*.log logs/
		at=logs/$file
		rm -f "$at"
		stands $what
		for way in --once '--once -ojson' '-o csv' --unknown --draw=80x24; do
			# shellcheck disable=SC2086
			ends 1 "$what as $file, $way" $way logs
			says err "^cmtop: logs/$file: "
			[ -s said ] || [ "$way" = --unknown ]
			tell $? "$name: what can be read is told"
		done
		ends 1 "$what as $file, --once --metrics" --once --metrics=figures.prom logs
	done
	rm -rf logs && mkdir logs && cp "$small/distmgr.log" logs/
	at=logs/sender.log
	stands $what
	ends 3 "$what as sender.log, --check" --check='stalled>0' logs
	says said '^cmtop UNKNOWN: stalled is not known (logs/sender.log: '
	ends 1 "$what as sender.log, in JSON" --once -ojson logs
	says said '"state": *"error"'
	rm -rf logs && mkdir logs
	at=logs/sender.log
	stands $what
	ends 1 "$what and nothing else" --once logs
	says err '^cmtop: logs/sender.log: '
	ends 3 "$what and nothing else, --check" --check='stalled>0' logs
	says said '^cmtop UNKNOWN: no log could be read: logs/sender.log: '
	for way in --once --unknown --draw=80x24 --follow; do
		[ "$what$way" != folder--follow ] || continue  # which waits for logs in it
		ends 1 "$what as a FILE, $way" $way logs/sender.log
		[ "$what" = folder ] || says err '^cmtop: logs/sender.log: '
	done
done

# ---- pipes that somebody writes to ----

ends 1 'a FIFO that nobody writes to' --once fifo
says err 'is a FIFO that nobody writes to'
(sleep 0.5; cat "$small/sender.log") >fifo &
ends 0 'a FIFO that somebody comes to write to' --once -ojson fifo
says said '"name": *"sender"'
wait
(head -c 3000 "$small/sender.log"; sleep 1; tail -c +3001 "$small/sender.log") >fifo &
ends 0 'a slow one' --once -ojson fifo
wait
"$CMTOP" --once -ojson "$small/sender.log" >whole
grep -v -e '"path"' said >a && grep -v '"path"' whole >b && cmp -s a b
tell $? "a slow one is read to its end: $(diff a b | head -n 3)"
if [ -e /dev/fd/0 ]; then
	gzip -c "$small/sender.log" | gzip -dc | timeout 10 "$CMTOP" --once -ojson /dev/fd/0 >said 2>err
	[ $? = 0 ] && grep -v '"path"' said >a && cmp -s a b
	tell $? "a pipe by its descriptor: $(head -n 1 err)"
fi
sleep 5 >fifo &
running=$!
timeout -s TERM 1 "$CMTOP" --once fifo >said 2>err
[ $? = 124 ]
tell $? 'one that says nothing is left with a signal'
kill $running
wait $running 2>/dev/null
running=

# ---- half of a log ----

copy_logs() {
	rm -rf logs && mkdir logs && cp "$copies"/*.log logs/
}
if [ "$(id -u)" != 0 ]; then
	copy_logs
	chmod 0 logs/distmgr.log
	ends 1 'a log that may not be read' --once logs
	says err '^cmtop: logs/distmgr.log: permission denied'
	[ -s said ]
	tell $? 'the others are told'
	ends 3 'a check of it' --check='waiting>0' logs
	chmod 600 logs/distmgr.log
	chmod 0 logs
	ends 1 'a folder that may not be listed' --once logs
	ends 3 'a check of such a folder' --check='waiting>0' logs
	says said '^cmtop UNKNOWN: no log could be read: logs: permission denied'
	chmod 700 logs
fi
# Its beginning cannot be read, which is no matter of permissions.
copy_logs
if [ -r /proc/self/mem ]; then
	rm logs/distmgr.log && ln -s /proc/self/mem logs/distmgr.log
	ends 1 'a log with an error at its first byte' --once -ojson logs
	says err '^cmtop: logs/distmgr.log: i/o error'
	says said '"state": *"error"'
	says said '"error": *"i/o error"'
fi

# A library between the program and the system: the second reading of a file fails, or the file is cut at it.
if ${CC:-cc} -shared -fPIC -o half.so "$source" -ldl 2>err && LD_PRELOAD=$PWD/half.so "$CMTOP" --version >said 2>&1; then
	for half in eio cut; do
		copy_logs
		cat "$copies/sender.log" "$copies/sender.log" "$copies/sender.log" "$copies/sender.log" "$copies/sender.log" >big
		cat big big big big >bigger && mv bigger big
		cat big big big big >logs/sender.log
		words='i/o error'
		[ $half = eio ] || words='became shorter while it was read'
		# shellcheck disable=SC2031
		half_read() {
			LD_PRELOAD=$here/half.so HALF=$half HALF_OF=logs/sender.log timeout 10 "$CMTOP" "$@" >said 2>err </dev/null
			code=$?
		}
		for way in --once '--once -ojson' '-o csv' --unknown --draw=80x24 '--once --metrics=figures.prom'; do
			name="$half half-way, $way"
			[ $half = eio ] || cat big big big big >logs/sender.log
			# shellcheck disable=SC2086
			half_read $way logs
			[ $code = 1 ]
			tell $? "$name ends with 1 ($code)"
			says err "^cmtop: logs/sender.log: $words"
			[ -s said ] || [ -s figures.prom ]
			tell $? "$name: what was read is told"
		done
		name="$half half-way in JSON"
		cat big big big big >logs/sender.log
		half_read --once -ojson logs
		says said '"state": *"error"'
		says said "\"error\": *\"$words\""
		for check in 'stalled>0' 'waiting>0' 'warn:used>0' 'silent>0' 'eta>0' 'done_per_hour<1'; do
			name="$half half-way, $check"
			cat big big big big >logs/sender.log
			half_read --check="$check" logs
			[ $code = 3 ]
			tell $? "$name is unknown ($code)"
			says said "^cmtop UNKNOWN: .* is not known (logs/sender.log: $words)"
		done
	done
	name='half of another log'
	copy_logs
	{ cat "$copies/PkgXferMgr.log"; head -c 300000 /dev/zero; } >logs/PkgXferMgr.log
	LD_PRELOAD=$here/half.so HALF=eio HALF_OF=logs/PkgXferMgr.log timeout 10 "$CMTOP" --check='stalled>=0' logs >said 2>err
	[ $? = 2 ]
	tell $? "what does not stand on it is as ever ($(cat said))"
else
	skip 'no library can be put in between'
fi

copy_logs
if [ -w /dev/full ]; then
	for way in --once '--once -ojson' '-o csv' --draw=80x24; do
		# shellcheck disable=SC2086
		timeout 10 "$CMTOP" $way logs >/dev/full 2>err
		[ $? = 1 ] && grep -qi '^cmtop: standard output: no space' err
		tell $? "a full disk, $way: $(head -n 1 err)"
	done
	timeout 10 "$CMTOP" --check='used>0' logs >/dev/full 2>err
	[ $? = 3 ]
	tell $? 'a check that nobody can read is unknown'
fi
for way in --once '--once -ojson' '-o csv' --unknown --draw=80x24 --check=used\>0; do
	# shellcheck disable=SC2086
	{ timeout 10 "$CMTOP" $way logs 2>err; echo $? >code; } | :
	[ "$(cat code)" -le 2 ] && [ ! -s err ]
	tell $? "a closed pipe is quiet, $way: $(cat code) $(cat err)"
done

# ---- one site server at a time ----

mkdir one two iis empty sub
cp "$small"/*.log one/
cp "$copies"/*.log two/
echo '#Software: Microsoft Internet Information Services 10.0' >iis/u_ex260730.log
ln -s one link

ends 2 'two folders' --once one two
says err '^cmtop: two: .*start cmtop twice'
silent said
[ "$(wc -l <err)" = 1 ]
tell $? 'two folders are refused in one line'
for way in --follow --unknown --draw=80x24; do
	ends 2 "two folders, $way" $way one two
done
ends 3 'two folders, --check' --check='waiting>0' one two
says said '^cmtop UNKNOWN: .*start cmtop twice'
ends 2 'a folder, a FILE and a folder' --once one two/sched.log two
ends 2 'a folder and an empty one that would be waited for' --follow one empty
ends 1 'a folder and an empty one' --once one empty

"$CMTOP" --once -ojson one >whole
for again in one one/ ./one sub/../one link "$PWD/one"; do
	ends 0 "the same folder as $again" --once -ojson one "$again"
	cmp -s said whole
	tell $? "the same folder as $again counts once"
done
for file in one/sender.log link/distmgr.log; do
	ends 0 "a folder and its own $file" --once -ojson one "$file"
	cmp -s said whole
	tell $? "its own $file counts once"
	ends 0 "its own $file and the folder" --once -ojson "$file" one
	cmp -s said whole
	tell $? "$file before it counts once"
done
ln one/sender.log hard.log
"$CMTOP" --once -ojson one/sender.log >whole
for again in one/sender.log link/sender.log hard.log; do
	ends 0 "a FILE again as $again" --once -ojson one/sender.log "$again"
	cmp -s said whole
	tell $? "a FILE again as $again counts once"
done
head -n 40 one/sender.log >sender.lo_ && tail -n +41 one/sender.log >sender.log
ends 0 'two generations as FILEs' --once -ojson sender.lo_ sender.log
cp one/distmgr.log copy.log
ends 0 'copies from several folders' --once -ojson one/sender.log copy.log

silent err

# Logs that are named one by one may be copies of one server's, or two servers'.
mkdir servers && cp two/sender.log servers/a.log && sed 's/PS1/PS9/g' two/sender.log >servers/b.log
ends 0 'two servers as FILEs' --once servers/a.log servers/b.log
says err '^cmtop: servers/b.log: covers the same time as servers/a.log. Are these logs of two site servers'
ends 0 'a LOGDIR and a FILE of the same time' --once two servers/a.log
says err '^cmtop: servers/a.log: covers the same time as two/sender.log'
ends 0 'two logs of one server' --once two/sender.log two/distmgr.log
silent err

ends 0 'a folder of IIS beside the LOGDIR' --once -ojson one iis
says err '^cmtop: iis: this folder has only IIS logs'
ends 0 'before it' --once -ojson iis one iis
ends 1 'a folder of IIS alone' --once iis
ends 3 'a folder of IIS alone, --check' --check='used>0' iis

# ---- folders in which nothing is, yet ----

ends 1 'an empty folder, --once' --once empty
says err '^cmtop: empty: no known log'
ends 1 'an empty folder, in JSON' --once -ojson empty
silent said
ends 3 'an empty folder, --check' --check='used>0' empty
says said '^cmtop UNKNOWN: no log could be read: empty: '
ends 1 'a folder that is not there' --once nowhere
ends 3 'a folder that is not there, --check' --check='used>0' nowhere
says said '^cmtop UNKNOWN: no log could be read: nowhere: no such file'
ends 1 'a folder that is not there, --follow' --follow nowhere

"$CMTOP" --follow --poll=0.1 empty >said 2>err &
running=$!
"$CMTOP" --metrics=figures.prom --interval=1 --poll=0.1 empty >said2 2>err2 &
running="$running $!"
sleep 0.5
cp "$small/sender.log" empty/Sender.log
within 10 grep -q started said
tell $? "--follow waits for the logs of an empty folder ($(head -n 2 err))"
rm -f figures.prom
within 10 grep -q '^cmtop_sending_slots_used [1-9]' figures.prom
tell $? "--metrics waits for the logs of an empty folder ($(head -n 2 err2))"
for one in $running; do
	kill "$one" && wait "$one"
	[ $? = 143 ]
	tell $? 'TERM ends it'
done
running=
[ ! -s err ] && [ ! -s err2 ]
tell $? "and nothing is wrong ($(cat err err2))"

# ---- what logs are written in ----

russian=$top/test/cases/e01-names-in-windows-1251
late=$top/test/cases/e08-read-again-when-more-names-are-known
rm -rf logs && mkdir logs
cp "$russian/distmgr.log" logs/
ends 0 'a guessed code page' --once logs
says said '^  windows-1251, guessed$'
silent err
ends 0 'a guessed code page on the screen' --draw=100x60 --keys='?' logs
says said 'windows-1251, guessed'
ends 0 'a given code page' --once --encoding=CP1251 logs
says said '^  windows-1251$'
ends 0 'a filter in UTF-8' --once -o csv --table=packages --filter=name:Драйверы logs
says said ',Драйверы принтеров,'
ends 0 'a log in UTF-8' --once "$small/sender.log"
! grep -q -e utf-8 -e guessed said
tell $? "nothing is said of a log in UTF-8"
for wrong in klingon 1259 '' utf-16 windows-125; do
	ends 2 "--encoding=$wrong" --once --encoding=$wrong logs
	says err '^cmtop: --encoding: '
done
ends 3 'a wrong code page for monitoring' --check='waiting>1' --encoding=klingon logs
says said '^cmtop UNKNOWN: '
"$CMTOP" --once -o json - <"$late/distmgr.log" >said 2>err
grep -q 'Łódź – drukarki' said
tell $? 'names that come on standard input are read'
printf '\377\376\0\0x\0\0\0\n\0\0\0' >logs/sender.log
ends 1 'UTF-32' --once -o json logs
says said '"state": "error", "error": "UTF-32, not read"'
says err '^cmtop: logs/sender.log: UTF-32, not read$'
says said 'Драйверы принтеров'

# ---- a log that is empty at first ----

# A calendar's year that nobody knows is that of the log's time of change, not of another file that was looked at since.
rm -rf logs && mkdir logs && : >logs/sender.log
cp "$small/sender.log" logs/sender.lo_ && touch -t 200801011200 logs/sender.lo_
"$CMTOP" --follow logs >said 2>err &
running=$!
sleep 1
written=$(date -u '+x %m %d %H:%M:%S.000 1429 X')
for line in 'Found send request. ID: 202SQCS1, Dest Site: PS1' 'Created sending thread (Thread ID = 2C)' \
	"Package file = E:\\SMSPKG\\CS100015.PCK.1" "Sending Started [E:\\SMSPKG\\CS100015.PCK.1]"; do
	thread=43 hex=2B
	case $line in Package*|Sending*) thread=44 hex=2C ;; esac
	printf '%s  $$<SMS_LAN_SENDER><%s><thread=%d (0x%s)>\r\n' "$line" "$written" $thread $hex
done >>logs/sender.log
for _ in 1 2 3 4 5 6 7 8 9 10; do
	grep -q job-started said && break
	sleep 0.5
done
kill $running
wait $running 2>/dev/null
running=
grep -q "^$(date -u +%Y)-.* job-started" said
tell $? "a record of another calendar in a log that was empty has this year ($(head -n 2 said))"

# ---- signals ----

mkfifo slow
sleep 20 >slow &
running=$!
for way in --once --check=used\>0 --draw=80x24 --unknown; do
	(exec "$CMTOP" "$way" slow) >said 2>err &
	one=$!
	sleep 0.1
	kill -TERM $one
	wait $one
	code=$?
	[ $code = 143 ]
	tell $? "TERM ends $way ($code)"
done
kill $running
wait $running 2>/dev/null
running=

sum
