# Short names for scripts/; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run build test fuzz sanitize format lint logs psql stop clean docker-check deploy-check bench bench-quick bench-guard bench-jobs bench-chat instructions bench-metrics soak chaos image-check audit upgrade-check

SOURCES := Sources Benchmarks Fuzz Tests Package.swift

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build and start everything; PORT=9000 chooses another port
	@scripts/run

build: ## build the program, release
	swift build -c release --product gigaoffice $(SWIFT_BUILD_FLAGS)

test: ## run all tests; FILTER=HTTPTests runs those that match
	@scripts/test $(if $(FILTER),--filter '$(FILTER)')

fuzz: ## fuzz the parsers, 60 s each; FUZZ_SECONDS=600 longer
	@scripts/fuzz $(or $(FUZZ_SECONDS),60)

sanitize: ## run the tests of the event loop and the HTTP server under the thread and the address sanitizer
	@scripts/sanitize thread
	@scripts/sanitize address

bench: ## measure everything, 15 minutes; scripts/bench --list tells the scenarios
	@scripts/bench

bench-quick: ## show within 3 minutes that all of it works; its figures mean nothing
	@scripts/bench --quick

bench-guard: ## compare ratios with Benchmarks/baseline.json; fails when one has lost more than 20 %
	@scripts/bench guard

bench-jobs: ## only: jobs accepted, done and started
	@scripts/bench jobs

bench-chat: ## only: what the service adds to a conversation
	@scripts/bench chat

bench-metrics: ## only: what counting costs the HTTP server
	@scripts/bench counting

soak: ## load the HTTP server for MINUTES (10) and watch its memory
	@scripts/bench soak --minutes $(or $(MINUTES),10)

instructions: ## count instructions of parsers, router, prompts; compare with Benchmarks/instructions.json; UPDATE=1 sets it
	@scripts/instructions

chaos: ## break running services and look for lost jobs; FAULTS=200 SEED=1 RATE=8 KINDS=killWorker,cutBroker
	@scripts/chaos

format: ## format the Swift sources in place
	swift format --in-place --recursive $(SOURCES)

lint: ## check the formatting, and the scripts where shellcheck is installed
	@scripts/lint

logs: ## follow the log of `make run`
	@tail -n 50 -F .local/run/gigaoffice.log

psql: ## open psql on the database of `make run`
	@scripts/postgres psql run

stop: ## stop the private PostgreSQL, should one still run
	@scripts/postgres stop run
	@scripts/postgres stop test
	@scripts/postgres stop chaos

clean: ## delete build products; the database stays (scripts/postgres remove)
	rm -rf .build

docker-check: ## check docker-compose.yml
	@scripts/docker-check

image-check: ## do what the Dockerfile says without Docker, and use what comes out; as root, minutes
	@scripts/image-check

audit: ## look at a running service for weaknesses: answers, sockets, secrets, production, TLS, dependencies
	@scripts/audit

upgrade-check: ## go from an old version to this one and back on one database; builds both, minutes
	@scripts/upgrade-check

deploy-check: ## check the examples in deploy: systemd, nginx, Kubernetes, Prometheus
	@scripts/deploy-check
