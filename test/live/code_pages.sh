#!/bin/sh
# Names in the server's code page on the dashboard, as the log grows and rolls over: they are
# read again when the first guess was wrong, and a letter may be cut in two by a look.
#
#	test/live/code_pages.sh [PROGRAM]
set -u
cd "$(dirname "$0")/../.." || exit 1
CMTOP=${1:-${CMTOP:-build/cmtop}}
case $CMTOP in
/*) ;;
*) CMTOP=$PWD/$CMTOP ;;
esac

if ! command -v tmux >/dev/null || ! command -v iconv >/dev/null; then
	echo "0 passed, 0 failed, 1 skipped: tmux or iconv is not here"
	exit 0
fi

here=$(mktemp -d) || exit 1
socket=cmtop-$$
mux() {
	tmux -L "$socket" -u -f /dev/null "$@"
}
trap 'mux kill-server 2>/dev/null; rm -rf "$here"' EXIT
trap 'exit 1' HUP INT TERM

passed=0
failed=0
# shows NAME: within five seconds
shows() {
	tries=0
	until mux capture-pane -p -t 0 | grep -q -e "$1"; do
		tries=$((tries + 1))
		if [ $tries = 100 ]; then
			failed=$((failed + 1))
			echo "not so: $1 is shown"
			mux capture-pane -p -t 0 | grep . | sed 's/^/    | /'
			return
		fi
		sleep 0.05
	done
	passed=$((passed + 1))
}

# package NUMBER NAME: the records of a package that waits, in UTF-8
package() {
	frame='  $$<SMS_DISTRIBUTION_MANAGER><07-30-2026 12:03:00.000-120><thread=5800 (0x16A8)>'
	printf '%s\r\n' "Found package properties updated notification for package 'CS1000$1'$frame" \
		"Adding package 'CS1000$1' to package processing queue.$frame"
	printf '%s\r\n' "STATMSG: ID=2300 SEV=I LEV=M SOURCE=\"SMS Server\" COMP=\"SMS_DISTRIBUTION_MANAGER\" SYS=PS1SITE SITE=PS1 PID=1 TID=2 GMTDATE=Thu Jul 30 17:03:00.000 2026 ISTR0=\"$2\" ISTR1=\"CS1000$1\" ISTR2=\"\" ISTR3=\"\" NUMATTRS=1 AID0=400 AVAL0=\"CS1000$1\"$frame"
}

log=$here/distmgr.log
cp test/cases/e08-read-again-when-more-names-are-known/distmgr.log "$log"
mux new-session -d -x 120 -y 50 "$CMTOP --no-history $here"
shows distmgr
mux send-keys 5
shows 'CS100010 .*Narzędzia biurowe'
shows 'CS100014 .*Sterowniki urządzeń'

package 20 'Zażółć gęślą jaźń' | iconv -f UTF-8 -t CP1250 >"$here/more"
head -c 400 "$here/more" >>"$log"
sleep 0.5
tail -c +401 "$here/more" >>"$log"
shows 'CS100020 .*Zażółć gęślą jaźń'

mv "$log" "$here/distmgr.lo_"
package 21 'Nowy pakiet 漢字' | iconv -f UTF-8 -t UTF-16 >"$log"
shows 'CS100021 .*Nowy pakiet 漢字'
package 22 'Żółw' | iconv -f UTF-8 -t UTF-16LE >"$here/more"
head -c 501 "$here/more" >>"$log"
sleep 0.5
tail -c +502 "$here/more" >>"$log"
shows 'CS100022 .*Żółw'
mux send-keys '?'
shows 'utf-16le'

echo "$passed passed, $failed failed"
[ $failed = 0 ]
