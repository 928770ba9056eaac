"""What axe and pa11y's engine (HTML_CodeSniffer) find wrong with the page as it stands."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.environment import ROOT

MODULES = ROOT / "frontend" / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
SNIFFER = MODULES / "@pa11y" / "html_codesniffer" / "build" / "HTMLCS.js"

LOOK = """
async (rules) => {
  const left = scrollY;
  scrollTo({ top: 0, behavior: "instant" });
  const on = { enabled: true };
  const more = rules
    ? { runOnly: rules }
    : { rules: { "target-size": on, "label-content-name-mismatch": on } };
  const options = { resultTypes: ["violations"], ...more };
  const axe = await window.axe.run(document, options);
  const sniffed = await new Promise((done, failed) =>
    HTMLCS.process("WCAG2AA", document, () => done(HTMLCS.getMessages()), failed, "en"));
  scrollTo({ top: left, behavior: "instant" });
  const told = ({ element }) => element?.outerHTML?.slice(0, 200) ?? "the page";
  return [
    ...axe.violations.map(({ id, nodes }) => [id, String(nodes[0].target)]),
    ...sniffed
      .filter(({ type }) => type === HTMLCS.ERROR)
      .map((each) => [each.code, told(each)])
      .filter(([code]) => !rules || code.includes("1_4_3")),
  ];
}
"""
"""Both on the same page, so that it is loaded once; errors only, as pa11y counts them.

Two rules that axe leaves off are on: the size of what is pressed, and names that hold what is seen.
From the top of the page: to axe, what lies half under the bar there is smaller than it is.
"""

IGNORED = {
    "WCAG2AA.Principle1.Guideline1_3.1_3_5.H98": (
        "takes `username` on an e-mail input for an error, which HTML allows; axe judges the same"
        " by the present standard (autocomplete-valid)"
    ),
}
"""Rule → why it does not hold here."""


@cache
def _script(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def faults(page: Page, *, contrast_only: bool = False) -> list[str]:
    """Every broken rule, with the first place where it is broken.

    `contrast_only` looks at colours alone, for a page that was wholly looked at in other colours.
    """
    if not page.evaluate("Boolean(window.axe && window.HTMLCS)"):
        page.evaluate(_script(AXE))
        page.evaluate(_script(SNIFFER))
    found: list[tuple[str, Any]] = page.evaluate(
        LOOK, ["color-contrast"] if contrast_only else None
    )
    return [f"{rule}: {place}" for rule, place in found if rule not in IGNORED]
