#!/bin/sh
# What the core asks the system for: memory, text and arithmetic, and nothing that knows of
# files, clocks, the environment or the end of the program. Then a core spoiled on purpose
# is looked at, to see that it would be noticed.
. "$(dirname "$0")/lib/suite.sh"
BUILD=${BUILD:-build}
CC=${CC:-cc}

# Extended regular expressions, one whole name each. "__": what compilers and libraries put
# in the place of a plain name, for memcpy() with a size known or for assert(); clang makes
# bcmp() of memcmp().
allowed='
(m|c|re|aligned_)alloc|free
mem(chr|cmp|cpy|move|set)|bcmp
str(len|nlen|cmp|ncmp|cpy|ncpy|cat|ncat|chr|rchr|str|pbrk|spn|cspn|tou?ll?|tou?imax|tod)
v?snprintf|qsort|bsearch|l?labs|abs
(floor|ceil|round|trunc|l?lround|fmod|fabs|sqrt|log|log2|log10|log1p|exp|exp2|pow|fmin|fmax|ldexp|frexp|nan|is(nan|inf))f?
__(mem|str)[a-z]*_chk|__v?snprintf_chk|__assert_(fail|rtn)|__stack_chk_(fail|guard)|__isoc23_strtou?ll?
_GLOBAL_OFFSET_TABLE_|__errno_location|__mingw_.*
(pcre2|utf8proc|json|jsonp)_[a-z0-9_]+
'

# Undefined in the archive and not defined in it either. Darwin puts "_" before each name.
asked_of_system() {
	nm -P "$1" 2>/dev/null | awk '
		NF < 2 { next }
		$2 == "U" || $2 == "w" { asked[$1] = 1; next }
		{ defined[$1] = 1 }
		END { for (name in asked) if (!(name in defined)) print name }' |
	if [ "$(uname -s)" = Darwin ]; then sed 's/^_//'; else cat; fi | sort
}

forbidden() {
	asked_of_system "$1" | grep -Evx "$(echo "$allowed" | grep . | paste -s -d '|' -)"
}

if [ ! -f "$BUILD/libcmtop.a" ]; then
	echo "$BUILD/libcmtop.a is not there"
	exit 1
fi
found=$(forbidden "$BUILD/libcmtop.a" | tr '\n' ' ')
[ -z "$found" ]
tell $? "the core asks for nothing else: $found"
asked_of_system "$BUILD/libcmtop.a" | grep -qx memcpy
tell $? "what is asked for can be seen at all"

# $1: a function body that no room of the core may have; $2: the name that must be found.
temporary
spoil() {
	printf '%s\n' "$3" "$1" >"$here/spoiled.c"
	cp "$BUILD/libcmtop.a" "$here/spoiled.a"
	if $CC -c -o "$here/spoiled.o" "$here/spoiled.c" && ar rs "$here/spoiled.a" "$here/spoiled.o" 2>/dev/null; then
		forbidden "$here/spoiled.a" | grep -Eqx "$2"
		tell $? "$2 is noticed"
	else
		tell 1 "a spoiled core could be made"
	fi
}

spoil 'long spoiled(void) { return (long)time(0); }'            'time'           '#include <time.h>'
spoil 'void *spoiled(void) { return fopen("x", "r"); }'         'fopen(64)?'     '#include <stdio.h>'
spoil 'char *spoiled(void) { return getenv("HOME"); }'          'getenv'         '#include <stdlib.h>'
spoil 'void spoiled(void) { exit(1); }'                         'exit'           '#include <stdlib.h>'
spoil 'int spoiled(int n) { return printf("%d", n); }'          '(__)?printf(_chk)?' '#include <stdio.h>'

sum
