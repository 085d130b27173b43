# Everything a developer or CI runs. Each target sets up what it needs; running one twice does nothing twice.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LIBRARY ?= demo-library

.DEFAULT_GOAL := help
.PHONY: help demo test lint types imports unit bench lexicons messages goldens samples clean

help: ## 列出可用的命令 (list the targets)
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

demo: $(VENV)/installed ## 建立环境，索引样例，演示三次检索 (set up, index the samples, search them)
	@bash deploy/demo.sh $(BIN)/anjian $(LIBRARY)

test: lint types imports unit ## 全部检查 (lint, types, import rules, all tests)

lint: $(VENV)/installed-test
	@echo "== ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/installed-test
	@echo "== mypy"
	@$(BIN)/mypy

imports: $(VENV)/installed-test
	@echo "== import rules"
	@$(BIN)/lint-imports

unit: $(VENV)/installed-test
	@echo "== tests"
	@$(BIN)/pytest

bench: $(VENV)/installed-test ## 速度与效果测量 (speed and quality figures; see benchmarks/README.md)
	@$(BIN)/python -m benchmarks $(if $(NEWS),--news $(NEWS)) --write

lexicons: $(VENV)/installed-test ## 重新生成派生词表 (regenerate the derived lexicons)
	$(BIN)/python -m scripts.make_lexicons
	$(BIN)/python -m scripts.make_surname_words

messages: ## 重新生成命令行的中文提示 (compile what the command line says; needs msgfmt of gettext)
	msgfmt -o commands/locale/zh_CN/LC_MESSAGES/messages.mo commands/locale/zh_CN/LC_MESSAGES/messages.po

goldens: $(VENV)/installed-test ## 接受新的排序结果 (accept the present rankings as golden)
	ANJIAN_WRITE_GOLDENS=1 $(BIN)/pytest -n0 tests/search/test_goldens.py -k as_accepted

samples: $(VENV)/installed-test ## 重新生成样例资料库 (regenerate samples/)
	$(BIN)/python -m samples.generate

clean: ## 删除环境与演示资料库 (remove the environment and the demo library)
	rm -rf $(VENV) $(LIBRARY)

$(VENV)/bin/python:
	@bash deploy/system-packages.sh
	@echo "== creating the environment $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本 (Python 3.11+ is needed)"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "== installing anjian into $(VENV)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-test: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "== installing anjian and its test dependencies into $(VENV)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $@ $(VENV)/installed
