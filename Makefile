# The README's commands. Each sets up what it needs and skips what is there.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: briefs test proof catalogues pictures lock

briefs: ## every publication in every language and format, done and clean, under dist/
	@$(PYTHON) tools/bootstrap.py run
	@$(BIN)/python build.py --release

test: ## style, types and tests
	@$(PYTHON) tools/bootstrap.py test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile

proof: ## slower proofs: fifty times the examples for each law, notes in sixty documents, a bare clone
	@$(PYTHON) tools/bootstrap.py test
	$(BIN)/pytest -n auto --dist loadfile -m "proof or not proof" --hypothesis-profile=proof

catalogues: ## bring the translators' files up to the content
	@$(PYTHON) tools/bootstrap.py run
	@$(BIN)/kzpub catalogue update

pictures: ## the pictures of the documentation
	@$(PYTHON) tools/bootstrap.py test
	@$(BIN)/python tools/pictures.py

lock: ## pin the dependencies anew, with hashes
	uv pip compile --universal --python-version 3.11 --generate-hashes --quiet pyproject.toml requirements/build.in -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --extra test pyproject.toml requirements/build.in -c requirements/run.txt -o requirements/test.txt
