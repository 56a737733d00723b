# Reads "KIND FROM TO WHAT", and prints each circle: its members, and what leads from one to
# another. A circle is a strongly connected part of the graph (Tarjan's algorithm).

{
	kind = $1
	if (!(($2, $3) in what)) {
		if (!($2 in degree))
			node[++nodes] = $2
		to[$2, ++degree[$2]] = $3
	}
	what[$2, $3] = what[$2, $3] " " $4
}

function visit(v,    i, w, size, list) {
	number[v] = low[v] = ++visited
	stack[++depth] = v
	on_stack[v] = 1
	for (i = 1; i <= degree[v]; i++) {
		w = to[v, i]
		if (!(w in number)) {
			visit(w)
			if (low[w] < low[v])
				low[v] = low[w]
		} else if (on_stack[w] && number[w] < low[v]) {
			low[v] = number[w]
		}
	}
	if (low[v] != number[v])
		return
	do {
		w = stack[depth--]
		on_stack[w] = 0
		part[w] = v
		list = w (size++ ? " " list : "")
	} while (w != v)
	if (size > 1) {
		print "a circle of " kind "s between " size " files: " list
		show_edges(list)
	}
}

function show_edges(list,    n, i, j, members, v) {
	n = split(list, members, " ")
	for (i = 1; i <= n; i++) {
		v = members[i]
		for (j = 1; j <= degree[v]; j++)
			if (part[to[v, j]] == part[v])
				print "\t" v " -> " to[v, j] (what[v, to[v, j]] ~ /[^ ]/ ? ":" what[v, to[v, j]] : "")
	}
}

END {
	for (n = 1; n <= nodes; n++)
		if (!(node[n] in number))
			visit(node[n])
}
