"""What tests of pages read: the log that a page left, errors of a form, queries of a page."""

import html
import re
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mokmin.foundation.access.models import AccessEntry
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act
from tests import seed

SHELL = 5
OWN = 5
REMEMBERED = '"tenancy_tenant"'
"""Whose site a host is stays known for some seconds: whether a page asks for it is chance."""
READS = re.compile(r"^\s*(?:SELECT|WITH)\b(?!.*\bset_config\b)", re.IGNORECASE | re.DOTALL)


def uid_of(role, slug="a"):
    """Address of the holder of a role."""
    with tenant(seed.tenant_of(slug).pk):
        return seed.person_of(role).uid


def log(slug="a"):
    """The access log: who, what, page, how many people, why; oldest first."""
    with tenant(seed.tenant_of(slug).pk):
        return list(
            AccessEntry.objects.order_by("id").values_list(
                "name", "handling", "page", "subject_count", "reason"
            )
        )


def last_act(slug="a"):
    """Verb, actor and reason of the newest act."""
    with tenant(seed.tenant_of(slug).pk):
        return Act.objects.order_by("-id").values_list("verb", "actor_name", "reason").first()


def errors(response):
    """Field → first sentence, as the form on the page says them."""
    return {name: said[0] for name, said in response.context["form"].errors.items()}


def text(response):
    """What is read on the page, in one line."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", bare)


def print_log(response):
    """Where the print button of a page reports to."""
    found = re.search(r'data-print-log="([^"]*)"', response.content.decode())
    return html.unescape(found[1])


@contextmanager
def counted():
    """Collects the statements that read tables."""
    found = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    said = [each["sql"] for each in captured]
    found += [each for each in said if READS.match(each) and REMEMBERED not in each]


def picker(html, name):
    """A picker as it stands on a page: text, hidden parts, chips, offers."""
    box = re.search(
        rf'<div class="mk-picker"(?:(?!</div>).)*?name="{name}"(.*?)</div>', html, re.DOTALL
    )
    whole = box[0].partition("<template>")
    shown = whole[0] + whole[2].partition("</template>")[2]
    found = {
        "text": re.search(rf'<input type="text" name="{name}" value="([^"]*)"', shown)[1],
        "offers": re.findall(
            rf'name="{name}__pick" value="([^"]*)"><span>([^<]*)'
            r'<span class="mk-picker-note">([^<]*)',
            shown,
        ),
    }
    if "data-picker-chips" in shown:
        chip = rf'{name}__uid" value="([^"]*)".*?chip-label>([^<]*).*?data-chip-note>([^<]*)'
        return found | {"chips": re.findall(chip, shown, re.DOTALL)}
    return found | {
        "uid": re.search(r'value="([^"]*)" data-picker-uid', shown)[1],
        "for": re.search(r'value="([^"]*)" data-picker-for', shown)[1],
        "note": re.search(r"data-picker-note>([^<]*)", shown)[1],
    }


def words(html):
    """What is read in a piece of a page, in one line."""
    return " ".join(re.sub(r"<svg\b.*?</svg>|<[^>]+>", " ", str(html)).split())
