#!/bin/sh
# The shape of the source tree: folders of at most 40 files, no file of src above 420 lines, no
# name twice, no words of test/words, no references to texts that are not in the repository, and
# maps that name only what there is, and every folder.
#
# Then copies of the sources are spoiled, to see that each of these is noticed.
. "$(dirname "$0")/lib/suite.sh"
temporary

FILES_MOST=40
LINES_MOST=420

# An exception: tables, a line for each of many like things.
long_files='src/cli/option_table.c'

# check TREE [PART [FILE...]]: what is wrong there, a line each
check() (
	cd "$1" || exit 1
	parts=${2:-shape words references maps}
	shift "$(($# < 2 ? $# : 2))"
	[ $# -gt 0 ] || set -- src include test contrib
	sources=$(find "$@" -type f | sort)
	for part in $parts; do
		"$part"
	done
)

shape() {
	echo "$sources" | sed 's,/[^/]*$,,' | sort | uniq -c | awk -v most=$FILES_MOST '
		$1 > most { print $2 ": a folder of " $1 " files" }'
	# A header and its source share their name; nothing else does.
	echo "$sources" | grep -E '^(src|include)/.*\.[ch]$' | awk '
		{
			name = $0
			sub(/.*\//, "", name)
			if (name in path)
				print name ": twice, " path[name] " and " $0
			path[name] = $0
		}'
	echo "$sources" | grep -E '^test/.*\.(c|h|sh|awk)$' | awk '
		{
			name = $0
			sub(/.*\//, "", name)
			if (name in path && (path[name] $0) !~ /live/)
				print name ": twice, " path[name] " and " $0
			path[name] = $0
		}'
	echo "$sources" | grep -E '^(src|include)/' | xargs wc -l | awk -v most=$LINES_MOST -v exceptions=" $long_files " '
		$2 != "total" && $1 > most && !index(exceptions, " " $2 " ") { print $2 ": a file of " $1 " lines" }'
}

# Sources and texts, without logs, screens, pictures and this list itself.
texts() {
	echo "$sources" | grep -Ev '^test/(words$|cases/|logs/|screens/)|^contrib/pictures/|\.(png|svg|gif|log|json)$'
}

# Lines of test/words of this kind, their patterns as one.
patterns() {
	awk -v kind="$1" '$1 == kind { printf "%s%s", n++ ? "|" : "", $2 }' test/words
}

words() {
	pattern="(^|[^A-Za-z])($(patterns word))([^A-Za-z]|\$)"
	allowed=$(patterns allow)
	echo "$sources" | grep -Ei "$pattern" | sed 's/$/: a word of test\/words in its name/'
	texts | xargs grep -nEi "$pattern" /dev/null | sed -E "s/$allowed//g" | grep -Ei ":[0-9]+:.*$pattern|:[0-9]+:($(patterns word))([^A-Za-z]|\$)" |
		sed 's/^\([^:]*:[0-9]*\):/\1: a word of test\/words: /'
	texts | grep '\.[ch]$' | xargs awk -v pattern="$(patterns name)" -f "$top/test/lib/names.awk"
}

references() {
	texts | xargs grep -nE "§|[Ff]orms? F[0-9]" /dev/null | grep -v '^test/tree.sh:' |
		sed 's/^\([^:]*:[0-9]*\):/\1: refers to a text outside of the repository: /'
}

# What stands between back quotes in the maps: files, folders, functions behind a file, and lists. A
# word of capitals in a file's name stands for any.
maps() {
	find src include test -name '*.[ch]' -exec cat {} + >"$here/code"
	for map in src/README.md src/parse/README.md test/README.md .github/CONTRIBUTING.md; do
		[ -f "$map" ] || continue  # "make dist" has no .github
		grep -o '`[^`]*`' "$map" | tr -d '`' | sort -u | while read -r named; do
			file=${named%%: *}
			case $file in
			*[A-Z]*) file=$(echo "$file" | sed 's/[A-Z][A-Z_]*/*/g; s/\*_\*/*/g') ;;
			esac
			case $named in
			*=*) continue ;;
			*.c | *.h | *.sh | *.c:\ *\(\)) find_named "$file" "$map" >"$here/named" ;;
			[a-z.]*/) find_named "$file" "$map" >"$here/named" ;;
			[A-Z]*_[A-Z]* | [a-z]*_[a-z]*\(\) | draw\(\))
				word=${named%()}
				grep -qw "$word" "$here/code" || echo "$map: $named is nowhere"
				continue ;;
			*) continue ;;
			esac
			[ -s "$here/named" ] || { echo "$map: there is no $named"; continue; }
			case $named in
			*\(\))
				word=${named##*: }
				xargs grep -q "^${word%()}(" <"$here/named" || echo "$map: no function ${word} in ${named%%: *}" ;;
			esac
		done
	done
	find src -name '*.c' | sed 's,/[^/]*$,,' | sort -u | while read -r folder; do
		grep -q "\`${folder##*/}/\`" src/README.md || echo "src/README.md: does not name $folder"
	done
}

# existing PATH...: those that are there
existing() {
	for path; do
		[ ! -e "$path" ] || echo "$path"
	done
}

# find_named NAME MAP: paths that a map may mean by this name
find_named() {
	case $1 in
	*/) for at in "${2%/*}" . src src/parse src/view src/model test test/unit include; do existing "$at/"$1; done ;;
	*/*) for at in "${2%/*}" . src include test; do existing "$at/"$1; done ;;
	*) find src include test contrib -name "$1" ;;
	esac
}

found=$(check .)
[ -z "$found" ]
tell $? "the tree is in shape:
$found"

# ---- spoiled on purpose ----

spoiled=$here/spoiled
mkdir "$spoiled"
cp -R src include test contrib "$spoiled/"
echo "$found" >"$here/before"

# spoil PART FILE LINE WHAT: a line that begins so is printed of a copy with this line in it, and was not before
spoil() {
	part=$1
	shift
	mkdir -p "$(dirname "$spoiled/$1")"
	[ ! -f "$1" ] || cp "$1" "$here/good"
	printf '%s\n' "$2" >>"$spoiled/$1"
	if [ "$part" = shape ]; then
		check "$spoiled" shape >"$here/after"
	else
		check "$spoiled" "$part" "$1" >"$here/after"
	fi
	grep -vxF -f "$here/before" "$here/after" | grep -q "^$3"
	tell $? "$1 with $2 is noticed: $3 (found: $(grep -vxF -f "$here/before" "$here/after" | head -n 3))"
	if [ -f "$1" ]; then
		mv "$here/good" "$spoiled/$1"
	else
		rm "$spoiled/$1"
	fi
}

spoil shape src/base/journal.c  '/* a second one */'            'journal.c: twice, '
spoil shape src/report/when.h   '/* a second one */'            'when.h: twice, '
spoil shape test/unit/model/test_when.c '/* a second one */'    'test_when.c: twice, '
spoil shape src/base/long.c     "$(awk 'BEGIN { while (n++ < 420) print "int x;" }'; echo 'int x;')" 'src/base/long.c: a file of 421 lines'
spoil words src/model/spoiled.c '/* as in the ho''use */'       'src/model/spoiled.c:1: a word of test/words'
spoil words src/model/spoiled.c 'int err''and_new(void);'       'src/model/spoiled.c:1: a word of test/words'
spoil words test/lib/spoiled.sh 'the wa''lls'                   'test/lib/spoiled.sh:1: a word of test/words'
spoil words src/model/di''ce_of.c 'int x;'                        'src/model/di''ce_of.c: a word of test/words in its name'
spoil words src/model/spoiled.c 'int pro''of_open(void);'       'src/model/spoiled.c:1: a name of test/words: pro''of_open'
spoil words include/cmtop/span.h 'void span_be''at(void);'       'include/cmtop/span.h:[0-9]*: a name of test/words: span_be''at'
spoil references src/model/spoiled.c '/* contract §2 */'             'src/model/spoiled.c:1: refers to a text outside'
spoil references contrib/spoiled     'see forms F0 to F2'            'contrib/spoiled:1: refers to a text outside'

spoil maps src/README.md '`model/gone.c: model_apply()`'         'src/README.md: there is no model/gone.c'
spoil maps src/README.md '`model/model.c: model_gone()`'         'src/README.md: no function model_gone() in model/model.c'
spoil maps src/README.md '`gone/`'                               'src/README.md: there is no gone/'
spoil maps src/README.md 'a row of `GONE_KINDS`'                 'src/README.md: GONE_KINDS is nowhere'
spoil maps src/gone/gone.c 'int x;'                              'src/README.md: does not name src/gone'
i=0
mkdir "$spoiled/src/full"
while [ $i -lt 41 ]; do
	echo 'int x;' >"$spoiled/src/full/full_$((i += 1)).c"
done
check "$spoiled" shape >"$here/after"
grep -qx 'src/full: a folder of 41 files' "$here/after"
tell $? 'a folder that is too full is noticed'
printf '%s\n' '/* without effort, as a proof */' 'static int the_beat_of_it_is_read; /* proof */' 'char *text = "effort";' >"$spoiled/src/full/full_1.c"
check "$spoiled" words src/full/full_1.c | grep -q .
[ $? = 1 ]
tell $? 'words that are names elsewhere are good in comments, texts and sentences'

sum
