#!/bin/bash
# The tables that come from the program's own lists, and completions as bash runs them; other
# shells are in test/live/completions.sh.
. "$(dirname "$0")/lib/suite.sh"
program "${CMTOP:-${BUILD:-build}/cmtop}"
tables=$(dirname "$CMTOP")/tables

# ---- the tables ----

printed=$(contrib/tables --check "$tables" man/cmtop.1 man/cmtop.5 contrib/completions/cmtop.bash \
	contrib/completions/_cmtop contrib/completions/cmtop.fish contrib/snapshot.schema.json 2>&1)
tell $? "manuals, completions and the schema are as the program's lists say: $printed"

fields=$("$tables" bash | sed -n "s/.*--filter.*words='\(.*\)'.*/\1/p")
for field in $fields; do
	"$CMTOP" --once --filter="${field}1" test/screens/small >/dev/null 2>&1 ||
		"$CMTOP" --once --filter="${field}>1" test/screens/small >/dev/null 2>&1
	tell $? "the filter has the field $field"
done
in_header=$(sed -n 's/^ \*\tfield   = //p' include/cmtop/query.h | tr -d '|' | tr -s ' \n' ' ')
[ "$(echo "$fields" | tr -d ':' | tr ' ' '\n' | sort)" = "$(echo "$in_header" | tr ' ' '\n' | grep . | sort)" ]
tell $? "the fields are those of the filter: $in_header"

# ---- bash ----

# shellcheck disable=SC1091
source contrib/completions/cmtop.bash
# completes LINE EXPECTED: what bash offers at the end of the line
completes() {
	local line=${1//=/ = }
	read -r -a COMP_WORDS <<<"$line"
	[[ $line == *' ' ]] && COMP_WORDS+=('')
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	COMPREPLY=()
	_cmtop
	[ "${COMPREPLY[*]}" = "$2" ]
	tell $? "bash: $1 gives ${COMPREPLY[*]}"
}
completes 'cmtop --foll' '--follow'
completes 'cmtop --in' '--interval='
completes 'cmtop --table=' 'jobs sites packages threads dps transfers failures advice logs'
completes 'cmtop --table=s' 'sites'
completes 'cmtop --format j' 'json'
completes 'cmtop -o c' 'csv'
completes 'cmtop --theme=' 'default mono highcontrast'
completes 'cmtop --filter=s' 'site: state: server: size:'
completes 'cmtop --sort=e' 'eta'
completes 'cmtop --check=st' 'stalled'
completes 'cmtop README' 'README.md'
completes 'cmtop --metrics=COPY' 'COPYING'
completes 'cmtop --poll=' ''

sum
