#!/bin/bash
# What is shipped: install and uninstall, a tar that is the same twice, and a Debian package
# that is built from it, that lintian has nothing to say about, and that can be installed.
. "$(dirname "$0")/lib/suite.sh"
build=${BUILD:-$PWD/build}

temporary

# ---- install ----

make -s BUILD="$build" install DESTDIR="$here/root" PREFIX=/usr >"$here/printed" 2>&1
tell $? "make install: $(tail -n 1 "$here/printed")"
"$here/root/usr/bin/cmtop" --version >/dev/null
tell $? "what is installed runs"
[ "$(find "$here/root" -type f -perm /022 | wc -l)" = 0 ]
tell $? "nobody else may write to it"
make -s BUILD="$build" uninstall DESTDIR="$here/root" PREFIX=/usr >/dev/null
left=$(find "$here/root" -type f)
[ -z "$left" ]
tell $? "make uninstall leaves nothing: $left"

# ---- the tar ----

cp -a Makefile README.md COPYING src include test contrib man "$here/" && mkdir "$here/again" &&
	cp -r "$here"/{Makefile,README.md,COPYING,src,include,test,contrib,man} "$here/again/"
for top in "$here" "$here/again"; do
	(umask "$([ "$top" = "$here" ] && echo 022 || echo 077)" &&
		SOURCE_DATE_EPOCH=1785430980 make -s -C "$top" BUILD="$top/out" dist) >"$here/printed" 2>&1
	tell $? "make dist: $(tail -n 1 "$here/printed")"
done
cmp -s "$here"/out/cmtop-*.tar.gz "$here"/again/out/cmtop-*.tar.gz
tell $? "the same sources give the same tar"
tar=$(echo "$here"/out/cmtop-*.tar.gz)
version=$(basename "$tar" .tar.gz)
version=${version#cmtop-}

# ---- the Debian package ----

if command -v dpkg-buildpackage >/dev/null && command -v dh >/dev/null; then
	mkdir "$here/deb" && cp "$tar" "$here/deb/cmtop_$version.orig.tar.gz"
	tar -xzf "$tar" -C "$here/deb"
	cp -r contrib/debian "$here/deb/cmtop-$version/debian"
	(cd "$here/deb/cmtop-$version" && DEB_BUILD_OPTIONS=${DEB_BUILD_OPTIONS-nocheck} dpkg-buildpackage -us -uc) >"$here/printed" 2>&1
	code=$?
	[ $code = 0 ] || tail -n 20 "$here/printed"
	tell $code "the package is built"
	grep -q 'warning: ' "$here/printed" && grep -E '\.[ch]:[0-9]+.*warning: ' "$here/printed" | head -n 5
	! grep -Eq '\.[ch]:[0-9]+.*warning: ' "$here/printed"
	tell $? "and nothing warns under its flags"
	deb=$(echo "$here"/deb/cmtop_*.deb)
	if command -v lintian >/dev/null; then
		# There is no home page, no bug tracker of Debian and no mailbox to name.
		printed=$(lintian --pedantic --tag-display-limit 0 --fail-on error,warning,info,pedantic \
			--suppress-tags initial-upload-closes-no-bugs,bogus-mail-host,no-homepage-field "$here"/deb/cmtop_*.changes 2>/dev/null)
		tell $? "lintian finds nothing: $printed"
	else
		skip 'lintian'
	fi
	if [ "$(id -u)" = 0 ] && ! dpkg -s cmtop >/dev/null 2>&1; then
		DEBIAN_FRONTEND=noninteractive dpkg -i "$deb" >"$here/printed" 2>&1
		tell $? "it is installed: $(tail -n 2 "$here/printed")"
		[ "$(/usr/bin/cmtop --version)" = "cmtop $version" ] && man -w 5 cmtop >/dev/null 2>&1
		[ -x /usr/bin/cmtop ] && [ -f /lib/systemd/system/cmtop-metrics@.service ]
		tell $? "program and service are there"
		dpkg -P cmtop >"$here/printed" 2>&1
		tell $? "it is taken away: $(tail -n 2 "$here/printed")"
		[ ! -e /usr/bin/cmtop ]
		tell $? "and gone"
	else
		skip 'installing it'
	fi
else
	skip 'debhelper'
fi

# ---- the service ----

if command -v systemd-analyze >/dev/null; then
	cp contrib/systemd/cmtop-metrics@.service "$here/cmtop-metrics@x.service"
	systemd-analyze security --offline=true --threshold=20 --no-pager "$here/cmtop-metrics@x.service" >"$here/printed" 2>&1
	tell $? "the service is exposed at most 2.0: $(tail -n 1 "$here/printed")"
	sed -i 's,^ExecStart=/usr/bin/cmtop,ExecStart=/bin/true,' "$here/cmtop-metrics@x.service"
	printed=$(systemd-analyze verify --man=no "$here/cmtop-metrics@x.service" 2>&1)
	[ -z "$printed" ]
	tell $? "systemd understands it: $printed"
else
	skip 'systemd-analyze'
fi

# ---- the other packages, as far as a parser can tell ----

if command -v rpmspec >/dev/null; then
	printed=$(rpmspec --define "_sourcedir $here/out" -q contrib/rpm/cmtop.spec 2>&1)
	tell $? "rpm understands its spec: $printed"
	[[ $printed == *"cmtop-$version"* ]]
	tell $? "of this version: $printed"
else
	skip 'rpmspec'
fi
for script in contrib/alpine/APKBUILD contrib/msys2/PKGBUILD; do
	bash -n "$script"
	tell $? "$script can be parsed"
	grep -q "^pkgver=$version\$" "$script"
	tell $? "$script is of this version"
done
if command -v shellcheck >/dev/null; then
	printed=$(shellcheck -s bash -e SC2034,SC2154,SC2164 contrib/alpine/APKBUILD contrib/msys2/PKGBUILD &&
		shellcheck contrib/tables contrib/deps contrib/ticket/cmtop-ticket)
	tell $? "shellcheck finds nothing: $printed"
fi

# ---- the ticket ----

printf '#!/bin/sh\nexec cat >>%s\n' "$here/mails" >"$here/mail"
chmod +x "$here/mail"
mkdir "$here/logs" && cp test/screens/small/*.log "$here/logs"
for turn in 1 2; do
	CMTOP=$build/cmtop STATE=$here/verdict MAIL="$here/mail" \
		contrib/ticket/cmtop-ticket "$here/logs" nobody 'waiting>0' >/dev/null 2>&1
	tell $? "the ticket, turn $turn"
done
[ "$(grep -c '^cmtop CRITICAL: waiting' "$here/mails")" = 1 ] && grep -q 'Active sends' "$here/mails"
tell $? "one mail until it is good again, with a snapshot"

sum
