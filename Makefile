# make alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help try test golden fuzz bench long sizes kill laws rivals mutants check screenshots places

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

try: ## make the report of the story that comes with the command
	go run ./cmd/entregent try

test: ## run the tests: some eight minutes on two cores, no network, nothing to install
	go test ./...

check: ## everything that must hold before a change lands
	.ci/run

golden: ## write the expected outputs anew; read the diff before you believe it
	ENTREGENT_GOLDEN=update go test ./cmd/entregent -run 'Script|Readme|Reports'
	go test ./internal/report/text -update
	git diff --stat

sizes: ## print how large packages, files, functions and types are
	go test ./internal -run TestSizes -count=1 -v

fuzz: ## try broken input on every reader, half a minute each
	@set -e; go list ./... | while read -r package; do \
		go test -list '^Fuzz' "$$package" | grep '^Fuzz' | while read -r target; do \
			echo "== $$package $$target"; go test -run '^$$' -fuzz "^$$target\$$" -fuzztime 30s "$$package"; \
		done; \
	done

bench: ## run the benchmarks, into bench.out; compare two such files with benchstat
	go test -run '^$$' -bench . -benchmem ./... | tee bench.out

kill: ## kill -9 a store that works, 500 times on SQLite, 100 on PostgreSQL, and look for all it acknowledged (minutes)
	ENTREGENT_KILLS=500 ENTREGENT_KILLS_POSTGRES=100 go test -timeout 1h -v -run 'Kill$$' ./internal/store

laws: ## try the laws of whuffie on more than a million random events (half a minute)
	ENTREGENT_LONG=1 go test -run '^TestLaws$$' -v ./whuffie

sentences: ## score one-sentence posting on labelled sentences: make sentences SCORE=score.py [SENTENCES=file.jsonl]
	go run ./cmd/entregent board parse --sentences $(or $(SENTENCES),gift/board/sentence/testdata/board.jsonl) --json > sentences.out
	python3 $(SCORE) sentences.out $(or $(SENTENCES),gift/board/sentence/testdata/board.jsonl)

rivals: ## whuffie beside other measures: attacks and quality on every shared graph (half an hour)
	ENTREGENT_LONG=1 go test -timeout 2h -v ./whuffie/rival

long: ## the simulations in full: coverage, false alarms, delays (tens of minutes)
	ENTREGENT_LONG=1 go test -timeout 3h ./...

mutants: ## break one line at a time and see that a test notices (tens of minutes); ONLY=word for some
	go run ./.ci/mutants -only '$(ONLY)' .ci/mutants/list.txt

screenshots: ## take the README's pictures of the page (needs chromium)
	doc/screenshots

COMMUNES ?= ../shared/data/geo/communes.csv
places: ## pack the table of communes that gift/place embeds, from COMMUNES=file.csv
	gzip -9n < $(COMMUNES) > gift/place/communes.csv.gz
