#!/bin/bash
# Completions as zsh and fish run them.
set -u
cd "$(dirname "$0")/../.." || exit 1

passed=0
failed=0
skipped=()
tell() {
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not so: $2"
	fi
}

# ---- zsh ----

if command -v zsh >/dev/null; then
	# offers LINE: what zsh's own machinery adds at the end of the line, through a pseudo-terminal
	offers() {
		timeout 20 zsh -f 2>&1 <<-END
			zmodload zsh/zpty
			zpty z zsh -f -i
			zpty -w z 'PS1=; fpath=($PWD/contrib/completions \$fpath); autoload -Uz compinit; compinit -u -D; LISTMAX=1000; zstyle ":completion:*" list-prompt ""; setopt no_beep; unset zle_bracketed_paste; echo rea""dy'
			zpty -r z seen '*ready*'
			zpty -n -w z '$1'\$'\\t'
			sleep 1
			zpty -n -w z \$'\\C-u'
			zpty -w z 'echo do""ne'
			zpty -r -t z seen '*done*'
			print -r -- \$seen
			zpty -d z
		END
	}
	for pair in 'cmtop --foll|--follow' 'cmtop --table=si|--table=sites' 'cmtop --theme=hi|--theme=highcontrast' \
		'cmtop --filter=sta|--filter=state:' 'cmtop --sort=pos|--sort=position' 'cmtop -o js|-o json'; do
		offers "${pair%|*}" | tr -d '\r\007\010' | grep -q -e "${pair#*|}"
		tell $? "zsh: ${pair%|*} becomes ${pair#*|}"
	done
else
	skipped+=(zsh)
fi

# ---- fish ----

if command -v fish >/dev/null; then
	for pair in 'cmtop --foll|--follow' 'cmtop --table=si|--table=sites' 'cmtop --theme=hi|--theme=highcontrast' \
		'cmtop --filter=sta|--filter=state:' 'cmtop --sort=pos|--sort=position' 'cmtop -o js|json'; do
		XDG_CONFIG_HOME=/nonexistent HOME=/nonexistent fish --no-config -c \
			"source contrib/completions/cmtop.fish; complete -C '${pair%|*}'" 2>/dev/null | cut -f 1 | grep -qx -e "${pair#*|}"
		tell $? "fish: ${pair%|*} becomes ${pair#*|}"
	done
else
	skipped+=(fish)
fi

if [ ${#skipped[@]} = 0 ]; then
	echo "$passed passed, $failed failed"
else
	echo "$passed passed, $failed failed, ${#skipped[@]} skipped: ${skipped[*]} not here"
fi
[ "$failed" = 0 ]
