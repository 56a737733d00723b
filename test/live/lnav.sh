#!/bin/sh
# The format file for lnav: it sees time, level, component and thread of both record forms.
set -u
cd "$(dirname "$0")/../.." || exit 1

if ! command -v lnav >/dev/null; then
	echo "0 passed, 0 failed, 1 skipped: lnav is not here"
	exit 0
fi
HOME=$(mktemp -d) || exit 1
export HOME
unset XDG_CONFIG_HOME
trap 'rm -rf "$HOME"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$HOME/.lnav/formats/installed"
cp contrib/lnav/cmtop.json "$HOME/.lnav/formats/installed/"

passed=0
failed=0
# sees NAME TABLE FILE EXPECTED
sees() {
	said=$(lnav -n -c ";SELECT log_time, log_level, component, thread FROM $2" -c ':write-csv-to -' "$3" 2>&1 | tail -n +2)
	if [ "$said" = "$4" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not so: $1: $said"
	fi
}

if said=$(lnav -C 2>&1) && [ -z "$said" ]; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
	echo "not so: lnav takes the format: $said"
fi

printf '%s\r\n' \
	'Found send request.  ID: 202SQCS1, Dest Site: PS1~  $$<SMS_LAN_SENDER><07-30-2026 12:03:00.000+240><thread=4321 (0x10E1)>' \
	'~There is no existing connection, Win32 error = 53  $$<SMS_LAN_SENDER><07-30-2026 12:03:01.500+240><thread=4432 (0x1150)>' \
	'Used 5 out of 5, a $$< in it  $$<SMS_LAN_SENDER><07-30-2026 12:03:02.500-60><thread=4432 (0x1150)>' >"$HOME/sender.log"
sees 'framed records' configmgr_framed_log "$HOME/sender.log" \
'2026-07-30 12:03:00.000,info,SMS_LAN_SENDER,4321
2026-07-30 12:03:01.500,error,SMS_LAN_SENDER,4432
2026-07-30 12:03:02.500,info,SMS_LAN_SENDER,4432'

printf '<![LOG[%s]LOG]!><time="%s" date="07-30-2026" component="SMS_MP" context="" type="%s" thread="%s" file="a.cpp:1">\r\n' \
	'Hello' 12:03:00.123-060 1 44 'Careful' 12:03:01.123-060 2 45 'Broken' 12:03:02.123+300 3 46 >"$HOME/mp.log"
sees 'tagged records' configmgr_tagged_log "$HOME/mp.log" \
'2026-07-30 12:03:00.123,info,SMS_MP,44
2026-07-30 12:03:01.123,warning,SMS_MP,45
2026-07-30 12:03:02.123,error,SMS_MP,46'

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
