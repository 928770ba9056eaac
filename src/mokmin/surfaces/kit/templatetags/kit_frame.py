"""`{% load kit_frame %}`: parts of a frame that are drawn once, not for every page."""

from django import template
from django.template import Context, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString

register = template.Library()

MOST = 500
"""Different drawings of one part that are kept; menus differ by role and page."""


class SameNode(template.Node):
    """What is inside, as it was drawn before for the same values."""

    def __init__(self, content: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = content
        self.values = values
        self.drawn: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Draw it, or take it out of the drawer."""
        key = tuple(value.resolve(context) for value in self.values)
        if (found := self.drawn.get(key)) is not None:
            return found
        if len(self.drawn) >= MOST:
            self.drawn.clear()
        drawn = self.drawn[key] = self.nodelist.render(context)
        return drawn


@register.tag
def same(parser: Parser, token: Token) -> SameNode:
    """`{% same shell.menu %}…{% endsame %}`: the same values, the same HTML.

    Nothing inside may depend on anything else: no token, no time.
    """
    values = [parser.compile_filter(each) for each in token.split_contents()[1:]]
    content = parser.parse(("endsame",))
    parser.delete_first_token()
    return SameNode(content, values)
