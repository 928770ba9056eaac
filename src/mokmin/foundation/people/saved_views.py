"""Lists as a person wants to see them again (저장한 보기): an own choice, no act of the trail."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.people import rules
from mokmin.foundation.people.models import SavedView
from mokmin.lib.errors import Denied, Invalid

GONE = "그 이름의 보기가 없습니다. 다른 창에서 지웠거나 이름을 바꾸었을 수 있습니다."
TAKEN = "같은 이름의 보기가 이미 있습니다. 다른 이름을 적어 주세요."


@transaction.atomic
def keep(page: str, name: str, asked: str, *, actor: Actor) -> None:
    """Keep how a list is looked at; one of the same name is replaced. Raises Denied, Invalid."""
    views, name = _held(actor, page), name.strip()
    if problems := rules.problems_of_view(name, asked=asked):
        raise Invalid(problems)
    kept = len(views.exclude(name=name))
    if why := rules.why_not_save_view(person_id=actor.person_id, kept=kept):
        raise Denied(why)
    views.update_or_create(
        name=name, defaults={"asked": asked, "person_id": actor.person_id or 0, "page": page}
    )


def rename(page: str, name: str, to: str, *, actor: Actor) -> None:
    """Call a view otherwise. Raises Denied, Invalid."""
    to = to.strip()
    if problems := rules.problems_of_view(to, asked=""):
        raise Invalid(problems)
    try:
        with transaction.atomic():
            found = _held(actor, page).filter(name=name).update(name=to)
    except IntegrityError:
        raise Invalid({"name": TAKEN}) from None
    if not found:
        raise Denied(GONE)


def forget(page: str, name: str, *, actor: Actor) -> None:
    """Forget a view; forgetting it twice is the same."""
    _of(actor, page).filter(name=name).delete()


@transaction.atomic
def put_first(page: str, name: str, *, actor: Actor) -> None:
    """Open the list with this view from now on; with none when the name is empty. Raises Denied."""
    views = _held(actor, page)
    views.filter(is_first=True).update(is_first=False)
    if name and not views.filter(name=name).update(is_first=True):
        raise Denied(GONE)


def _of(actor: Actor, page: str) -> QuerySet[SavedView]:
    return SavedView.objects.filter(person_id=actor.person_id or 0, page=page).order_by("id")


def _held(actor: Actor, page: str) -> QuerySet[SavedView]:
    """The views of the list, held: two windows may change them at once."""
    views = _of(actor, page)
    list(views.select_for_update().values_list("id"))
    return views
