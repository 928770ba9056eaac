"""A hierarchy (계층) as nested lists that open and shut without a script."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from mokmin.surfaces.kit import tones

IGNORED = str.maketrans("", "", " \t\n·ㆍ・‧")
"""Spaces and middots do not matter when words are looked for."""


@dataclass(frozen=True, slots=True)
class Node:
    """One line of a hierarchy, with what is below it.

    `count` stands at the right; `tone` and `word` are its state; `marked` is the word by which it
    was found. A branch is open when `is_open`, or when the current node is in it.
    """

    label: str
    url: str = ""
    note: str = ""
    count: str = ""
    tone: str = ""
    word: str = ""
    children: tuple["Node", ...] = ()
    is_current: bool = False
    is_open: bool = False
    marked: str = ""


def tree(nodes: Sequence[Node], *, label: str) -> SafeString:
    """The hierarchy; `label` says of what."""
    items = "".join(map(_item, nodes))
    return mark_safe(  # every text of a node is escaped
        f'<ul class="mk-tree" aria-label="{conditional_escape(label)}">{items}</ul>'
    )


def found(nodes: Iterable[Node], word: str) -> tuple[Node, ...]:
    """The nodes whose label or note holds the word, and the ways to them, opened."""
    wanted = _plain(word)
    return tuple(_found(nodes, word.strip(), wanted)) if wanted else tuple(nodes)


def count(nodes: Iterable[Node]) -> int:
    """How many of these nodes, and of all below them, were found."""
    return sum(bool(node.marked) + count(node.children) for node in nodes)


def _found(nodes: Iterable[Node], word: str, wanted: str) -> Iterator[Node]:
    for node in nodes:
        below = tuple(_found(node.children, word, wanted))
        if wanted in _plain(node.label) or wanted in _plain(node.note):
            children = below or node.children
            yield replace(node, children=children, is_open=bool(below), marked=word)
        elif below:
            yield replace(node, children=below, is_open=True)


def _plain(text: str) -> str:
    return text.translate(IGNORED).casefold()


def _holds_current(node: Node) -> bool:
    return any(child.is_current or _holds_current(child) for child in node.children)


def _item(node: Node) -> str:
    label = _marked(node.label, node.marked)
    current = ' aria-current="page"' if node.is_current else ""
    name = (
        f'<a href="{escape(node.url)}"{current}>{label}</a>'
        if node.url
        else f"<span{current}>{label}</span>"
    )
    note = f'<span class="mk-sub">{_marked(node.note, node.marked)}</span>' if node.note else ""
    state = tones.status(node.tone, node.word) if node.tone else ""
    told = f'<span class="mk-tree-count">{escape(node.count)}</span>' if node.count else ""
    row = f'<div class="mk-tree-row">{name}{note}{state}{told}</div>'
    return f"<li>{row}{_below(node)}</li>"


def _below(node: Node) -> str:
    if not node.children:
        return ""
    is_open = " open" if node.is_open or _holds_current(node) else ""
    return (
        f'<details{is_open}><summary><span class="mk-sr">{escape(node.label)} 아래 '
        f"{len(node.children)}개</span></summary><ul>{''.join(map(_item, node.children))}</ul>"
        "</details>"
    )


def _marked(text: str, word: str) -> str:
    """The text with the word in it shown; all of it when it is written otherwise."""
    if not word or _plain(word) not in _plain(text):
        return escape(text)
    before, same, after = text.partition(word)
    if not same:
        return f"<mark>{escape(text)}</mark>"
    return f"{escape(before)}<mark>{escape(same)}</mark>{escape(after)}"
