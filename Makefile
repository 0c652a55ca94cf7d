# Two commands do everything on a fresh machine: `make up` and `make test`.
SHELL := /bin/bash
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1
export DOTNET_CLI_UI_LANGUAGE := en

.PHONY: help up down demo-release demo-rollback build test check format bench mutate clean docker-build docker-push deploy-staging deploy-canary deploy-prod rollback canary-health rehearse-rollback deploy-status deploy-history

help:                ## what you can ask for
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 28

up:                  ## build, start the hub and the sample service under sample traffic, say what to look at
	@eng/up.sh

down:                ## stop what `make up` left running and remove its output; the hub keeps its data
	@eng/down.sh

demo-release:        ## a good candidate of the sample service: benchmark, gate, canary, promoted; look on in the browser
	@samples/release/demo.sh release

demo-rollback:       ## a bad one: its canary finds it and takes it back; both take two minutes
	@samples/release/demo.sh rollback

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

mutate:              ## change the statistics in thousands of small ways and see that the tests notice (two hours, goes on when interrupted; ONLY=Means for one folder)
	@eng/mutate.sh $(ONLY)

clean:               ## remove what was built
	@rm -rf artifacts out; find . -name bin -o -name obj | grep -v node_modules | xargs rm -rf

# Deployment on one host: docs/ci-cd-pipeline.md. ASSAY_DEPLOY_RUNNER=process does it without containers.
export REASON
ASSAY = $(if $(shell command -v assay),assay,artifacts/bin/assay)

docker-build:        ## container images of the hub and the sample service; VERSION=x, that of git when left out
	@deploy/images.sh build $(VERSION)

docker-push:         ## push them to the registry of ASSAY_IMAGES; VERSION=x
	@deploy/images.sh push $(VERSION)

deploy-staging:      ## start VERSION=x in staging and ask it a question
	@deploy/deploy.sh staging "$(VERSION)"

deploy-canary:       ## give VERSION=x 5 % of requests beside production; PERCENT=25 for another share
	@deploy/deploy.sh canary "$(VERSION)" --percent "$(or $(PERCENT),5)"

deploy-prod:         ## replace production by VERSION=x without a gap
	@deploy/deploy.sh production "$(VERSION)"

rollback:            ## take the canary back, or return to the version before; ENV=staging|production REASON='...'
	@deploy/deploy.sh rollback "$(ENV)" --reason "$$REASON"

canary-health:       ## how the canary stands against its control; RELEASE=x, rag_service when left out
	@$(ASSAY) canary check "$(or $(RELEASE),rag_service)"

rehearse-rollback:   ## rehearse six ways of going wrong on the sample service and measure the way back
	@$(ASSAY) release rehearse

deploy-status:       ## what runs where, and whether it answers
	@deploy/deploy.sh status

deploy-history:      ## what was deployed, by whom and why; ENV=staging|production
	@deploy/deploy.sh history "$(ENV)"
