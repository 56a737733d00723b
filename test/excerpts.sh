#!/bin/sh
# The program on published log excerpts, where they are at hand: what the index of the
# excerpts says they show is what must be seen. Quoted excerpts get a frame by test/lib/frame.sh.
#
#	CMTOP_SAMPLES   their folder; skipped with a word when it is not there
. "$(dirname "$0")/lib/suite.sh"
program
samples=${CMTOP_SAMPLES:-../shared/domain/samples}

if [ ! -f "$samples/INDEX.md" ]; then
	echo "0 passed, 0 failed, 1 skipped: no excerpts in $samples"
	exit 0
fi
temporary

# The excerpt whose file name begins with $1.
excerpt() {
	set -- "$samples/$1"*
	echo "$1"
}

# What the program makes of these files, kept for shows(). Options may follow.
look() {
	what=$1
	shift
	"$CMTOP" --once --format=json "$@" >"$here/json" 2>"$here/errors"
	tell $? "$what: the program is content: $(cat "$here/errors")"
}

# look() at an excerpt as it is, or with a frame.
raw() {
	look "$1" "$(excerpt "$1")"
}
framed() {
	number=$1
	shift
	test/lib/frame.sh "$@" "$(excerpt "$number")" >"$here/log"
	look "$number" "$here/log"
}

# A line of the JSON fits this extended regular expression.
shows() {
	grep -Eq "$1" "$here/json"
	tell $? "$what: shows $1
$(cat "$here/json")"
}

shows_no() {
	! grep -Eq "$1" "$here/json"
	tell $? "$what: shows no $1"
}

counts='"records": [0-9]+, "unknown": [0-9]+, "damaged": 0'

# ---- senders ----

framed 01
shows '"sending": .*"used": 0, "capacity": 5'
shows "$counts"

framed 02
shows '"sending": .*"used": 0, "capacity": 0'

# A failed connection; a line of the main thread stands in the middle of it.
framed 04
shows '"sending": .*"used": 0,.*"done": 0, "failed": 1'
shows '"site": "MS1".*"failed": 1.*"state": "blocked"'
shows '"site": "MS1".*"until": "2016-05-16T17:00:06.000Z"'

framed 05 -t 517
shows '"sending": .*"failed": 0'
shows "$counts"

framed 06 -t 517
shows '"sending": .*"failed": 0'

# One whole send, and the same until its package file was complete.
framed 50
shows '"sending": .*"used": 0,.*"done": 1, "failed": 0, "bytes": 209779515'
shows '"site": "PS1", "used": 0, "capacity": 3,.*"done": 1, "failed": 0'
shows '"package": "CS100015", "name": null, "version": 1, "size": 209779515, "waiting": null, "running": 0, "done": 1'
shows "$counts"

test/lib/frame.sh "$(excerpt 50)" | sed '/Sending Started .*tosend/,$d' >"$here/log"
look "50, the package file is complete" "$here/log"
shows '"request": "202SQCS1", "site": "PS1", "package": "CS100015", "version": 1, "kind": "package"'
shows '"thread": 4432, "state": "finishing".*"position": 209779515, "size": 209779515, "size_source": "exact"'

# ---- the distribution manager ----

framed 53
shows '"distribution": .*"used": 0, "capacity": 3,.*"queued": \[\]'
shows '"package": "CS100015".*"version": 1, "size": 209715200'

framed 54
shows '"backlog": \{"source": "distmgr", "waiting": 1, "running": 0'
shows '"site": "PS1".*"waiting": 1'

framed 55
shows '"site": "PS2".*"waiting": 1'
shows '"site": "SS1".*"waiting": 1'
shows '"backlog": .*"waiting": 2'

framed 60
shows '"distribution": .*"used": 3, "capacity": 3'

framed 70 -c SMS_DISTRIBUTION_MANAGER
shows '"distribution": .*"capacity": 30'

# The send that 54 made due is the one that 50 carries.
mkdir "$here/site"
test/lib/frame.sh "$(excerpt 54)" >"$here/site/DistMgr.log"
test/lib/frame.sh "$(excerpt 50)" | sed 's/><05-16-2016 12/><05-16-2016 13/' >"$here/site/sender.log"
look "54 and 50" "$here/site"
shows '"backlog": .*"waiting": 0, "running": 0'
shows '"site": "PS1".*"waiting": 0, "done": 1'

# Copied lines, tab-separated and with a German date.
raw 74
shows '"records": 1, "unknown": [01], "damaged": 0'
raw 73
shows '"records": 5, "unknown": [0-9]+, "damaged": 0'

# ---- frames, clocks, rolling over ----

raw 16
framed 16
shows '"records": 2[0-9], "unknown": [0-9]+, "damaged": 0.*"newest": "1995-12-04T15:41:50.000"'
framed 09
shows '"records": 2, .*"damaged": 0.*"newest": "1996-11-06T08:49:37.000"'
raw 86
shows '"records": 5, .*"damaged": 0.*"newest": "2004-02-13T08:13:17.224"'
raw 87
shows '"records": 1, .*"damaged": 0.*"newest": "2015-06-26T21:24:33.329Z"'
raw 93
shows '"records": 8, .*"damaged": 0'
raw 94
shows '"now": "2026-09-18T20:39:06.629Z"'
shows '"records": 4, .*"damaged": 0'
raw 95
shows '"newest": "2022-11-30T00:08:33.184Z"'
raw 96
shows '"records": 3, .*"damaged": 0.*"newest": "2022-11-30T00:08:51.841"'
raw 97
shows '"newest": "2013-07-04T07:38:06.615Z"'
raw 98
shows '"newest": "2016-12-06T08:11:46.039Z"'
raw 99
shows '"records": 2, .*"newest": "2026-09-25T14:13:57.327Z"'

# Both sides of a roll-over: one log, the marker between them is no damage.
mkdir "$here/rolled"
cp "$(excerpt 91)" "$here/rolled/sender.lo_"
cp "$(excerpt 92)" "$here/rolled/sender.log"
look "91 and 92" "$here/rolled"
shows '"name": "sender".*"records": 8, "unknown": 8, "damaged": 0.*"missed": 0, "newest": "2026-09-25T08:26:37.139Z"'

# Whatever it is, it is read to its end, and nothing of it becomes a send.
for file in "$samples"/*.quoted.txt "$samples"/*.log "$samples"/archive/*; do
	look "$(basename "$file")" "$file"
	shows '^\{'
done
raw 88
shows_no '"request"'

sum
