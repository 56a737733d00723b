#!/bin/sh
# Real files, a real second process: a log of 64 kB that rolls twenty times a second, in
# each way. Every line written is told once. On a machine that is busy a few generations may
# live and die between two looks: what was in them is said to be lost, but never without a
# gap being told.
#
#	test/live/rolling.sh [SECONDS] [WAY...]
#
# BUILD is where the program was built.
set -u

build=${BUILD:-build}
seconds=${1:-2}
[ $# -gt 0 ] && shift
here=$(dirname "$0")
passed=0
failed=0
dir=$(mktemp -d) || exit 1
follower=
trap 'if [ -n "$follower" ]; then kill "$follower" 2>/dev/null; fi; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

cc=${CC:-cc}
common="-std=c11 -D_XOPEN_SOURCE=700 -O2 -Iinclude -Isrc"
files="src/follow/follow.c src/follow/poll_timer.c src/follow/log_files.c src/follow/file_age.c src/follow/case_names.c src/os/open_file.c src/os/file_calls.c
	src/os/worker_posix.c src/os/file_system_posix.c src/os/create_watch_posix.c"

# shellcheck disable=SC2046,SC2086
$cc $common -o "$dir/writer" "$here/writer.c" &&
$cc $common $(pkg-config --cflags libuv) -o "$dir/driver" "$here/follow_driver.c" $files \
	"$build/libcmtop.a" $(pkg-config --libs libuv) || {
	echo "0 passed, 1 failed: cannot build the writer and the driver"
	exit 1
}

# all_told WAY LAG POLL LOSES: the log is followed while it is written and rolled; so many
# lines may be lost for each gap that was told.
all_told() {
	log=$dir/$1/sender.log
	mkdir "$dir/$1" "$dir/$1/archive"
	mkfifo "$dir/$1/end"
	"$dir/driver" "$log" "$3" <"$dir/$1/end" >"$dir/$1/told" 2>"$dir/$1/said" &
	follower=$!
	exec 3>"$dir/$1/end"
	"$dir/writer" "$1" "$log" "$seconds" 1500000 64000 "$2" >"$dir/$1/written"
	# The last bytes: until as many lines were told as written, at most five seconds.
	tries=0
	while [ "$(wc -l <"$dir/$1/told")" -lt "$(wc -l <"$dir/$1/written")" ] && [ $tries -lt 50 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	exec 3>&-
	wait "$follower"
	follower=
	sort "$dir/$1/written" >"$dir/a"
	sort "$dir/$1/told" >"$dir/b"
	lost=$(comm -23 "$dir/a" "$dir/b" | wc -l)
	wrong=$(comm -13 "$dir/a" "$dir/b" | wc -l)  # told twice, or never written
	gaps=$(sed -n 's/.*missed, \([0-9]*\) gaps$/\1/p' "$dir/$1/said")
	if [ "$lost" -gt 0 ] || [ "$wrong" -gt 0 ]; then
		echo "$1: $lost lines of $(wc -l <"$dir/a") lost, $wrong wrong, $(tail -n 1 "$dir/$1/said")"
	fi
	[ -s "$dir/a" ] && [ "$wrong" = 0 ]
	good $(($? + (lost > $4 * ${gaps:-0})))
	rm -rf "${dir:?}/$1"
}

# good CODE
good() {
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
}

for way in "${@:-append rename late later copy delete vanish}"; do
	for one in $way; do
		case $one in
		append) all_told append 0 0 0 ;;
		late)   all_told late 8 0 2000 ;;
		later)  all_told later 300 0 0 ;;
		vanish) all_told vanish 0 0 1 ;;
		*)      all_told "$one" 0 0 2000 ;;
		esac
	done
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
