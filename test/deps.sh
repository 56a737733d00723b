#!/bin/sh
# contrib/deps on machines that are made up: a folder as the whole PATH, package managers
# that only write down how they were called, and libraries that come when they are installed.
. "$(dirname "$0")/lib/suite.sh"
temporary
machine=$here

command_is() {
	cat >"$machine/bin/$1"
	chmod +x "$machine/bin/$1"
}

# A machine with this system, this user, and nothing else but a shell's daily tools.
new_machine() {
	rm -rf "${machine:?}/bin" "$machine/lists" "$machine/called" "$machine/installed"
	mkdir "$machine/bin" "$machine/lists"
	: >"$machine/called"
	for tool in sh awk cat cut env find head tr mkdir; do
		ln -s "$(command -v "$tool")" "$machine/bin/$tool"
	done
	echo "#!/bin/sh
echo $1" | command_is uname
	echo "#!/bin/sh
echo $2" | command_is id
}

# A manager that writes down its call; an install brings everything, unless the first is to fail.
manager_is() {
	command_is "$1" <<-END
		#!/bin/sh
		echo "\${DEBIAN_FRONTEND:+\$DEBIAN_FRONTEND }$1 \$*" >>"$machine/called"
		case " \$* " in
		*" update "* | *" -Sy "*) : >"$machine/lists/fresh_Packages"; exit 0 ;;
		esac
		if [ -n "\${OLD_LISTS-}" ] && [ ! -e "$machine/lists/fresh_Packages" ]; then
			exit 100
		fi
		: >"$machine/installed"
		for program in cc make; do
			ln -sf "$machine/bin/sh" "$machine/bin/\$program"
		done
		cp "$machine/pkg-config" "$machine/bin/pkg-config"
	END
	ln -sf "$(command -v cp)" "$machine/bin/cp"
	ln -sf "$(command -v ln)" "$machine/bin/ln"
}

# Knows the libraries of \$KNOWN, and all once something was installed.
cat >"$machine/pkg-config" <<END
#!/bin/sh
[ -e "$machine/installed" ] && exit 0
case " \${KNOWN-} " in *" \$2 "*) exit 0 ;; esac
exit 1
END
chmod +x "$machine/pkg-config"

become_is() {
	command_is "$1" <<-END
		#!/bin/sh
		echo "$1 \$*" >>"$machine/called"
		exec "\$@"
	END
}

deps() {
	printed=$(env -i PATH="$machine/bin" APT_LISTS="$machine/lists" OLD_LISTS="${OLD_LISTS-}" KNOWN="${KNOWN-}" \
		MINGW_PACKAGE_PREFIX=mingw-w64-ucrt-x86_64 sh "$top/contrib/deps" "$@" 2>&1)
	code=$?
}

# $1: sentence; $2: exit code; $3: the calls that must have been made, one a line; $4: part of what is printed.
expect() {
	[ "$code" = "$2" ]
	tell $? "$1: ends with $2 (it was $code: $printed)"
	[ "$(cat "$machine/called")" = "$3" ]
	tell $? "$1: calls
$3
and not
$(cat "$machine/called")"
	case $printed in
	*"$4"*) tell 0 ;;
	*) tell 1 "$1: says $4 (it printed: $printed)" ;;
	esac
}

apt_all="gcc libc6-dev make pkg-config libncurses-dev libuv1-dev libpcre2-dev libutf8proc-dev libjansson-dev check"
apt_get="apt-get install -y --no-install-recommends"
dnf_all="gcc make pkgconf-pkg-config ncurses-devel libuv-devel pcre2-devel utf8proc-devel jansson-devel check-devel"
pacman_all="gcc make pkgconf ncurses libuv pcre2 libutf8proc jansson check"
apk_all="gcc musl-dev make pkgconf ncurses-dev libuv-dev pcre2-dev utf8proc-dev jansson-dev check-dev"
brew_all="make pkgconf ncurses libuv pcre2 utf8proc jansson check"
ucrt=mingw-w64-ucrt-x86_64
msys2_all="$ucrt-gcc make $ucrt-pkgconf $ucrt-ncurses $ucrt-libuv $ucrt-pcre2 $ucrt-libutf8proc $ucrt-jansson $ucrt-check"

# Everything is here.
new_machine Linux 0
manager_is apt-get
for program in cc make; do ln -s "$machine/bin/sh" "$machine/bin/$program"; done
cp "$machine/pkg-config" "$machine/bin/"
KNOWN="ncursesw libuv libpcre2-8 libutf8proc jansson check"
deps
expect "a machine that has all is left alone" 0 "" ""
[ -z "$printed" ]
tell $? "a machine that has all is told nothing"
deps --missing build
expect "nothing is missing for the build" 0 "" ""

# Some libraries are missing.
KNOWN="ncursesw libpcre2-8 libutf8proc check"
: >"$machine/lists/some_Packages"
deps --missing build
expect "what the build lacks is named" 1 "" "missing: libuv jansson"
deps --missing check
expect "the tests lack nothing of their own" 0 "" ""
deps
expect "only what is missing is installed" 0 "noninteractive $apt_get libuv1-dev libjansson-dev" "cmtop needs what is not here: libuv jansson"
KNOWN=

# Each manager, as root.
new_machine Linux 0
manager_is apt-get
deps
expect "apt on a new machine fetches its lists first" 0 "apt-get update
noninteractive $apt_get $apt_all" "installing with apt: $apt_all"

new_machine Linux 0
manager_is apt-get
: >"$machine/lists/some_Packages"
OLD_LISTS=yes
deps
OLD_LISTS=
expect "apt with old lists has a second try" 0 "noninteractive $apt_get $apt_all
apt-get update
noninteractive $apt_get $apt_all" ""

new_machine Linux 0
manager_is dnf
deps
expect "dnf installs" 0 "dnf install -y $dnf_all" "installing with dnf"

new_machine Linux 0
manager_is pacman
deps
expect "pacman installs" 0 "pacman -S --needed --noconfirm $pacman_all" "installing with pacman"

new_machine Linux 0
manager_is apk
deps
expect "apk installs" 0 "apk add $apk_all" "installing with apk"

new_machine Darwin 501
manager_is brew
deps
expect "brew installs, without sudo" 0 "brew install $brew_all" "installing with brew"

new_machine MINGW64_NT-10.0-19045 197609
manager_is pacman
deps
expect "MSYS2's pacman installs, without sudo" 0 "pacman -S --needed --noconfirm $msys2_all" "installing with msys2"

# Not root.
new_machine Linux 1000
manager_is dnf
become_is sudo
become_is doas
deps
expect "sudo is used" 0 "sudo dnf install -y $dnf_all
dnf install -y $dnf_all" ""

new_machine Linux 1000
manager_is apk
become_is doas
deps
expect "doas will do" 0 "doas apk add $apk_all
apk add $apk_all" ""

new_machine Linux 1000
manager_is pacman
deps
expect "without sudo the one command is printed" 1 "" "as root, type: pacman -S --needed --noconfirm $pacman_all"

new_machine Linux 1000
manager_is apt-get
: >"$machine/lists/some_Packages"
echo '#!/bin/sh
exit 1' | command_is sudo
deps
expect "when sudo is refused the one command is printed" 1 "" "type: sudo env DEBIAN_FRONTEND=noninteractive $apt_get $apt_all"

# No manager, lists.
new_machine Linux 0
deps
expect "without a manager the needs are named" 1 "" "please install: cc make pkg-config ncursesw libuv libpcre2-8 libutf8proc jansson check"

new_machine Linux 0
manager_is apt-get
deps --list
expect "a list installs nothing" 0 "" "$apt_all"
deps --list --tests
expect "the longer tests name theirs" 0 "" "$apt_all bash clang clang-format tmux mandoc zsh fish lnav prometheus prometheus-node-exporter debhelper dpkg-dev lintian rpm gcc-mingw-w64-x86-64 wine wine64 shellcheck sshfs openssh-server samba smbnetfs util-linux"
deps --missing build
expect "a build says what is missing and installs nothing" 1 "" "to install what is missing, type: contrib/deps"
deps --nonsense
expect "an unknown option is refused" 1 "" "unknown option --nonsense"

sum
