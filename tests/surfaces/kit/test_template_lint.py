"""What no template of the product may hold: the content policy blocks it, or it is unsafe."""

import re

import pytest

from tests.house import sources

TEMPLATES = [path for path in sources.templates() if path.suffix == ".html"]
FORBIDDEN = {
    "style attribute": r"\sstyle\s*=",
    "inline handler": r"\son[a-z]+\s*=",
    "hx-on": r"hx-on[:=-]",
    "evaluated value": r"\bjs:|\bjavascript:",
    "filter of a trigger": r"hx-trigger\s*=\s*[\"'][^\"']*\[",
    "style element": r"<style\b",
    "inline script": r"<script\b(?![^>]*\ssrc=)",
    "unescaped attributes of a part": r"\{\{\s*attrs\b",
    "text marked safe": r"\|\s*safe\b|autoescape\s+off",
    "address of another site": r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//",
    "colour in the page": r"(?:fill|stroke|color)\s*=\s*[\"']#",
}
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
SCRIPT_FREE = r"<script\b[^>]*>\s*</script>"


@pytest.mark.parametrize("path", TEMPLATES, ids=sources.name_of)
def test_a_template_holds_nothing_that_the_policy_blocks(path):
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))

    assert [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text)] == []
    assert re.sub(SCRIPT_FREE, "", text).count("<script") == 0


@pytest.mark.parametrize("path", TEMPLATES, ids=sources.name_of)
def test_buttons_say_what_they_are(path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"<button\b(?![^>]*\stype=)[^>]*>", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=sources.name_of)
def test_every_form_that_posts_carries_the_token(path):
    text = path.read_text(encoding="utf-8")
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.DOTALL)

    assert [form for form in forms if "{% csrf_token %}" not in form] == []


@pytest.mark.parametrize(
    ("what", "sample"),
    [
        ("style attribute", '<p style="width:3%">'),
        ("inline handler", '<a onclick="go()">'),
        ("hx-on", '<a hx-on:click="go()">'),
        ("evaluated value", "<a hx-vals='js:{a: 1}'>"),
        ("filter of a trigger", '<a hx-trigger="click[ctrlKey]">'),
        ("style element", "<style>p{}</style>"),
        ("inline script", "<script>go()</script>"),
        ("unescaped attributes of a part", "<div {{ attrs }}>"),
        ("text marked safe", "{{ note|safe }}"),
        ("address of another site", '<img src="https://cdn.example/x.png">'),
        ("colour in the page", '<path fill="#fff"/>'),
    ],
)
def test_the_lint_sees_what_it_forbids(what, sample):
    assert [name for name, pattern in FORBIDDEN.items() if re.search(pattern, sample)] == [what]


def test_every_template_is_used():
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in (*sources.modules(), *sources.templates())
    }

    assert [sources.name_of(path) for path in TEMPLATES if not _is_used(path, texts)] == []


def _is_used(path, texts):
    """Named by a module or another template; allauth finds its own by their place."""
    name = path.as_posix().partition("/templates/")[2]
    if name.startswith(("account/", "mfa/", "allauth/")) or name == "429.html":
        return True
    calls = [re.compile(rf"[\"']{re.escape(name)}[\"'#]")]
    if name.startswith("cotton/"):
        part = name.removeprefix("cotton/").removesuffix(".html").replace("_", "-")
        calls.append(re.compile(rf"<c-{part}[\s/>]"))
    others = (text for other, text in texts.items() if other != path)
    return any(call.search(text) for text in others for call in calls)
