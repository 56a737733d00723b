# "make bench" measures; BENCH_MB is the size of the log that is read as a whole, PAIRS how often.
BENCH_MB ?= 320
PAIRS    ?= 7

BENCH = $(patsubst %,$(BUILD)/bench/%.o,bench dashboard forecast_timing run screen share site soak vt)

$(BUILD)/bench/%.o: test/bench/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<)$(COMPILE) -Itest -D_DEFAULT_SOURCE -D_XOPEN_SOURCE=700 -MMD -MP -c -o $@ $<

$(BUILD)/bench/bench: $(BENCH) $(BUILD)/libcmtop.a
	$(call say,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(BENCH) $(BUILD)/libcmtop.a $(CORE_LIBS)

$(BUILD)/bench/simlog: $(BUILD)/bench/simlog.o $(BUILD)/bench/site.o $(BUILD)/libcmtop.a
	$(call say,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(BUILD)/bench/simlog.o $(BUILD)/bench/site.o $(BUILD)/libcmtop.a $(CORE_LIBS)

bench: $(BUILD)/cmtop $(BUILD)/bench/bench $(BUILD)/bench/simlog $(BUILD)/test/test_forecast_against_site
	XDG_STATE_HOME='$(abspath $(BUILD))/bench/state' $(BUILD)/bench/bench $(BUILD)/cmtop $(BUILD)/bench/simlog $(BUILD)/bench/logs $(BENCH_MB) $(PAIRS)
	@BUILD='$(abspath $(BUILD))' CMTOP='$(abspath $(BUILD))/cmtop' CC='$(CC)' test/bench/share.sh
	@echo 'what was foretold of ten simulated sites, and what they did:'
	@FIGURE_SEEDS=10 CK_TIMEOUT_MULTIPLIER=5 $(BUILD)/test/test_forecast_against_site | grep '^ '

-include $(BENCH:.o=.d) $(BUILD)/bench/simlog.d

.PHONY: bench
