# Two commands do everything on a fresh machine: `make up` and `make test`.
SHELL := /bin/bash
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1
export DOTNET_CLI_UI_LANGUAGE := en

.PHONY: help up down build test check format bench mutate clean

help:                ## what you can ask for
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 16

up:                  ## build, start the hub and the sample service under sample traffic, say what to look at
	@eng/up.sh

down:                ## stop what `make up` left running and remove its output; the hub keeps its data
	@eng/down.sh

build:               ## compile everything
	@dotnet build Assay.slnx -c Release -v q --nologo -clp:NoSummary

test:                ## run all tests (the closing line counts them)
	@eng/test.sh $(TESTS)

check: build         ## what a change must pass: format, build, tests
	@dotnet tool restore >/dev/null && dotnet csharpier check .
	@eng/test.sh --no-build

format:              ## format the code
	@dotnet tool restore >/dev/null && dotnet csharpier format .

bench:               ## measure against Lucene, FTS5 and OpenTelemetry; writes docs/reference/en/PERFORMANCE_BENCHMARKS.md
	@bench/run.sh

mutate:              ## change the statistics in thousands of small ways and see that the tests notice (half an hour; ONLY=Means for one folder)
	@eng/mutate.sh $(ONLY)

clean:               ## remove what was built
	@rm -rf artifacts out; find . -name bin -o -name obj | grep -v node_modules | xargs rm -rf
