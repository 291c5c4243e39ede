"""A process of its own that asks axe-core about pages in Chromium: paths come in, findings go out, a line each.

It knows nothing of kzpub, so that the browser is started once, is no part of the caller, and ends with its input.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WIDTHS, SCHEMES = (360, 1280), ("light", "dark")
"""A phone and a desk; daylight and dark."""

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_ASK = f"""axe.run({{runOnly: {_RULES}, resultTypes: ['violations', 'incomplete'], preload: false}})
    .then(({{violations, incomplete}}) => ({{violations, incomplete}}))"""


def main(chromium: str) -> None:
    """Answer until the input ends."""
    import axe_playwright_python
    from playwright.sync_api import sync_playwright

    axe = (Path(axe_playwright_python.__path__[0]) / "axe.min.js").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for line in sys.stdin:
            page = browser.new_page(reduced_motion="reduce", offline=True)
            page.goto(Path(line.strip()).as_uri())
            page.evaluate(axe)
            sys.stdout.write(json.dumps(list(_findings(page))) + "\n")
            sys.stdout.flush()
            page.close()


def _findings(page: Any) -> Iterator[dict[str, str]]:
    """What axe-core finds at each width and in each scheme; ``kind`` is “violations” or “incomplete”."""
    for width in WIDTHS:
        for scheme in SCHEMES:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            answer = page.evaluate(_ASK)
            for kind in ("violations", "incomplete"):
                for rule in answer[kind]:
                    yield from (_finding(kind, rule, node, f"{width} px, {scheme}") for node in rule["nodes"])


def _finding(kind: str, rule: dict[str, Any], node: dict[str, Any], where: str) -> dict[str, str]:
    data = [check.get("data") for check in (*node["any"], *node["all"], *node["none"])]
    keys = [each["messageKey"] for each in data if isinstance(each, dict) and each.get("messageKey")]
    return {
        "kind": kind,
        "rule": rule["id"],
        "says": rule["help"],
        "why": (keys or [""])[0],
        "element": node["html"],
        "where": where,
    }


if __name__ == "__main__":
    main(sys.argv[1])
