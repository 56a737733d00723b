#!/bin/sh
# Sizes of packages' files that are looked at: files that come later and files that grow,
# and a share (sshfs, with a server of the test's own) that hangs while they are wanted.
#
#	test/live/sizes.sh [PROGRAM]
set -u
cd "$(dirname "$0")/../.." || exit 1
CMTOP=${1:-${CMTOP:-build/cmtop}}
case $CMTOP in
/*) ;;
*) CMTOP=$PWD/$CMTOP ;;
esac
if [ ! -x "$CMTOP" ]; then
	echo "there is no $CMTOP"
	exit 1
fi
unset SMS_LOG_PATH

here=$(mktemp -d) || exit 1
XDG_STATE_HOME=$here/state
export XDG_STATE_HOME
unmount=$(command -v fusermount3 || command -v fusermount)
program=
passed=0
failed=0
skipped=
tidy() {
	if [ -s "$here/server.pid" ]; then
		kill -CONT "$(cat "$here/server.pid")" 2>/dev/null
	fi
	[ -z "$program" ] || kill "$program" 2>/dev/null
	[ -z "$unmount" ] || "$unmount" -uz "$here/near" 2>/dev/null
	rm -rf "$here"
}
trap tidy EXIT
trap 'exit 1' HUP INT TERM
cd "$here" || exit 1

tell() {
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not so: $2"
		grep -s -e backlog_bytes -e newest_timestamp prom err | sed 's/^/    /'
	fi
}

# until_true COMMAND...: tries again for fifteen seconds
until_true() {
	tries=0
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ $tries -lt 300 ] || return 1
		sleep 0.05
	done
}

# record COMPONENT SECOND THREAD MESSAGE
record() {
	printf '%s~  $$<%s><07-30-2026 12:03:%02d.000+300><thread=%d (0x%X)>\r\n' "$4" "$1" "$2" "$3" "$3"
}

due() {
	record SMS_DISTRIBUTION_MANAGER "$1" 5428 "Created minijob to send compressed copy of package $2 to site PS1.  Transfer root = E:\\SMSPKG\\$2.PCK.1." >>logs/distmgr.log
}

# The distribution manager says 1,024,000 bytes, as an estimate.
logs() {
	rm -rf logs prom
	mkdir logs
	record SMS_DISTRIBUTION_MANAGER 0 5428 'The size of package CS100015, version 1 is 1000 KBytes' >logs/distmgr.log
	due 1 CS100015
}

left_is() {
	grep -q "^cmtop_backlog_bytes $1\$" prom
}

no_more_processes() {
	[ "$(pgrep -P "$program" | wc -l)" -le "$processes" ]
}

newest() {
	sed -n 's/^cmtop_log_newest_timestamp_seconds{log="distmgr"} //p' prom
}

begin() {
	"$CMTOP" --metrics=prom --interval=1 --no-history --map="E:\\SMSPKG=$1" logs >out 2>err </dev/null &
	program=$!
	until_true left_is "$2"
	tell $? "at first $2 bytes are left"
}

# It is gone within a second, or within what a busy machine makes of it.
finish() {
	start=$(date +%s)
	kill "$program"
	wait "$program" 2>/dev/null
	program=
	[ $(($(date +%s) - start)) -le 2 ]
	tell $? "$1: it ends at once"
}

# ---- a folder ----

mkdir pkg
logs
begin "$here/pkg" 1024000
truncate -s 5000 pkg/CS100015.PCK.1
touch -t 202601010000 pkg/CS100015.PCK.1
until_true left_is 5000
tell $? "a file that comes later is looked at, though no log speaks of it again"
due 2 CS100015
until_true left_is 10000
tell $? "and counts for what falls due"
finish "a file that came later"
[ ! -s err ]
tell $? "nothing was wrong: $(cat err)"

logs
rm pkg/*
( i=0; while [ $i -lt 40 ]; do printf %1000s '' >>pkg/CS100015.PCK.1; i=$((i + 1)); sleep 0.1; done ) &
writer=$!
begin "$here/pkg" 1024000
while kill -0 $writer 2>/dev/null; do
	left_is 1024000 || echo "$(grep backlog_bytes prom)" >>early
	sleep 0.1
done
wait $writer
[ ! -s early ]
tell $? "a file that grows is not believed: $(tail -n 1 early 2>/dev/null)"
until_true left_is 40000
tell $? "one that has grown is"
finish "a file that grew"

# ---- a share that hangs ----

for server in /usr/lib/openssh/sftp-server /usr/libexec/openssh/sftp-server /usr/lib/ssh/sftp-server; do
	[ -x "$server" ] && break
done
cat >ssh <<END
#!/bin/sh
echo \$\$ >"$here/server.pid"
exec "$server"
END
chmod +x ssh
mkdir far near
if ! command -v sshfs >/dev/null || [ ! -x "$server" ] || [ -z "$unmount" ] || [ ! -w /dev/fuse ]; then
	skipped=', 1 skipped: sshfs, its server or /dev/fuse is missing'
elif ! sshfs -o cache=no -o attr_timeout=0 -o entry_timeout=0 -o ssh_command="$here/ssh" "here:$here/far" near 2>/dev/null; then
	skipped=', 1 skipped: FUSE may not be used here'
else
	truncate -s 7000 far/CS100015.PCK.1
	touch -t 202601010000 far/CS100015.PCK.1
	logs
	begin "$here/near" 7000
	finish "a file on a share"

	kill -STOP "$(cat server.pid)"
	start=$(date +%s)
	"$CMTOP" --once --format=json --map="E:\\SMSPKG=$here/near" logs >out 2>err </dev/null
	tell $? "a snapshot while the share hangs"
	[ $(($(date +%s) - start)) -le 5 ]
	tell $? "comes all the same, after $(($(date +%s) - start)) s"
	grep -q '"size": *1024000' out
	tell $? "with the estimate"
	grep -q '^cmtop: .*/near: ' err
	tell $? "and says why: $(cat err)"

	begin "$here/near" 1024000
	sleep 3
	processes=$(pgrep -P "$program" | wc -l)
	before=$(newest)
	due 30 CS100015
	until_true left_is 2048000
	tell $? "the logs are followed while the share hangs"
	[ "$(newest)" -gt "$before" ]
	tell $? "to their newest record"
	for second in 31 32 33 34 35; do
		due $second CS10002$second
	done
	sleep 2
	# A process of another kind may come and go meanwhile: it is gone at the next try, a second
	# look at the share would stay.
	until_true no_more_processes
	tell $? "no look is begun beside the one that hangs"
	until_true grep -q '^cmtop: .*/near: ' err
	tell $? "the share is said to hang: $(cat err)"
	finish "a share that hangs"

	logs
	begin "$here/near" 1024000
	kill -CONT "$(cat server.pid)"
	until_true left_is 7000
	tell $? "a share that comes back tells the size"
	finish "a share that came back"
fi

echo "$passed passed, $failed failed$skipped"
[ "$failed" = 0 ]
