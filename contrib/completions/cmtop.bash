# bash completion for cmtop. The words are the program's own: see contrib/tables.

_cmtop()
{
	local cur=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} kind='' words=''

	# "--format=js" are three words here: --format, =, js
	if [[ $cur == '=' ]]; then
		cur=
	elif [[ $option == '=' ]]; then
		option=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	case $option in
		# table: bash
		-F | --filter) kind=start words='site: pkg: name: state: server: try: size: rate: age: text:' ;;
		-s | --sort) kind='word' words='eta site package request try percent position size rate state started thread help' ;;
		--map) kind=none ;;
		--encoding) kind='word' words='auto utf-8 windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 windows-874 windows-932 windows-936 windows-949 windows-950' ;;
		--poll) kind=none ;;
		-o | --format) kind='word' words='text json csv' ;;
		--table) kind='word' words='jobs sites packages threads dps transfers failures advice logs' ;;
		--check) kind=start words='waiting used capacity failed stalled silent eta done_per_hour retrying transfers transfers_failed transfers_stalled threads_stalled' ;;
		--metrics) kind=file ;;
		--interval) kind=none ;;
		--explain) kind=file ;;
		--draw) kind=none ;;
		--keys) kind=none ;;
		--now) kind=none ;;
		--color) kind='word' words='auto always never' ;;
		--theme) kind='word' words='default mono highcontrast' ;;
		# end of table
	esac
	if [[ -z $kind && $cur == -* ]]; then
		kind=start
		# table: bash-options
		words='--filter= --sort= --demo --no-history --map= --encoding= --poll= --once --follow --format= --table= --check= --metrics= --interval= --unknown --explain= --draw= --keys= --now= --redact --color= --theme= --ascii --mouse --help --version'
		# end of table
	fi
	case $kind in
	none)
		COMPREPLY=() ;;
	start)
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
		[[ ${COMPREPLY[0]-} == *[=:] || $words != *[=:]* ]] && compopt -o nospace 2>/dev/null ;;
	word)
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur") ;;
	*)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
	esac
}
complete -F _cmtop cmtop
