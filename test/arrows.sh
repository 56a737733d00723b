#!/bin/sh
# Who may use whom: every #include of the house against the plan.
#
#	test/arrows  the rooms, floor first, and which others each may use
#	test/doors   the headers of include/cmtop and the rooms they lead into
#
# Also: a private header stays in its room, a library is used by its one file, and the core
# includes nothing of the system that knows of files, clocks or the environment. Then the
# house is spoiled on purpose, to see that each of these is noticed.
set -u
cd "$(dirname "$0")/.." || exit 1

# Includes of the house in $1, checked. Says what breaks the plan, a line each.
check_house() (
	cd "$1" || exit 1
	find src include -name '*.[ch]' | sort | xargs grep -n '^[[:blank:]]*#[[:blank:]]*include' /dev/null |
	awk '
	# The headers that a library is reached by, and the one place that may.
	BEGIN {
		library["curses.h"] = library["ncurses.h"] = library["ncursesw/curses.h"] = "src/live/screen.c"
		library["pcre2.h"] = "src/base/pattern.c"
		library["utf8proc.h"] = "src/base/utf8.c"
		library["jansson.h"] = "src/report/json.c"
		library["uv.h"] = "src/live/"
		split("assert ctype errno float inttypes iso646 limits math stdalign stdarg stdbool stddef stdint stdio stdlib string", names, " ")
		for (i in names)
			plain[names[i] ".h"] = 1

		while ((getline line < "test/arrows") > 0) {
			n = split(line, words, " ")
			if (!(words[1] in room))
				room[words[1]] = ++storeys
			for (i = 2; i <= n; i++) {
				if (!(words[i] in room) || room[words[i]] >= room[words[1]])
					wrong("test/arrows", words[1] " -> " words[i] ", which is no storey below")
				arrow[words[1], words[i]] = 1
			}
		}
		while ((getline line < "test/doors") > 0) {
			split(line, words, " ")
			door["include/cmtop/" words[1] ".h"] = words[2]
			if (!(words[2] in room))
				wrong("test/doors", words[1] ".h leads into " words[2] ", which is no room")
		}
		while (("find src include -name \"*.[ch]\"" | getline line) > 0) {
			file[line] = 1
			if (room_of(line) == "")
				wrong(line, line ~ /^include/ ? "a door that test/doors does not list" : "in no room of test/arrows")
		}
		for (path in door)
			if (!(path in file))
				wrong("test/doors", path " is not there")
	}

	function wrong(where, what) {
		print where ": " what
		bad++
	}

	# "" where there is none.
	function room_of(path,    parts) {
		if (path in door)
			return door[path]
		split(path, parts, "/")
		return parts[1] == "src" && parts[2] in room ? parts[2] : ""
	}

	# The file that the compiler would take.
	function found(from, name,    folder) {
		folder = from
		sub(/[^\/]*$/, "", folder)
		if ((folder name) in file)
			return folder name
		if (("include/" name) in file)
			return "include/" name
		return ("src/" name) in file ? "src/" name : ""
	}

	function check_own(from, name,    path, mine, other) {
		path = found(from, name)
		if (path == "") {
			wrong(from, "\"" name "\" is nowhere")
			return
		}
		mine = room_of(from)
		other = room_of(path)
		if (mine == other || mine == "" || other == "")
			return
		if (path !~ /^include\//)
			wrong(from, mine " -> " other ": " path " is private to " other)
		else if (!((mine, other) in arrow))
			wrong(from, mine " -> " other ": " path)
	}

	function check_system(from, name) {
		if (name in library) {
			if (index(from, library[name]) != 1)
				wrong(from, "<" name "> belongs to " library[name])
		} else if (from !~ /^src\/live\// && !(name in plain)) {
			wrong(from, "<" name "> is not for the core")
		}
	}

	{
		split($0, parts, ":")
		name = $0
		if (sub(/^[^"<]*#[ \t]*include[ \t]*"/, "", name)) {
			sub(/".*/, "", name)
			check_own(parts[1], name)
		} else {
			sub(/^[^<]*</, "", name)
			sub(/>.*/, "", name)
			check_system(parts[1], name)
		}
	}

	END { exit bad > 0 }'
)

passed=0
failed=0
tell() {
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not so: $2"
	fi
}

check_house .
tell $? "the house keeps to its plan"

copy=$(mktemp -d) || exit 1
trap 'rm -rf "$copy"' EXIT
trap 'exit 1' HUP INT TERM

# $1: a file of the house; $2: a line put into it; $3: what must be said then.
spoil() {
	rm -rf "$copy/house"
	mkdir "$copy/house" "$copy/house/test"
	cp -R src include "$copy/house/"
	cp test/arrows test/doors "$copy/house/test/"
	mkdir -p "$(dirname "$copy/house/$1")"
	echo "$2" >>"$copy/house/$1"
	said=$(check_house "$copy/house")
	[ $? = 1 ]
	tell $? "a house spoiled in $1 is refused"
	case $said in
	*"$3"*) tell 0 ;;
	*) tell 1 "$1 and its arrow are named: $3 (it said: $said)" ;;
	esac
}

spoil src/model/spoiled.c '#include "cmtop/source.h"'   'src/model/spoiled.c: model -> read: include/cmtop/source.h'
spoil src/read/spoiled.c  '#include "cmtop/grid.h"'     'src/read/spoiled.c: read -> view: include/cmtop/grid.h'
spoil src/view/spoiled.c  '  #  include "cmtop/report.h"' 'src/view/spoiled.c: view -> report: include/cmtop/report.h'
spoil src/view/spoiled.c  '#include "report/rows.h"'    'src/view/spoiled.c: view -> report: src/report/rows.h is private to report'
spoil src/base/spoiled.c  '#include "live/follow.h"'    'src/base/spoiled.c: base -> live: src/live/follow.h is private to live'
spoil include/cmtop/when.h '#include "cmtop/model.h"'   'include/cmtop/when.h: base -> model: include/cmtop/model.h'
spoil include/cmtop/new.h '/* a door */'                'include/cmtop/new.h: a door that test/doors does not list'
spoil src/attic/new.c     '/* a room */'                'src/attic/new.c: in no room of test/arrows'
spoil src/base/spoiled.c  '#include "nowhere.h"'        'src/base/spoiled.c: "nowhere.h" is nowhere'
spoil src/view/spoiled.c  '#include <ncurses.h>'        'src/view/spoiled.c: <ncurses.h> belongs to src/live/screen.c'
spoil src/live/spoiled.c  '#include <pcre2.h>'          'src/live/spoiled.c: <pcre2.h> belongs to src/base/pattern.c'
spoil src/report/text.c   '#include <jansson.h>'        'src/report/text.c: <jansson.h> belongs to src/report/json.c'
spoil src/model/spoiled.c '#include <time.h>'           'src/model/spoiled.c: <time.h> is not for the core'
spoil test/arrows         'base live'                   'test/arrows: base -> live, which is no storey below'

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
