#!/bin/sh
# The figures of what is foretold, for ten simulated sites instead of one.
set -u
cd "$(dirname "$0")/../.." || exit 1
FIGURE_SEEDS=10 exec "${BUILD:-build}/test/test_figures"
