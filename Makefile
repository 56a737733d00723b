# cmtop: build/cmtop is the program, build/libcmtop.a the core: everything without I/O.
# "make help" lists what can be made.

# The folders of src; test/arrows says which may use which. The core is plain
# C11; only the I/O folders may touch the terminal, the event loop, files and the clock.
CORE_DIRS = base event parse/decode parse/dates parse rotate model/tables model/records model/sender model/distmgr model/transfers model \
            figures redact logstore ingest sim forecast advice fields query report \
            view view/grid view/frame view/summary view/panes view/pages view/input
IO_DIRS   = os store follow term demo cli

PREFIX ?= /usr/local
BUILD  ?= build
CFLAGS ?= -O2 -g
PKG_CONFIG ?= pkg-config

STD  = -std=c11
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wundef -Wvla \
       -Wwrite-strings -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes

LIBS_CORE = libpcre2-8 libutf8proc jansson
LIBS_IO = ncursesw libuv
LIBS_TEST = check

# What differs between systems is in files that end in _posix.c or _win32.c.
SYSTEM = posix
-include contrib/config.make-$(shell uname -s | cut -d_ -f1)

# pkg-config is asked when the first recipe needs its answer, and then once: never by "make
# clean", and by "make check" only when contrib/deps has seen to it that there is one.
ask = $(eval $(1) := $$(filter-out -D_XOPEN_SOURCE=%,$$(shell $(PKG_CONFIG) $(2))) $(3))$($(1))
CORE_CFLAGS = $(call ask,CORE_CFLAGS,--cflags $(LIBS_CORE))
CORE_LIBS   = $(call ask,CORE_LIBS,--libs $(LIBS_CORE),-lm)
IO_CFLAGS = $(call ask,IO_CFLAGS,--cflags $(LIBS_IO))
IO_LIBS   = $(call ask,IO_LIBS,--libs $(LIBS_IO))
TEST_CFLAGS = $(call ask,TEST_CFLAGS,--cflags $(LIBS_TEST))
TEST_LIBS   = $(call ask,TEST_LIBS,--libs $(LIBS_TEST))

# POSIX names are asked for in the I/O folders alone: the core is plain C11.
COMPILE      = $(CC) $(STD) $(WARN) -Iinclude -Isrc $(CPPFLAGS) $(CORE_CFLAGS) $(CFLAGS)
COMPILE_IO = $(COMPILE) -D_XOPEN_SOURCE=700 -D_XOPEN_SOURCE_EXTENDED $(IO_CFLAGS)
COMPILE_TEST = $(COMPILE) -Itest/lib $(TEST_CFLAGS)

# "make V=1" shows whole commands.
say = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2);)

OTHER_SYSTEM = $(if $(filter posix,$(SYSTEM)),win32,posix)
CORE  = $(patsubst src/%.c,$(BUILD)/%.o,$(foreach d,$(CORE_DIRS),$(wildcard src/$(d)/*.c)))
IO    = $(patsubst src/%.c,$(BUILD)/%.o,$(filter-out %_$(OTHER_SYSTEM).c,$(foreach d,$(IO_DIRS),$(wildcard src/$(d)/*.c))))
TEST_SOURCES = $(sort $(wildcard test/unit/*/test_*.c test/behaviour/test_*.c))
TESTS = $(patsubst %.c,$(BUILD)/test/%,$(notdir $(TEST_SOURCES)))
vpath test_%.c $(sort $(dir $(TEST_SOURCES)))

all: $(BUILD)/cmtop

$(BUILD)/cmtop: $(IO) $(BUILD)/libcmtop.a
	$(call say,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(IO) $(BUILD)/libcmtop.a $(IO_LIBS) $(CORE_LIBS)

$(BUILD)/libcmtop.a: $(CORE)
	$(call say,AR,$@)rm -f $@ && $(AR) rcs $@ $(CORE)

$(IO): $(BUILD)/%.o: src/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)$(COMPILE_IO) -MMD -MP -c -o $@ $<

$(BUILD)/%.o: src/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)$(COMPILE) -MMD -MP -c -o $@ $<

# Linked without ncurses and libuv: a core that reaches for them has no tests.
$(BUILD)/test/%: %.c $(BUILD)/libcmtop.a | needed-check
	@mkdir -p $(@D)
	$(call say,TEST,$<)$(COMPILE_TEST) -MMD -MP -o $@ $< $(BUILD)/libcmtop.a $(LDFLAGS) $(TEST_LIBS) $(CORE_LIBS)

# Counts how often a computation looks at sends, at what waits and at points.
$(BUILD)/test/test_bounded_work: LDFLAGS += -Wl,--wrap=model_next_job,--wrap=model_waiting,--wrap=model_sample

# What the system knows of code pages, without the rest of the I/O.
$(BUILD)/test/test_code_pages: $(BUILD)/os/code_page_$(SYSTEM).o
$(BUILD)/test/test_code_pages: LDFLAGS += $(BUILD)/os/code_page_$(SYSTEM).o

# Changes when the compiler or its flags do, and everything is compiled again.
$(BUILD)/flags: FORCE | needed
	@mkdir -p $(@D)
	@echo '$(COMPILE_IO) $(LDFLAGS)' | cmp -s - $@ || echo '$(COMPILE_IO) $(LDFLAGS)' >$@

# What the build needs must be here already: packages are installed by contrib/deps alone.
needed:
	@contrib/deps --missing build
needed-check:
	@contrib/deps --missing check

-include $(CORE:.o=.d) $(IO:.o=.d) $(TESTS:=.d)
-include test/bench/bench.mk

# The two commands of a fresh machine: contrib/deps first, then make again, which can now
# ask pkg-config. On all processors, unless -j was given.
PARALLEL = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2))

demo: deps
	@$(MAKE) --no-print-directory $(PARALLEL) all
	@$(BUILD)/cmtop --demo

check: deps
	@$(MAKE) --no-print-directory $(PARALLEL) check-build
	@$(MAKE) --no-print-directory check-now

deps:
	@contrib/deps

# Every suite ends with a line "N passed, N failed"; test/all.sh adds them up. A machine that
# is busy, or a sanitizer, is no reason to fail: check's limits of time are stretched, and
# are there only to end a test that hangs.
SUITES_TREE  = test/arrows.sh test/tree.sh test/symbols.sh
SUITES_SHIPPED = test/deps.sh
SUITES_USE   = $(wildcard test/writing.sh test/reading.sh test/history_file.sh test/cli.sh test/explain.sh test/outputs.sh test/screens.sh test/excerpts.sh test/manual.sh test/tables.sh)
SUITES_LIVE  = $(wildcard test/live/*.sh)
CK_TIMES     = 5
RUN_SUITES   = CK_DEFAULT_TIMEOUT=60 CK_TIMEOUT_MULTIPLIER=$(CK_TIMES) BUILD='$(abspath $(BUILD))' CMTOP='$(abspath $(BUILD))/cmtop' CC='$(CC)' test/all.sh

check-build: $(TESTS) $(BUILD)/cmtop $(BUILD)/tables $(BUILD)/bench/bench $(BUILD)/bench/simlog
check-now: check-build
	@$(RUN_SUITES) $(SUITES_USE) $(TESTS) $(SUITES_TREE) $(SUITES_SHIPPED)
check-unit: $(TESTS)
	@$(RUN_SUITES) $(TESTS)
# Who uses whom, the shape of the tree, what the core asks the system for; in seconds.
arrows: all
	@$(RUN_SUITES) $(SUITES_TREE)
# One at a time: these measure how soon something happens.
check-live: check-build
	@JOBS=1 $(RUN_SUITES) $(SUITES_LIVE)

# The same tests, where every step outside memory and every undefined one is fatal.
SANITIZE = -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
sanitize:
	@$(MAKE) --no-print-directory $(PARALLEL) BUILD='$(BUILD)/sanitize' CFLAGS='$(SANITIZE)' check-build
	@$(MAKE) --no-print-directory BUILD='$(BUILD)/sanitize' CFLAGS='$(SANITIZE)' CK_TIMES=20 check-sanitized
check-sanitized: check-build
	@$(RUN_SUITES) $(SUITES_USE) $(TESTS)

# Any keys at any size for a minute, where every slip is fatal.
RANDOM_SECONDS = 60
random:
	@$(MAKE) --no-print-directory $(PARALLEL) BUILD='$(BUILD)/sanitize' CFLAGS='$(SANITIZE)' '$(BUILD)/sanitize/test/test_random_keys'
	RANDOM_SECONDS=$(RANDOM_SECONDS) CK_TIMEOUT_MULTIPLIER=10 '$(BUILD)/sanitize/test/test_random_keys'

# What manuals, completions and the schema have from the program's own lists: "make tables" after a list
# has changed; the tests notice when it was forgotten.
TABLED = man/cmtop.1 man/cmtop.5 contrib/completions/cmtop.bash contrib/completions/_cmtop contrib/completions/cmtop.fish \
         contrib/snapshot.schema.json

$(BUILD)/tables: contrib/tables.c contrib/schema.c $(BUILD)/cli/option_table.o $(BUILD)/os/message.o $(BUILD)/os/code_page_$(SYSTEM).o $(BUILD)/libcmtop.a
	$(call say,CC,$<)$(COMPILE) -o $@ $^ $(LDFLAGS) $(CORE_LIBS)
tables: $(BUILD)/tables
	@contrib/tables $(BUILD)/tables $(TABLED)

# The layout of the C files, by .clang-format: "format" applies it.
CLANG_FORMAT ?= clang-format
FORMATTED = $(shell find src include test contrib -name '*.[ch]')
format:
	@$(CLANG_FORMAT) -i $(FORMATTED)
format-check:
	@$(CLANG_FORMAT) --dry-run -Werror $(FORMATTED)

# An index for editors: universal-ctags knows prototypes and macros, so none other will do.
CTAGS ?= ctags
tags:
	@$(CTAGS) --version 2>/dev/null | grep -q 'Universal Ctags' || { echo 'make tags needs universal-ctags; it was not found as "$(CTAGS)"'; exit 1; }
	@$(CTAGS) -R --languages=C --c-kinds=+px -f tags src include test contrib

# What is installed, and where below PREFIX: "uninstall" takes away just these.
SHARE = $(PREFIX)/share
put = install -d '$(DESTDIR)$(dir $(3))' && install -m $(1) '$(2)' '$(DESTDIR)$(3)'
INSTALLED = $(PREFIX)/bin/cmtop $(SHARE)/man/man1/cmtop.1 $(SHARE)/man/man5/cmtop.5 \
            $(SHARE)/bash-completion/completions/cmtop $(SHARE)/zsh/site-functions/_cmtop \
            $(SHARE)/fish/vendor_completions.d/cmtop.fish \
            $(SHARE)/cmtop/snapshot.schema.json $(SHARE)/cmtop/event.schema.json $(SHARE)/cmtop/cmtop.rules.yml \
            $(SHARE)/cmtop/grafana.json $(SHARE)/cmtop/cmtop.lnav.json

install: all
	@$(call put,755,$(BUILD)/cmtop,$(PREFIX)/bin/cmtop)
	@$(call put,644,man/cmtop.1,$(SHARE)/man/man1/cmtop.1)
	@$(call put,644,man/cmtop.5,$(SHARE)/man/man5/cmtop.5)
	@$(call put,644,contrib/completions/cmtop.bash,$(SHARE)/bash-completion/completions/cmtop)
	@$(call put,644,contrib/completions/_cmtop,$(SHARE)/zsh/site-functions/_cmtop)
	@$(call put,644,contrib/completions/cmtop.fish,$(SHARE)/fish/vendor_completions.d/cmtop.fish)
	@$(call put,644,contrib/snapshot.schema.json,$(SHARE)/cmtop/snapshot.schema.json)
	@$(call put,644,contrib/event.schema.json,$(SHARE)/cmtop/event.schema.json)
	@$(call put,644,contrib/prometheus/cmtop.rules.yml,$(SHARE)/cmtop/cmtop.rules.yml)
	@$(call put,644,contrib/grafana/cmtop.json,$(SHARE)/cmtop/grafana.json)
	@$(call put,644,contrib/lnav/cmtop.json,$(SHARE)/cmtop/cmtop.lnav.json)
	@echo 'installed below $(DESTDIR)$(PREFIX)'

uninstall:
	rm -f $(foreach f,$(INSTALLED),'$(DESTDIR)$(f)')
	@rmdir '$(DESTDIR)$(SHARE)/cmtop' 2>/dev/null || :

# A tar of the sources that is the same wherever it is made from the same sources: times are
# SOURCE_DATE_EPOCH, or that of the last commit. Needs GNU tar.
VERSION = $(shell sed -n 's/^.define PROGRAM_VERSION "\(.*\)"/\1/p' include/cmtop/report.h)
DIST    = $(BUILD)/cmtop-$(VERSION).tar.gz

dist:
	@mkdir -p $(BUILD)
	@epoch=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || echo 0)} && \
	LC_ALL=C tar --create --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mode=go=rX,u+rw,a-s \
		--mtime="@$$epoch" --transform='s,^,cmtop-$(VERSION)/,' \
		Makefile README.md COPYING src include test contrib man | gzip -9 -n >$(DIST)
	@echo $(DIST)

clean:
	rm -rf $(BUILD)

help:
	@echo 'make             builds $(BUILD)/cmtop; says what is missing, installs nothing'
	@echo 'make demo        runs the dashboard on a simulated site server'
	@echo 'make check       runs the tests; no terminal, no network'
	@echo '                 (these two run contrib/deps first, which may install packages)'
	@echo 'make check-unit  only the unit tests'
	@echo 'make arrows      only who includes and calls whom, words, and sizes of files'
	@echo 'make check-live  the longer tests: real terminals, logs that roll over'
	@echo 'make sanitize    the tests again under the address and undefined sanitizers'
	@echo 'make random      random keys at random sizes for a minute, likewise'
	@echo 'make bench       measures, on logs that it makes itself'
	@echo 'make tables      what manuals, completions and the schema have from the program, after a change'
	@echo 'make format      lays the C files out as .clang-format says; "make format-check" only looks'
	@echo 'make tags        an index of the sources for editors; needs universal-ctags'
	@echo 'make dist        a reproducible tar of the sources, $(BUILD)/cmtop-VERSION.tar.gz'
	@echo 'make install     to PREFIX=$(PREFIX), below DESTDIR; "make uninstall" takes it away'
	@echo 'make clean       removes $(BUILD)'
	@echo 'variables        CC CFLAGS LDFLAGS BUILD V=1'

FORCE:
.PHONY: all arrows demo check deps needed needed-check check-build check-now check-unit check-live \
        sanitize check-sanitized random tables format format-check tags dist install uninstall clean help FORCE
.SECONDARY:
