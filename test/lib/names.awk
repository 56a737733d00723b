# Identifiers of C that PATTERN fits, alone or at their start or end ("_" parts the words of
# one). Comments and texts are not looked at; nor is what has five words, which is a sentence:
# the name of a test.

FNR == 1 { in_comment = 0 }
{
	line = code_of($0)
	while (match(line, /[A-Za-z_][A-Za-z_0-9]*/)) {
		name = substr(line, RSTART, RLENGTH)
		line = substr(line, RSTART + RLENGTH)
		if (!(name in verdict))
			verdict[name] = is_bad(tolower(name))
		if (verdict[name])
			print FILENAME ":" FNR ": a name of test/words: " name
	}
}

function is_bad(name,    copy) {
	copy = name
	if (gsub(/_/, "", copy) >= 4)
		return 0
	return name ~ ("^(" pattern ")(_|$)") || name ~ ("_(" pattern ")$")
}

# The line without its comments and texts.
function code_of(line,    out) {
	out = ""
	while (line != "") {
		if (in_comment) {
			if (!match(line, /\*\//))
				return out
			line = substr(line, RSTART + 2)
			in_comment = 0
		} else if (match(line, /\/\*|"([^"\\]|\\.)*"|'([^'\\]|\\.)*'/)) {
			out = out substr(line, 1, RSTART - 1) " "
			in_comment = substr(line, RSTART, 2) == "/*"
			line = substr(line, RSTART + RLENGTH)
		} else {
			return out line
		}
	}
	return out
}
