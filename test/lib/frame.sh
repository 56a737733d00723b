#!/bin/sh
# Makes log records of quoted ones, for tests: prints FILE in the current product's form.
#
#	test/lib/frame.sh [-c COMPONENT] [-t THREAD] [-p PACKAGE] FILE
#
# Quoted in articles are, and taken here:
#	COMPONENT tid (0xhex) message       Microsoft's articles; no time, so one is made up
#	message                             the old knowledge base, wrapped near column 80: then
#	                                    -c and -t say who spoke (a sending thread speaks
#	                                    after the line that created it)
#	message $$<COMPONENT><time><thread=…>   whole records, wrapped: only joined (what stands
#	                                    without a frame after the last is a message)
#
# "..." alone is a gap of a minute; "…" at an end is the article's own. -p stands in for
# "<PackageID>". Records are a second apart and begin at 2016-05-16 12:00 UTC-4.
set -u

component=SMS_LAN_SENDER
thread=1000
package=CS100015
while getopts c:t:p: option; do
	case $option in
	c) component=$OPTARG ;;
	t) thread=$OPTARG ;;
	p) package=$OPTARG ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))

framed=0
grep -q '[$][$]<.*><' "$1" && framed=1

# Bytes are bytes: the article's mark is three of them, and no awk may take offence.
LC_ALL=C awk -v component="$component" -v main="$thread" -v package="$package" -v framed="$framed" '
function hex(text,    n, i) {
	n = 0
	for (i = 1; i <= length(text); i++)
		n = n * 16 + index("0123456789abcdef", tolower(substr(text, i, 1))) - 1
	return n
}

function put(message, who, tid) {
	gsub(/<PackageID>|PackageID/, package, message)
	sub(/ *\342\200\246$/, "", message)
	sub(/\. \.\.\.$/, ".", message)
	printf "%s  $$<%s><05-16-2016 %02d:%02d:%02d.000+240><thread=%d (0x%X)>\r\n", message, who,
	       12 + int(clock / 3600), int(clock / 60) % 60, clock % 60, tid, tid
	clock++
}

# What the main thread of a sender says; all else is said by the thread it created last.
function is_main(message) {
	return message ~ /^~?(Created sending thread|Found send request|Checking for (site-specific )?sending capacity|Connecting to|No \(more\)|Registry indicates|There is no longer an address|Returning send request|Site .* added to list)/
}

function put_bare(message,    id) {
	if (message == "")
		return
	put(message, component, is_main(message) || !current ? main : current)
	if (match(message, /Created sending thread \(Thread ID = [0-9A-Fa-f]+/)) {
		id = substr(message, RSTART, RLENGTH)
		sub(/.* /, "", id)
		current = hex(id)
	}
}

function flush() {
	put_bare(pending)
	pending = ""
}

{ sub(/\r$/, "") }

# Whole records: lines are joined until the frame is complete.
framed && $0 != "..." {
	record = record (record == "" ? "" : " ") $0
	if (record ~ /<thread=[^>]*>$/) {
		printf "%s\r\n", record
		record = ""
	}
	next
}

$0 == "..." { flush(); clock += 60; next }
$0 == "" { flush(); next }

# "SMS_LAN_SENDER 6700 (0x1a2c) message"
match($0, /^(Date Time +)?M?S?[A-Z_]+_[A-Z_]+ +[0-9]+ \(0x[0-9a-fA-F]+\) /) {
	flush()
	head = substr($0, 1, RLENGTH)
	sub(/^Date Time +/, "", head)
	split(head, words, / +/)
	message = substr($0, RLENGTH + 1)
	sub(/^ +/, "", message)
	put(message, words[1], words[2])
	next
}

# A line of a wrapped message goes on in small letters, after a comma, or with a word that
# the line before had no room for.
pending != "" && (/^[a-z]/ || last ~ /,$/ || (last !~ /[.~)]$/ && length(last) <= 80 && length(last " " $1) > 78)) {
	pending = pending " " $0
	last = $0
	next
}
{ flush(); pending = last = $0 }

END {
	flush()
	put_bare(record)
}
' "$1"
