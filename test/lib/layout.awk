# What is left of a screen when the cells of its tables are hidden: frames, titles, the first
# heading, of each row its marks and its first cell, and every line that is not of a table. So
# a new column changes none of the screens that show where things are; all columns are in
# test/screens/columns, which are compared as they are.
#
# A table begins below the title of a pane, "── 2 Sites 5 ──", with a line of headings in
# capitals. Two panes may stand side by side, and a table may have two blocks of columns. Run
# with LC_ALL=C: a character is told from its bytes here, as not every awk knows characters.

BEGIN {
	for (i = 128; i < 256; i++)
		byte[sprintf("%c", i)] = i
}

# Sets cell[1..width], one for each column of the screen; the right half of a wide character is "".
function split_cells(line,    i, n, c, b) {
	width = 0
	n = length(line)
	for (i = 1; i <= n; i++) {
		c = substr(line, i, 1)
		b = byte[c]
		if (b >= 128 && b < 192) {
			cell[last] = cell[last] c
			continue
		}
		cell[last = ++width] = c
		if (b >= 227 && b < 238)  # East Asian
			cell[++width] = ""
	}
}

function join(from, to,    out) {
	out = ""
	for (to = to < width ? to : width; from <= to; from++)
		out = out cell[from]
	return out
}

function is_dash(c) {
	return c == "-" || c == "\342\224\200"
}

# Whether a title begins at this column; `title_end` is its last one.
function title_at(at) {
	if (at > 1 && (cell[at - 1] != " " || cell[at - 2] != " "))
		return 0
	if (!is_dash(cell[at]) || !is_dash(cell[at + 1]) || cell[at + 2] != " " || cell[at + 3] !~ /[0-9A-Z]/)
		return 0
	for (title_end = at + 3; title_end < width; title_end++)
		if (is_dash(cell[title_end]) && !is_dash(cell[title_end + 1]))
			if (cell[title_end + 1] == " " && cell[title_end + 2] == " ")
				break
	return 1
}

# Panes, from left to right: pane_from, pane_to, and in `table` "title", "table" or "text".
function open_pane(from, to,    i, n) {
	for (i = n = 1; i <= panes; i++) {
		if (pane_from[i] <= to && from <= pane_to[i])
			continue
		pane_from[n] = pane_from[i]
		pane_to[n] = pane_to[i]
		table[n] = table[i]
		blocks[n++] = blocks[i]
	}
	panes = n - 1
	for (i = panes++; i >= 1 && pane_from[i] > from; i--) {
		pane_from[i + 1] = pane_from[i]
		pane_to[i + 1] = pane_to[i]
		table[i + 1] = table[i]
		blocks[i + 1] = blocks[i]
	}
	pane_from[i + 1] = from
	pane_to[i + 1] = to
	table[i + 1] = "title"
}

# The columns at which the first heading stands, once for each block.
function read_headings(p,    text, first, at, list) {
	text = join(pane_from[p], pane_to[p])
	if (text !~ /^  +[A-Z]/ || text ~ /[a-z]/) {
		table[p] = "text"
		return
	}
	table[p] = "table"
	split(text, first, " ")
	list = pane_from[p] + 2
	for (at = index(text, first[1]) + 1; at <= length(text); at++)
		if (substr(text, at, length(first[1]) + 1) == first[1] " " && substr(text, at - 1, 1) == " ")
			list = list " " (pane_from[p] + at - 1)
	blocks[p] = list
}

# Marks and first cell of each block of a row.
function hide(p,    n, i, starts, at, out) {
	n = split(blocks[p], starts, " ")
	for (i = 1; i <= n; i++) {
		at = starts[i]
		if (join(at - 2, at) ~ /^ *$/ && join(at, at + 4) ~ /^ *$/)
			continue
		out = out (i > 1 ? " " : "") cell[at - 2] cell[at - 1]
		while (at <= width && cell[at] == " ")
			out = out cell[at++]
		while (at <= width && cell[at] != " ")
			out = out cell[at++]
		out = out " ..."
	}
	return out
}

{
	delete cell
	split_cells($0)
	for (at = 1; at < width; at++)
		if (title_at(at)) {
			open_pane(at, title_end)
			at = title_end
		}
	# A line of another kind ends what is above it: the status, keys, a question.
	if (cell[1] !~ /[ >]/ || cell[2] ~ /[a-zA-Z0-9]/)
		if (!is_dash(cell[1]))
			panes = 0
	out = ""
	at = 1
	for (p = 1; p <= panes; p++) {
		out = out join(at, pane_from[p] - 1)
		at = pane_to[p] + 1
		if (table[p] == "title" && !is_dash(cell[pane_from[p]]))
			read_headings(p)
		text = join(pane_from[p], pane_to[p])
		# The line of a group is no row: "S14  3 sends  1.4 MB/s".
		if (table[p] == "table" && !is_dash(cell[pane_from[p]]) && text !~ /^ *$/ && text !~ /^..[^ ]+ +[0-9]+ sends?  /) {
			text = hide(p)
			if (p < panes)
				while (length(text) <= pane_to[p] - pane_from[p])
					text = text " "
		}
		out = out text
	}
	out = out join(at, width)
	sub(/ +$/, "", out)
	print out
}
