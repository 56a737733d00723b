#!/bin/sh
# Logs rolled by dice, many more of them than the unit tests have time for.
#
#	test/live/seeds.sh [WORLDS]
#
# BUILD is where the tests were built.
set -u

TAIL_SEEDS=${1:-5000} CK_TIMEOUT_MULTIPLIER=5 exec "${BUILD:-build}/test/test_tail_faults"
