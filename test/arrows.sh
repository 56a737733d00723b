#!/bin/sh
# Which file uses which: every include and every call between the files of src, against the list
# test/arrows. A folder uses only what stands below it, a private header stays in its folder, a
# library in its place, what knows of the system in src/os and src/term; and no files include or
# call each other in a circle, also not within one folder.
#
# Then copies of the sources are spoiled, to see that each of these is noticed.
. "$(dirname "$0")/lib/suite.sh"
BUILD=${BUILD:-build}
CC=${CC:-cc}
case $BUILD in
/*) ;;
*) BUILD=$top/$BUILD ;;
esac
temporary

# Prints "symbol FILE NAME TYPE" for each name in the objects below $1 whose source is still there.
symbols() (
	find src -name '*.c' | sed 's/^src.//; s/\.c$//' | while read -r name; do
		[ ! -f "$1/$name.o" ] || echo "$1/$name.o"
	done | xargs nm -A -P 2>/dev/null | awk -v objects="$1/" '
		{
			path = substr($1, length(objects) + 1)
			sub(/\.o:?$/, "", path)
			print "symbol", path, $2, $3
		}'
)

# check TREE OBJECTS: what is wrong there, a line each
check() (
	cd "$1" || exit 1
	rm -f "$here/edges"
	: >"$here/edges"
	{
		find src include -name '*.[ch]' | sort | sed 's/^/file /'
		find src include -name '*.[ch]' | sort | xargs grep -n '^[[:blank:]]*#[[:blank:]]*include' /dev/null | sed 's/^/include /'
		symbols "$2"
	} | awk -v LIST=test/arrows -v CIRCLES="$here/edges" -f "$top/test/lib/arrows.awk"
	for kind in include call; do
		grep "^$kind " "$here/edges" | awk -f "$top/test/lib/circles.awk"
	done
)

[ "$(symbols "$BUILD" | awk '{ print $2 }' | sort -u | wc -l)" -ge "$(find src -name '*.c' ! -name '*_win32.c' ! -name '*_posix.c' | wc -l)" ]
tell $? "the objects of all sources are in $BUILD"
found=$(check . "$BUILD")
[ -z "$found" ]
tell $? "the sources keep to test/arrows:
$found"

# ---- spoiled on purpose ----

spoiled=$here/spoiled
objects=$here/objects
mkdir "$spoiled" "$spoiled/test" "$objects"
cp -R src include "$spoiled/"
cp test/arrows "$spoiled/test/"
echo "$found" >"$here/before"

# noticed WHAT LINE: the line is printed of the spoiled copy, and was not before
noticed() {
	check "$spoiled" "$objects" >"$here/after"
	grep -qxF -e "$2" "$here/after" && ! grep -qxF -e "$2" "$here/before"
	tell $? "$1 is noticed: $2 (found: $(grep -vxF -f "$here/before" "$here/after" | head -n 3))"
}

# spoil FILE LINE WHAT: the line is put into the file for once
spoil() {
	mkdir -p "$(dirname "$spoiled/$1")"
	[ ! -f "$1" ] || cp "$1" "$here/good"
	printf '%s\n' "$2" >>"$spoiled/$1"
	noticed "$1 with $2" "$3"
	if [ -f "$1" ]; then
		mv "$here/good" "$spoiled/$1"
	else
		rm "$spoiled/$1"
	fi
}

spoil src/model/spoiled.c '#include "cmtop/parser.h"'     'src/model/spoiled.c: model -> parse: include/cmtop/parser.h'
spoil src/parse/spoiled.c '#include "cmtop/grid.h"'       'src/parse/spoiled.c: parse -> view/grid: include/cmtop/grid.h'
spoil src/query/spoiled.c '  #  include "cmtop/report.h"' 'src/query/spoiled.c: query -> report: include/cmtop/report.h'
spoil src/view/grid/spoiled.c '#include "view/panes/list.h"' 'src/view/grid/spoiled.c: view/grid -> view/panes: src/view/panes/list.h'
spoil src/view/spoiled.c  '#include "report/rows.h"'      'src/view/spoiled.c: view -> report: src/report/rows.h'
spoil src/logstore/spoiled.c '#include "model/tables/state.h"' 'src/logstore/spoiled.c: logstore -> model/tables: src/model/tables/state.h is private'
spoil src/cli/spoiled.c   '#include "model/tables/state.h"'    'src/cli/spoiled.c: cli -> model/tables: src/model/tables/state.h is private'
spoil src/model/records/spoiled.c '#include "model/sender/sender.h"' 'src/model/records/spoiled.c: model/records -> model/sender: src/model/sender/sender.h'
spoil src/model/sender/spoiled.c '#include "model/failure_lines.h"' 'src/model/sender/spoiled.c: model/sender -> model: src/model/failure_lines.h'
spoil src/base/spoiled.c  '#include "follow/follow.h"'    'src/base/spoiled.c: base -> follow: src/follow/follow.h'
spoil src/os/spoiled.c    '#include "follow/follow.h"'    'src/os/spoiled.c: os -> follow: src/follow/follow.h'
spoil include/cmtop/when.h '#include "cmtop/model.h"'     'include/cmtop/when.h: base -> model/tables: include/cmtop/model.h'
spoil include/cmtop/new.h '/* of no folder */'            'include/cmtop/new.h: no folder has its .c file, and test/arrows does not list it'
spoil src/attic/new.c     '/* of no folder */'            'src/attic/new.c: in no folder of test/arrows'
spoil src/base/spoiled.c  '#include "nowhere.h"'          'src/base/spoiled.c: "nowhere.h" is nowhere'
spoil src/model/spoiled.c '#include "state.h"'            'src/model/spoiled.c: "state.h" is nowhere'
spoil src/view/spoiled.c  '#include <curses.h>'           'src/view/spoiled.c: <curses.h> is for src/term/abilities_ncurses.c src/term/screen_ncurses.c src/term/keys_ncurses.c src/term/row_ncurses.c alone'
spoil src/follow/spoiled.c '#include <pcre2.h>'           'src/follow/spoiled.c: <pcre2.h> is for src/base/pattern.c alone'
spoil src/base/spoiled.c  '#include <utf8proc.h>'         'src/base/spoiled.c: <utf8proc.h> is for src/base/utf8.c src/base/utf8_plain.c alone'
spoil src/report/text.c   '#include <jansson.h>'          'src/report/text.c: <jansson.h> is for src/report/json.c alone'
spoil src/sim/spoiled.c   '#include <uv.h>'               'src/sim/spoiled.c: <uv.h> is for src/os/ src/store/ src/follow/ src/term/ src/demo/ src/cli/ alone'
spoil src/model/spoiled.c '#include <time.h>'             'src/model/spoiled.c: <time.h> is not for the core'
spoil src/cli/spoiled.c   '#include <unistd.h>'           'src/cli/spoiled.c: <unistd.h> is for src/os and src/term alone'
spoil src/model/spoiled.c '#include <sys/stat.h>'         'src/model/spoiled.c: <sys/stat.h> is for src/os and src/term alone'
spoil test/arrows         'core base report'              'test/arrows: base -> report: a circle in the list'
spoil test/arrows         'core event os'                 'test/arrows: event -> os: the core does no I/O'

# Two headers that include each other; three files that call each other; a call to a folder
# above, by a function that is declared by hand.
echo '#include "model/spoiled_b.h"' >"$spoiled/src/model/spoiled_a.h"
echo '#include "model/spoiled_a.h"' >"$spoiled/src/model/spoiled_b.h"
noticed 'a circle of includes' 'a circle of includes between 2 files: src/model/spoiled_a.h src/model/spoiled_b.h'
noticed 'each include of a circle' '	src/model/spoiled_b.h -> src/model/spoiled_a.h'
rm "$spoiled"/src/model/spoiled_?.h

# compile FILE TEXT
compile() {
	mkdir -p "$objects/$(dirname "$1")"
	echo "$2" >"$spoiled/src/$1.c"
	$CC -c -o "$objects/$1.o" "$spoiled/src/$1.c"
}
compile model/spoiled_a 'int spoiled_b(int n); int spoiled_a(int n); int spoiled_a(int n) { return n ? spoiled_b(n) : 0; }' &&
	compile model/spoiled_b 'int spoiled_c(int n); int spoiled_b(int n); int spoiled_b(int n) { return spoiled_c(n - 1); }' &&
	compile model/spoiled_c 'int spoiled_a(int n); int spoiled_c(int n); int spoiled_c(int n) { return spoiled_a(n - 1); }' &&
	compile base/spoiled_d 'int spoiled_a(int n); int spoiled_d(void); int spoiled_d(void) { return spoiled_a(1); }'
tell $? 'files that call each other can be compiled'
noticed 'a circle of calls' 'a circle of calls between 3 files: model/spoiled_a model/spoiled_b model/spoiled_c'
name=spoiled_b
[ "$(uname -s)" != Darwin ] || name=_spoiled_b
noticed 'each call of a circle' "	model/spoiled_a -> model/spoiled_b: $name"
grep -q '^src/base/spoiled_d.c: base -> model: calls _*spoiled_a of src/model/spoiled_a.c' "$here/after"
tell $? 'a call to a folder above is noticed'

sum
