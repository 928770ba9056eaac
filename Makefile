# 목민: `make`라고만 치면 할 수 있는 일을 보여 줍니다.
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo demo-reset test check bench lock
MAKEFLAGS += --no-print-directory
unexport PYTHONHOME PYTHONPATH PYTHONSAFEPATH VIRTUAL_ENV

python := .venv/bin/python

help:
	@echo '목민: 시·군·구의 업무 순환을 한곳에서 돌리는 공개 플랫폼'
	@echo
	@echo '  make demo        시험 자치단체를 띄웁니다(멈춤: Ctrl-C, 자료는 남습니다)'
	@echo '  make demo-reset  시험 자료를 처음부터 다시 만듭니다'
	@echo '  make setup       실행에 필요한 것을 설치합니다'
	@echo '  make test        모든 시험을 돌립니다(일부만: make test ARGS="tests/lib")'
	@echo '  make check       형식·타입·구조 규칙을 검사합니다'
	@echo '  make bench       속도를 잽니다(var/bench.json)'
	@echo '  make lock        패키지 잠금 파일을 다시 만듭니다(새 판으로: UPGRADE=1)'

setup:
	@sh tools/python.sh -m tools.setup run

setup-dev:
	@sh tools/python.sh -m tools.setup dev

demo: setup
	@$(python) -m mokmin demo

demo-reset: setup
	@$(python) -m mokmin demo --reset

test: setup-dev
	@$(python) -m tools.test $(ARGS)

check: setup-dev
	@$(python) -m tools.check

bench: setup-dev
	@$(python) -m bench $(ARGS)

lock: setup
	@$(python) -m tools.lock $(if $(UPGRADE),--upgrade)
