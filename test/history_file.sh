#!/bin/sh
# Points that outlive the program, as a user meets them: where they are kept, by whom, that
# they are there again after a reconnect, and that nothing in their place does any harm.
#
#	test/history_file.sh [PROGRAM]
. "$(dirname "$0")/lib/suite.sh"
program "$@"
scratch
LC_ALL=C
export LC_ALL
kept=$XDG_STATE_HOME/cmtop

# at COMPONENT MESSAGE MINUTE: so many minutes after 2026-07-30 08:00 UTC, 04:00 by the server's clock
at() {
	record "SMS_$1" $((($3 - 480) * 60)) 500 "$2"
}

# Two hours: each minute a reading of the slots, of 5 and then of 50, and each five minutes a
# send that falls due.
old_logs() {
	rm -rf logs
	mkdir logs
	minute=0
	while [ $minute -lt 120 ]; do
		at LAN_SENDER "Checking for sending capacity. Used 2 out of $([ $minute -lt 60 ] && echo 5 || echo 50)." $minute >>logs/sender.log
		if [ $((minute % 5)) = 0 ]; then
			at DISTRIBUTION_MANAGER "Created minijob to send compressed copy of package CS1000$((10 + minute / 5)) to site PS1." $minute >>logs/distmgr.log
		fi
		minute=$((minute + 1))
	done
}

# The logs have rolled over, twice: of the two hours the last quarter is left.
roll() {
	for log in logs/*.log; do
		awk -v most="$1" '{ line[NR] = $0 } END { for (i = NR - int(NR / most) + 1; i <= NR; i++) print line[i] }' "$log" >rolled
		cat rolled >"$log"
	done
}

# points: how many there are in the one file
points() {
	cat "$kept"/* | grep -c '^2026'
}

one_file() {
	[ "$(ls -A "$kept" | wc -l)" = 1 ]
}

is_there() {
	[ "$(points)" -gt 0 ]
}

# begin ARGUMENT...: a program that goes on; ends FILE of its process, by SIGTERM
begin() {
	"$CMTOP" "$@" >printed 2>err </dev/null &
	running="$running $!"
	last=$!
}

end() {
	kill "$1"
	wait "$1" 2>/dev/null
	code=$?
}

# runs ARGUMENT...: from beginning to end, as long as it takes until points are kept
runs() {
	begin "$@"
	within 10 is_there
	end "$last"
}

# passes ARGUMENT...: likewise, where that cannot be awaited
passes() {
	begin "$@"
	sleep 0.7
	end "$last"
}

service="--metrics=$here/figures.prom --interval=1 logs"
figures() {
	[ -s figures.prom ]
}

# trend: since when the dashboard's trend goes, "04:00"
trend() {
	"$CMTOP" "$@" --draw=200x60 logs | sed -n 's/.*Waiting sends.* \([0-9][0-9]:[0-9][0-9]\) to .*/\1/p'
}

# ---- where, and by whom ----

old_logs
"$CMTOP" --once logs >printed && "$CMTOP" --draw=80x24 logs >printed && "$CMTOP" --check='waiting>9000' logs >printed
tell $? 'snapshots are taken'
[ ! -e state ] && [ ! -e home ]
tell $? 'snapshots leave nothing behind'

# shellcheck disable=SC2086
runs $service
[ $code = 143 ] && [ ! -s err ]
tell $? "a service ends as ever ($code, $(head -n 1 err))"
one_file
tell $? "one file, and nothing beside it: $(ls -A "$kept")"
[ "$(points)" = 24 ]
tell $? "a point for each five minutes: $(points)"
mode() {
	stat -c %a "$1" 2>/dev/null || stat -f %Lp "$1"
}
[ "$(mode "$kept")" = 700 ] && [ "$(mode "$kept"/*)" = 600 ]
tell $? 'nobody else may look into it'
grep -q "^# .*$here/logs\$" "$kept"/*
tell $? 'it says of which folder it is'
[ "$(ls logs)" = "$(printf 'distmgr.log\nsender.log')" ]
tell $? 'nothing is written among the logs'

cp "$kept"/* before
ln -s logs link
passes --follow link
one_file && cmp -s before "$kept"/*
tell $? 'a link to the folder is the same server, and what has not changed is the same file'

# ---- after a reconnect ----

[ "$(trend)" = 04:00 ]
tell $? 'the trend goes back to the beginning of the logs'
roll 4
[ "$(trend --no-history)" = 05:30 ]
tell $? "without history it goes as far as the logs: $(trend --no-history)"
[ "$(trend)" = 04:00 ]
tell $? "with it as far as what was kept: $(trend)"
"$CMTOP" --once -o json logs >printed
"$CMTOP" --once -o json --no-history logs >plain
grep -q 'went from 5 to 50' printed && ! grep -q 'went from' plain
tell $? 'what a changed limit has done is known after a reconnect'
for file in printed plain; do
	sed -e '/"advice": \[\]/d' -e '/"advice": \[$/,/^ *\]/d' $file >$file.totals
done
[ "$(grep -c . plain.totals)" -gt 20 ] && cmp -s printed.totals plain.totals
tell $? 'no total comes of it'
runs --follow logs
[ "$(points)" = 24 ]
tell $? "the next program keeps it too: $(points)"
# Of the first five minutes that are left of sender.log less is left than was kept.
sed -n 's/^\(2026-07-30T09:[34][05]\) .*/\1/p' "$kept"/* | sort -u | wc -l >printed
[ "$(cat printed)" -ge 3 ]
tell $? 'five minutes are there once'
awk '/^2026/ && $1 < "2026-07-30T09:55" && $12 != 300000 { bad = 1 } END { exit bad }' "$kept"/*
tell $? 'and as whole as they were'

# ---- two at once ----

# One has read all, the other only the end; whoever ends last, nothing is lost.
for order in 'early late' 'late early'; do
	rm -rf state
	old_logs
	rm -f figures.prom
	# shellcheck disable=SC2086
	begin $service
	early=$last
	within 10 is_there
	rm -rf state
	roll 4
	begin --follow link
	late=$last
	within 10 is_there
	at LAN_SENDER 'No (more) send requests found to process' 121 >>logs/sender.log
	sleep 1.5
	for one in $order; do
		case $one in early) end "$early" ;; late) end "$late" ;; esac
	done
	[ "$(points)" -ge 24 ] && one_file
	tell $? "two at once, that end $order: $(points) points"
done

# ---- what is not wanted ----

for way in "--no-history $service" "--redact $service" "--metrics=$here/figures.prom --interval=1 logs/sender.log"; do
	rm -rf state figures.prom
	# shellcheck disable=SC2086
	begin $way
	within 10 figures
	sleep 0.3
	end "$last"
	[ ! -e state ] && [ ! -e home ]
	tell $? "nothing is kept: $way"
done
"$CMTOP" --follow - <logs/sender.log >printed
[ ! -e state ]
tell $? 'nothing is kept of standard input'
passes --follow --demo=3
[ ! -e state ]
tell $? 'nothing is kept of a simulated site'

# ---- where the user's state is ----

(
	unset HOME XDG_STATE_HOME
	"$CMTOP" --metrics=figures.prom --interval=1 logs >printed 2>err &
	sleep 0.5
	kill $!
	wait $! 2>/dev/null
	[ $? = 143 ] && [ ! -s err ] && "$CMTOP" --once logs >printed 2>err && [ ! -s err ]
)
tell $? 'no home is no harm'
(
	unset XDG_STATE_HOME
	passes --follow logs
)
[ ! -e home ]
tell $? 'a home that is not there is not made up'
mkdir home
(
	XDG_STATE_HOME=not/absolute
	kept=$HOME/.local/state/cmtop
	runs --follow logs
	one_file
)
tell $? 'without a state home it is ~/.local/state'
rm -rf home

# ---- what stands in its place ----

old_logs
rm -rf state
# shellcheck disable=SC2086
runs $service
name=$(ls "$kept")
cp "$kept/$name" whole
roll 4

# harmless NAME [COMMAND...]: a snapshot and a service run as ever, the service with one line at
# most; it goes on until the command is true
harmless() {
	harmless=$1
	shift
	timeout 10 "$CMTOP" --once logs >printed 2>err
	[ $? = 0 ] && [ ! -s err ] && [ -s printed ]
	tell $? "$harmless: a snapshot is taken ($(head -n 1 err))"
	rm -f figures.prom
	# shellcheck disable=SC2086
	begin $service
	within 10 figures
	within 5 "${@:-true}"
	end "$last"
	[ $code = 143 ] && [ "$(wc -l <err)" -le 1 ]
	tell $? "$harmless: a service runs, and says one line at most ($code: $(cat err))"
}

# refused NAME: likewise, and the line is there
refused() {
	harmless "$1" test -s err
	grep -q "^cmtop: $XDG_STATE_HOME.*history is not saved" err
	tell $? "$harmless: it is printed ($(cat err))"
}

head -c 1900 whole >"$kept/$name"
harmless 'a part of the file'
[ "$(points)" -ge 15 ] && [ "$(points)" -lt 24 ]
tell $? "a part of the file: what is whole in it is still there ($(points))"
head -c 300000 /dev/urandom >"$kept/$name"
harmless 'noise'
[ ! -s err ] && [ "$(points)" -ge 6 ] && grep -q '^# cmtop' "$kept/$name"
tell $? 'noise: a good file is in its place'
{ cat whole; head -c 3000000 /dev/zero; } >"$kept/$name"
harmless 'a file with a long end'
[ "$(points)" -ge 24 ] && [ "$(wc -c <"$kept/$name")" -lt 10000 ]
tell $? 'a file with a long end: the points are there and the end is not'

rm "$kept/$name" && mkdir "$kept/$name"
refused 'a folder'
rmdir "$kept/$name" && mkfifo "$kept/$name"
refused 'a FIFO'
[ -p "$kept/$name" ]
tell $? 'a FIFO: it stays'
rm "$kept/$name" && cp whole elsewhere && ln -s "$here/elsewhere" "$kept/$name"
harmless 'a link'
[ "$(points)" -ge 24 ] && cmp -s whole elsewhere
tell $? 'a link: what it leads to was read, and is not written'
rm "$kept/$name" && ln -s /dev/zero "$kept/$name"
refused 'a link to a device'
rm "$kept/$name" && ln -s "$here/nowhere" "$kept/$name"
harmless 'a link to nothing'
[ ! -e nowhere ]
tell $? 'a link to nothing: nothing is there'
rm -rf state && mkdir state && : >"$kept"
refused 'a file in place of the folder'
rm -rf state && : >state
refused 'a file in place of the state home'
rm -f state
XDG_STATE_HOME=/proc/nobody
refused 'a state home that cannot be'
XDG_STATE_HOME=$here/state
if [ "$(id -u)" != 0 ]; then
	mkdir -p "$kept" && cp whole "$kept/$name" && chmod 500 "$kept"
	refused 'a folder that may not be written'
	[ "$(trend)" = 04:00 ]
	tell $? 'a folder that may not be written: what is in it is read'
	chmod 700 "$kept"
fi

# A limit on the size of files stands for a full disk.
rm -rf state
mkdir -p "$kept" && cp whole "$kept/$name"
at LAN_SENDER 'No (more) send requests found to process' 122 >>logs/sender.log
(
	ulimit -f 1
	passes --follow logs
	cp err full
)
cmp -s whole "$kept/$name" && one_file
tell $? 'a full disk leaves the old file alone, and nothing beside it'
[ "$(wc -l <full)" = 1 ]
tell $? "a full disk is printed once: $(cat full)"

# ---- bounds ----

# Nine days, a record each five minutes.
rm -rf state logs
mkdir logs
awk 'BEGIN {
	for (i = 0; i < 9 * 288; i++)
		printf "Checking for sending capacity. Used %d out of 220.~  $$<SMS_LAN_SENDER><07-%02d-2026 %02d:%02d:00.000+240><thread=500 (0x1F4)>\r\n",
			i % 221, 20 + i / 288, i / 12 % 24, i * 5 % 60
}' >logs/sender.log
runs --follow logs
[ "$(points)" = 2016 ] && [ "$(cat "$kept"/* | wc -c)" -lt 300000 ]
tell $? "seven days and no more: $(points) points, $(cat "$kept"/* | wc -c) bytes"
[ "$(grep '^2026' "$kept"/* | tail -n 1 | cut -c1-16)" = 2026-07-22T04:00 ]
tell $? "the newest seven: $(grep '^2026' "$kept"/* | tail -n 1)"

# One record of a clock that was years ahead does not push them out.
before=$(points)
printf 'Checking for sending capacity. Used 1 out of 220.~  $$<SMS_LAN_SENDER><07-30-2099 12:00:00.000+240><thread=500 (0x1F4)>\r\n' >>logs/sender.log
passes --follow logs
[ "$(points)" = "$before" ]
tell $? "a record from the future leaves them alone: $(points)"

sum
