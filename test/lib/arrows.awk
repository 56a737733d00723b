# Holds includes and calls to the list of folders, LIST. Reads
#
#	file PATH              a source file or header
#	include PATH:LINE:TEXT an include line
#	symbol PATH NAME TYPE  a name in the object of src/PATH.c, with its type as nm tells it
#
# and prints what is wrong, a line each.

BEGIN {
	split("assert ctype errno float inttypes iso646 limits math stdalign stdarg stdbool stddef stdint stdio stdlib string", names, " ")
	for (i in names)
		plain[names[i] ".h"] = 1
	# Standard as well, but they know of clocks, signals, the user's language or threads.
	split("locale setjmp signal stdatomic time wchar wctype", names, " ")
	for (i in names)
		standard[names[i] ".h"] = 1
	while ((getline line < LIST) > 0)
		read_list(line)
}

function read_list(line,    n, i, words) {
	sub(/#.*/, "", line)
	n = split(line, words, " ")
	if (!n)
		return
	if (words[1] == "header") {
		header["include/cmtop/" words[2] ".h"] = words[3]
		if (!(words[3] in kind))
			wrong(LIST, words[2] ".h belongs to " words[3] ", which is no folder")
	} else if (words[1] == "library") {
		for (i = 3; i <= n; i++)
			library[words[2]] = library[words[2]] " " words[i]
	} else {
		kind[words[2]] = words[1]
		for (i = 3; i <= n; i++) {
			if (!(words[i] in kind) || words[i] == words[2])
				wrong(LIST, words[2] " -> " words[i] ", which does not stand above it")
			else if ((words[i], words[2]) in arrow)
				wrong(LIST, words[2] " -> " words[i] ": a circle in the list")
			else if (words[1] == "core" && kind[words[i]] == "io")
				wrong(LIST, words[2] " -> " words[i] ": the core does no I/O")
			arrow[words[2], words[i]] = 1
		}
	}
}

function wrong(where, what) {
	print where ": " what
}

# The folder of a file, "" where it has none.
function folder_of(path,    name) {
	if (path ~ /^include\//) {
		if (path in header)
			return header[path]
		name = path
		sub(/.*\//, "", name)
		sub(/\.h$/, ".c", name)
		return home[name]
	}
	sub(/^src\//, "", path)
	if (!sub(/\/[^\/]*$/, "", path))
		return ""
	return path in kind ? path : ""
}

function first_part(folder) {
	sub(/\/.*/, "", folder)
	return folder
}

function may_use(mine, other) {
	if ((mine, other) in arrow)
		return 1
	return first_part(mine) != first_part(other) && ((mine, first_part(other)) in arrow)
}

function check_own(from, name,    path, mine, other) {
	path = (name ~ /^cmtop\// ? "include/" : "src/") name
	if (!(path in file)) {
		wrong(from, "\"" name "\" is nowhere")
		return
	}
	print_edge(from, path)
	mine = folder_of(from)
	other = folder_of(path)
	if (mine == other || mine == "" || other == "")
		return
	if (!may_use(mine, other))
		wrong(from, mine " -> " other ": " path)
	else if (path ~ /^src\// && kind[other] == "core" && first_part(mine) != first_part(other))
		wrong(from, mine " -> " other ": " path " is private")
}

function print_edge(from, to) {
	if (CIRCLES)
		print "include", from, to, "" >CIRCLES
}

function check_system(from, name,    i, n, places) {
	if (name in library) {
		n = split(library[name], places, " ")
		for (i = 1; i <= n; i++)
			if (index(from, places[i]) == 1)
				return
		wrong(from, "<" name "> is for" library[name] " alone")
	} else if (name in plain) {
		return
	} else if (name in standard) {
		if (kind[folder_of(from)] != "io")
			wrong(from, "<" name "> is not for the core")
	} else if (from !~ /^src\/(os|term)\//) {
		wrong(from, "<" name "> is for src/os and src/term alone")
	}
}

$1 == "file" {
	file[$2] = 1
	name = $2
	sub(/.*\//, "", name)
	if ($2 ~ /^src\/.*\.c$/) {
		folder = $2
		sub(/^src\//, "", folder)
		sub(/\/?[^\/]*$/, "", folder)
		if ((folder in kind) && kind[folder] == "core")
			home[name] = folder
	}
}

$1 == "include" {
	if (!checked++)
		for (path in file)
			if (folder_of(path) == "")
				wrong(path, path ~ /^include/ ? "no folder has its .c file, and " LIST " does not list it" : "in no folder of " LIST)
	from = $2
	sub(/:.*/, "", from)
	name = $0
	if (sub(/^[^"<]*#[ \t]*include[ \t]*"/, "", name)) {
		sub(/".*/, "", name)
		check_own(from, name)
	} else {
		sub(/^[^<]*</, "", name)
		sub(/>.*/, "", name)
		check_system(from, name)
	}
}

$1 == "symbol" && $4 ~ /^[TDBRVWCS]$/ { owner[$3] = $2 }
$1 == "symbol" && $4 == "U" { uses[++used_count] = $2 SUBSEP $3 }

END {
	for (i = 1; i <= used_count; i++) {
		split(uses[i], part, SUBSEP)
		if (!(part[2] in owner) || owner[part[2]] == part[1])
			continue
		if (CIRCLES)
			print "call", part[1], owner[part[2]], part[2] >CIRCLES
		mine = folder_of("src/" part[1])
		other = folder_of("src/" owner[part[2]])
		if (mine != other && mine != "" && other != "" && !may_use(mine, other))
			wrong("src/" part[1] ".c", mine " -> " other ": calls " part[2] " of src/" owner[part[2]] ".c")
	}
}
