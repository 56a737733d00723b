#!/bin/sh
# Logs rolled at random and simulated sites, many more of them than the unit tests have time for.
#
#	test/live/seeds.sh [WORLDS [SITES]]
#
# BUILD is where the tests were built.
set -u

tests=${BUILD:-build}/test
ROTATION_SEEDS=${1:-5000}
TRUTH_SEEDS=${2:-40}
ADVICE_SEEDS=${2:-40}
CLOCK_WORLDS=8
GAP_WORLDS=20000
CK_TIMEOUT_MULTIPLIER=10
export CLOCK_WORLDS GAP_WORLDS ROTATION_SEEDS TRUTH_SEEDS ADVICE_SEEDS CK_TIMEOUT_MULTIPLIER

said=$(mktemp) || exit 1
trap 'rm -f "$said"' EXIT
trap 'exit 1' HUP INT TERM

for test in test_rotate_faults test_model_against_site test_distmgr_against_site test_advice test_server_clocks test_usual_gap; do
	"$tests/$test" || echo "0 passed, 1 failed: $test"
done 2>&1 | tee "$said"
awk '/^[0-9]+ passed, [0-9]+ failed/ { p += $1; f += $3 } END { print p + 0 " passed, " f + 0 " failed"; exit f > 0 }' "$said"
