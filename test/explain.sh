#!/bin/sh
# --explain=FILE:LINE: what cmtop makes of one line of a log.
#
#	test/explain.sh [PROGRAM]
. "$(dirname "$0")/lib/suite.sh"
program "$@"
scratch
LC_ALL=C
export LC_ALL

# explains FILE:LINE [ARGUMENT...]: it is answered, and nothing is wrong
explains() {
	place=$1
	shift
	exits 0 "$place" --explain="$place" "$@"
	is_empty err
}

# refuses CODE FILE:LINE PATTERN [ARGUMENT...]: in one line, and nothing else
refuses() {
	wanted=$1 place=$2 pattern=$3
	shift 3
	exits "$wanted" "$place" --explain="$place" "$@"
	has err "$pattern"
	is_empty printed
	[ "$(wc -l <err)" = 1 ]
	tell $? "$place is refused in one line"
}

first() {
	record SMS_LAN_SENDER 1 4321 'Found send request.  ID: 202SQCS1, Dest Site: PS1'
	record SMS_LAN_SENDER 2 4321 'Created sending thread (Thread ID = 1150)'
	record SMS_LAN_SENDER 4 4432 'Package file = E:\SMSPKG\CS100015.PCK.1'
}

second() {
	record SMS_LAN_SENDER 5 4432 'Wrote 524288 bytes to \\PS1SRV\SMS_SITE\202SQCS1.PCK at position 0'
	record SMS_LAN_SENDER 6 4432 'Wrote 524288 bytes to \\PS1SRV\SMS_SITE\202SQCS1.PCK at position 524288'
	record SMS_LAN_SENDER 7 4321 'Hello from another planet'
}

mkdir logs
{ first; second; } >sender.log
first >logs/sender.lo_
second >logs/sender.log
record SMS_DISTRIBUTION_MANAGER 0 5428 'Created minijob to send compressed copy of package CS100015 to site PS1.' >logs/distmgr.log

# ---- what is told ----

explains sender.log:5
has printed '^sender.log:5, 2026-07-30 12:00:06.000 -0400, component SMS_LAN_SENDER, thread 4432 (0x1150)$'
has printed '^text     Wrote 524288 bytes to .*at position 524288$'
has printed '^rule     rules of sender: "Wrote {bytes} bytes to {path} at position {offset}"$'
has printed '^event    wrote: a block has been written$'
has printed '^         bytes 524288, offset 524288, path '
has printed 'send of thread 4432: position 524288 -> 1048576$'
has printed 'site PS1: bytes 524288 -> 1048576$'
explains sender.log:2
has printed 'send of thread 4432: new$'
has printed 'transition .* job-started'
explains sender.log:6
has printed 'no rule knows this message: it is a note'
has printed 'note (info)'

# ---- which file ----

explains logs/sender.log:1
has printed '^text     Wrote .* position 0$'
grep -q 'position ? -> 524288' printed
[ $? = 1 ]
tell $? 'alone, the log does not show whose block it is'
explains logs/sender.log:1 logs
has printed 'position ? -> 524288'
has printed 'site PS1' 'with its folder it does'
explains logs/sender.lo_:1 logs
has printed '^text     Found send request'
explains logs/sender.lo_:3
has printed '^event    package-file: '
explains logs/distmgr.log:1 logs
has printed 'transition .* due '
explains sender.log:4 logs/distmgr.log
has printed '^text     Wrote'
cp sender.log 'a: name.log'
explains 'a: name.log:5'
has printed '^a: name.log:5, ' 'the last colon counts'
mkdir rolled
cp logs/sender.log rolled
: >rolled/sender.lo_
explains rolled/sender.log:1 rolled
has printed '^text     Wrote' 'the generation before is empty'

# ---- records of several lines, and lines that are no record ----

{
	printf '<MAXIMUM LOG FILE SIZE REACHED. OLD LOG FILE RENAMED TO sender.lo_>\r\n'
	printf 'STATMSG: ID=3500\r\nfirst of a text\r\n'
	record SMS_LAN_SENDER 1 1 'that goes on'
	printf '\r\n'
	printf 'torn $$<SMS_LAN_SENDER><07-30-\r\n'
	printf 'a\000b\033[2J\033]0;x\007 \377\n'
	record SMS_LAN_SENDER 2 1 'Hello'
	printf '<![LOG[one\n\ntwo]LOG]!><time="12:00:03.000+240" date="07-30-2026" component="SMS_LAN_SENDER" context="" type="1" thread="7" file="x">\n'
	printf 'the last one, cut'
} >odd.log
explains odd.log:1
has printed 'none: this line is the header of a log that has rolled over'
for line in 2 3 4; do
	explains odd.log:$line
	has printed "^odd.log:$line, 2026-07-30 12:00:01"
	has printed '^text     STATMSG: ID=3500 first of a text that goes on'
done
explains odd.log:5
has printed 'none: the line is empty'
explains odd.log:6
has printed 'none: this line is no record'
explains odd.log:7
has printed 'none: this line is no record'
[ "$(sed 's/я$//' printed | tr -d '\n -~' | wc -c)" = 0 ] # which the last byte of that line is, in some code page
tell $? 'what a log holds does not reach the terminal'
explains odd.log:8
has printed '^text     Hello$'
for line in 9 10 11; do
	explains odd.log:$line
	has printed '^text     one two$'
done
explains odd.log:12
has printed 'none: this line is no record'
{
	record SMS_LAN_SENDER 1 1 'One' | tr -d '\r\n'
	record SMS_LAN_SENDER 2 1 'Two'
} >two.log
explains two.log:1
[ "$(grep -c '^two.log:1, ' printed)" = 2 ]
tell $? 'of two records in a line both are told'
printf 'Hello  $$<SMS_LAN_SENDER><Fri Oct 15 17:09:46.507 1999 Pacific Daylight Time><thread=43 (0x2B)>' >bare.log
explains bare.log:1
has printed '^bare.log:1, 1999-10-15 17:09:46.507, component' 'without a zone, and without a newline'
printf 'Hallo\tSMS_LAN_SENDER\t31.10.2018 15:36:30\t1424 (0x0590)\n' >copied.log
explains copied.log:1
has printed '^copied.log:1, 2018-10-31 15:36:30.000, component SMS_LAN_SENDER, thread 1424' 'copied by people'
printf 'Hello  $$<SMS_LAN_SENDER><07-30-2026 12:00:00.000-330><thread=16 (0x10)>\n' >east.log
explains east.log:1
has printed '12:00:00.000 +0530, '
printf 'Hello  $$<SMS_LAN_SENDER><99-99-2026 12:00:00.000+0><thread=16 (0x10)>\n' >never.log
explains never.log:1
has printed '^never.log:1, no time, '

# ---- a list of many lines in one record ----

list() {
	printf 'Send Request  JobID     DestSite  State    Total size  Remaining  SWD PkgID  SWD Pkg Version%s' "$1"
	printf '20101PS1      00000101  A10       Pending  20480k      20480k     PS100010   1%s' "$1"
	printf '20102PS1      00000102  A11       Pending  20480k      20480k     PS100011   2%s' "$1"
	record SMS_SCHEDULER 0 9 '20103PS1      00000103  A12       Pending  20480k      20480k     PS100012   3'
}
newline='
'
list "$newline" >list.log
list "$(printf '\r')$newline" >list-crlf.log
for rows in list.log list-crlf.log; do
	for line in 2 3 4; do
		explains $rows:$line
		has printed "^text     2010$((line - 1))PS1 "
		[ "$(grep -c "^$rows:$line, " printed)" = 1 ]
		tell $? "of the rows of a list in one record only that of the line is told"
	done
done

# ---- names hidden ----

explains "$here/sender.log:5" --redact
has printed '^sender.log:5, ' 'the folder is not told'
has printed 'srv-'
grep -q PS1SRV printed
[ $? = 1 ]
tell $? 'nor is the server'
explains odd.log:6 --redact
has printed 'hidden by --redact' 'what is no record may hold any name'

# ---- what is refused ----

: >empty.log
refuses 2 sender.log 'must be FILE:LINE'
refuses 2 sender.log: 'must be FILE:LINE'
refuses 2 :5 'must be FILE:LINE'
refuses 2 '' 'must be FILE:LINE'
refuses 2 sender.log:0 'a number from 1'
refuses 2 sender.log:-1 'a number from 1'
refuses 2 sender.log:5x 'a number from 1'
refuses 2 sender.log:99999999999999999999 'a number from 1'
refuses 2 -:5 'standard input'
refuses 1 sender.log:7 'there is no line 7: the last one is 6'
refuses 1 odd.log:13 'there is no line 13: the last one is 12'
refuses 1 empty.log:1 'the file is empty'
refuses 1 nowhere.log:1 '^cmtop: nowhere.log: no such file'
refuses 1 'C:\x\sender.log:120' '^cmtop: C:.x.sender.log: no such file'
refuses 1 logs:1 'is a folder, not a log'
refuses 1 sender.log:1 'nowhere: no such file' nowhere
refuses 2 sender.log:1 'cannot be used together' --once
refuses 2 sender.log:1 'cannot be used together' --filter=PS1
refuses 2 sender.log:1 'cannot be used together' --demo
refuses 2 sender.log:1 'needs --once' --format=json

sum
