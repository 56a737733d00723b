#!/bin/sh
# A network file system: a folder mounted through sshfs, whose server is a process of
# the test's own, so that no notification arrives and the share can hang and break.
#
#	test/live/share.sh [HANG_SECONDS]
#
# BUILD is where the program was built.
set -u

build=${BUILD:-build}
hang=${1:-8}
here=$(dirname "$0")
passed=0
failed=0
for server in /usr/lib/openssh/sftp-server /usr/libexec/openssh/sftp-server /usr/lib/ssh/sftp-server; do
	[ -x "$server" ] && break
done
unmount=$(command -v fusermount3 || command -v fusermount)
if ! command -v sshfs >/dev/null || [ ! -x "$server" ] || [ -z "$unmount" ] || [ ! -w /dev/fuse ]; then
	echo "0 passed, 0 failed, 1 skipped: sshfs, its server or /dev/fuse is missing"
	exit 0
fi

dir=$(mktemp -d) || exit 1
follower=
writer=
tidy() {
	if [ -s "$dir/server.pid" ]; then
		kill -CONT "$(cat "$dir/server.pid")" 2>/dev/null
	fi
	for process in $follower $writer; do
		kill "$process" 2>/dev/null
	done
	"$unmount" -uz "$dir/near" 2>/dev/null
	rm -rf "$dir"
}
trap tidy EXIT
trap 'exit 1' HUP INT TERM
mkdir "$dir/far" "$dir/near"

cc=${CC:-cc}
common="-std=c11 -D_XOPEN_SOURCE=700 -O2 -Iinclude -Isrc"
street="src/live/follow.c src/live/beat.c src/live/os_worker_posix.c src/live/files.c src/live/names.c src/live/os_files_posix.c src/live/os_births_posix.c"

# shellcheck disable=SC2046,SC2086
$cc $common -o "$dir/writer" "$here/writer.c" &&
$cc $common $(pkg-config --cflags libuv) -o "$dir/driver" "$here/follow_driver.c" $street \
	"$build/libcmtop.a" $(pkg-config --libs libuv) || {
	echo "0 passed, 1 failed: cannot build the writer and the driver"
	exit 1
}

# What sshfs takes for ssh: the server itself, at the other end of a pipe.
cat >"$dir/ssh" <<END
#!/bin/sh
echo \$\$ >"$dir/server.pid"
exec "$server"
END
chmod +x "$dir/ssh"
mount_share() {
	sshfs -o ssh_command="$dir/ssh" "here:$dir/far" "$dir/near" 3>&-
}

begin() {
	rm -rf "$dir/far/"* "$dir/end"
	mkfifo "$dir/end"
	DRIVER_STATES=1 "$dir/driver" "$dir/near/sender.log" <"$dir/end" >"$dir/told" 2>"$dir/said" &
	follower=$!
	exec 3>"$dir/end"
	sleep 1.2
}

finish() {
	exec 3>&-
	wait "$follower"
	follower=
}

result() {
	if [ "$2" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "$1"
		sed 's/^/    /' "$dir/said"
	fi
}

# told NAME: every line written was told once. Waits for the last ones, two seconds over the poll.
told() {
	tries=0
	while [ "$(wc -l <"$dir/told")" -lt "$(wc -l <"$dir/written")" ] && [ $tries -lt 30 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	finish
	sort "$dir/written" >"$dir/a"
	sort "$dir/told" >"$dir/b"
	cmp -s "$dir/a" "$dir/b"
	result "$1: $(comm -23 "$dir/a" "$dir/b" | wc -l) lines of $(wc -l <"$dir/a") lost" $?
}

if ! mount_share; then
	echo "0 passed, 0 failed, 1 skipped: FUSE may not be used here"
	exit 0
fi

for way in rename late later copy; do
	begin
	"$dir/writer" $way "$dir/far/sender.log" 5 30000 64000 300 >"$dir/written"
	told "$way on a share"
done

begin
"$dir/writer" rename "$dir/far/sender.log" $((hang + 4)) 8000 $((hang * 9000)) >"$dir/written" &
writer=$!
sleep 2
kill -STOP "$(cat "$dir/server.pid")"
sleep "$hang"
grep -q stalled "$dir/said"
result "a share that hangs is not told" $?
kill -CONT "$(cat "$dir/server.pid")"
wait $writer
writer=
told "a share that hung for $hang s"

begin
kill -STOP "$(cat "$dir/server.pid")"
sleep 2
start=$(date +%s)
finish
[ $(($(date +%s) - start)) -le 1 ]
result "quitting waits for the share" $?
kill -CONT "$(cat "$dir/server.pid")"

begin
"$dir/writer" rename "$dir/far/sender.log" 10 8000 60000 >"$dir/written" &
writer=$!
sleep 2
kill -KILL "$(cat "$dir/server.pid")"
sleep 2
"$unmount" -u "$dir/near" 2>/dev/null
sleep 1
mount_share
wait $writer
writer=
told "a share that broke and was mounted again"

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
