"""Picking a unit, a person or a post: by typing with suggestions, or by name alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mokmin.foundation.orgs.queries_finding import Option
from mokmin.lib.korean import count_text, josa, quoted
from mokmin.surfaces.kit.forms import options
from mokmin.surfaces.kit.forms.options import Kind
from mokmin.surfaces.kit.forms.picker_html import Shown, drawn
from mokmin.surfaces.kit.http import today

MOST_OFFERED = 10
"""Unknown names for which something like them is looked for: a whole wrong column is no help."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What was sent: a text, what is chosen, and the text for which it was chosen or offered."""

    text: str = ""
    uids: tuple[str, ...] = ()
    told: str = ""
    picks: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed or chosen."""
        return not (self.text or self.uids or self.picks)


class PickerWidget(forms.Widget):
    """An input for a name, with what is chosen beside it."""

    input_type = "text"
    picker: "PickerField"

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> Picked:
        """The parts of what was sent."""
        text = str(data.get(name, "") or "").strip()
        return Picked(
            text=text,
            uids=_several(data, f"{name}__uid") if text or self.picker.many else (),
            told=str(data.get(f"{name}__for", "") or ""),
            picks=_several(data, f"{name}__pick"),
        )

    def value_omitted_from_data(self, data: Any, _files: Any, name: str) -> bool:
        """Whether nothing of it was sent."""
        return name not in data and f"{name}__uid" not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:  # noqa: ARG002  # Django's signature
        """The input and its company."""
        picker, attrs = self.picker, self.build_attrs(self.attrs, attrs)
        return drawn(name, picker.shown(value), kind=picker.kind, on=picker.on, attrs=attrs)


def _several(data: Any, name: str) -> tuple[str, ...]:
    found = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
    return tuple(each for each in found if each)


def _parts(text: str) -> list[str]:
    """Several names in one input."""
    return [part.strip() for part in text.split(",") if part.strip()]


class PickerField(forms.Field):
    """One thing (uid, empty when none) or `many` (a tuple of uids) of a kind."""

    kind: Kind
    scripts = ("picker",)
    widget = PickerWidget

    def __init__(self, *, many: bool = False, on: date | None = None, **how: Any) -> None:
        super().__init__(**how)
        self.many = many
        self.on = on
        self._forget()

    def __deepcopy__(self, memo: Any) -> "PickerField":
        """A form of its own has looked nothing up yet."""
        result: PickerField = super().__deepcopy__(memo)
        result._forget()
        return result

    def _forget(self) -> None:
        self.widget.picker = self
        self._known: dict[str, Option | None] = {}
        self._named: dict[str, Sequence[Option]] = {}
        self._offered: dict[str, Sequence[Option]] = {}

    @property
    def people(self) -> frozenset[str]:
        """Whom the field shows: a post is told with those who hold it."""
        offered = (each for found in self._offered.values() for each in found)
        known = (found for found in self._known.values() if found)
        return frozenset(uid for each in (*offered, *known) for uid in each.people)

    def know(self, uids: Iterable[str]) -> None:
        """Look up, in one query, what these are called."""
        if missing := {*uids} - {*self._known}:
            found = self.kind.of(missing, on=self.on or today())
            self._known |= {uid: found.get(uid) for uid in missing}

    def to_python(self, value: Any) -> str | tuple[str, ...]:
        """What is meant; raises ValidationError when that is nothing, or not one thing."""
        if not isinstance(value, Picked):
            return value or (() if self.many else "")
        if not self.many:
            return self._one(value)
        chosen = list(value.uids)
        chosen += value.picks if value.told == value.text else ()
        if value.text and not (value.picks and value.told == value.text):
            chosen += [self._meaning(part) for part in _parts(value.text)]
        self._insist(chosen)
        return tuple(dict.fromkeys(chosen))

    def _one(self, value: Picked) -> str:
        if not value.text:
            return ""
        chosen = value.picks or value.uids if value.told == value.text else ()
        if not chosen:
            return self._meaning(value.text)
        self._insist(chosen[:1])
        return chosen[0]

    def _insist(self, uids: Sequence[str]) -> None:
        """Only what can be picked on that day."""
        self.know(uids)
        if any(self._known[uid] is None for uid in uids):
            name = josa(self.kind.name, "이/가")
            raise ValidationError(f"고른 {name} 그날에는 없습니다. 다시 골라 주세요.")

    def learn(self, values: Iterable[Any]) -> None:
        """Look up, in two queries, all that was chosen or typed in many places."""
        picked = [value for value in values if isinstance(value, Picked)]
        plain = [value for value in values if isinstance(value, str) and value]
        self.know([*plain, *(uid for each in picked for uid in (*each.uids, *each.picks))])
        self._read({part for each in picked for part in self._open_parts(each)})

    def _open_parts(self, value: Picked) -> list[str]:
        """The typed names of a value for which nothing has been chosen yet."""
        is_told = value.told == value.text and (value.picks or (value.uids and not self.many))
        if is_told or not value.text:
            return []
        return _parts(value.text) if self.many else [value.text]

    def _read(self, texts: Iterable[str]) -> None:
        if unread := {*texts} - {*self._named}:
            found = self.kind.named(unread, on=self.on or today())
            self._named |= {text: found.get(text, ()) for text in unread}
            self._known |= {each.uid: each for options_ in found.values() for each in options_}

    def _meaning(self, text: str) -> str:
        """The one thing that is called so; else what is like it is offered."""
        self._read([text])
        same = self._named[text]
        if len(same) == 1:
            return same[0].uid
        if text not in self._offered:
            more = len(self._offered) < MOST_OFFERED and not same
            self._offered[text] = self.kind.like(text, on=self.on or today()) if more else same
        raise ValidationError(self._why_not(text, same, self._offered[text]))

    def _why_not(self, text: str, same: Sequence[Option], found: Sequence[Option]) -> str:
        name = self.kind.name
        if same:
            count = count_text(len(same), self.kind.counter)
            return f"{josa(quoted(text), '은/는')} {count}입니다. 아래에서 골라 주세요."
        none = f"{josa(quoted(text), '이라는/라는')} {josa(name, '이/가')} 없습니다."
        if found:
            return f"{none} 비슷한 것을 아래에서 골라 주세요."
        return f"{none} 이름을 확인해 주세요."

    def has_changed(self, _initial: Any, _data: Any) -> bool:
        """Nobody asks; what was looked up must not be looked up again."""
        return True

    def shown(self, value: Any) -> Shown:
        """What the input shows: what was typed, or the names of what is chosen."""
        if not isinstance(value, Picked):
            uids = tuple(value) if isinstance(value, list | tuple) else (value,) if value else ()
            value = Picked(uids=uids)
            if not self.many and uids:
                self.know(uids)
                label = found.label if (found := self._known[uids[0]]) else ""
                value = Picked(text=label, uids=uids, told=label)
        return self._many_shown(value) if self.many else self._one_shown(value)

    def _meant(self, text: str) -> str:
        """What a text was understood as."""
        same = self._named.get(text, ())
        return same[0].uid if len(same) == 1 else ""

    def _one_shown(self, value: Picked) -> Shown:
        uid = self._meant(value.text)
        if value.told == value.text and (chosen := value.picks or value.uids):
            uid = chosen[0]
        self.know([uid] if uid else [])
        option = self._known.get(uid)
        text = option.label if option else value.text
        return Shown(text=text, option=option, offers=self._offered.get(value.text, ()))

    def _many_shown(self, value: Picked) -> Shown:
        parts = _parts(value.text)
        meant = [uid for part in parts if (uid := self._meant(part))]
        open_ = [part for part in parts if not self._meant(part)]
        picks = value.picks if value.told == value.text else ()
        uids = list(dict.fromkeys((*value.uids, *picks, *meant)))
        self.know(uids)
        chosen = tuple(option for uid in uids if (option := self._known[uid]))
        offers = tuple(option for part in open_ for option in self._offered.get(part, ()))
        text = "" if picks else ", ".join(open_)
        return Shown(text=text, chosen=chosen, offers=offers, is_many=True)


class UnitField(PickerField):
    """A unit (부서)."""

    kind = options.UNIT


class PersonField(PickerField):
    """A person of the municipality."""

    kind = options.PERSON


class PostField(PickerField):
    """A post (자리)."""

    kind = options.POST
