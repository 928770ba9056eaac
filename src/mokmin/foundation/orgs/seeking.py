"""Whom and what the rows of an order mean: people by name or address, posts by unit and title."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from mokmin.foundation.orgs.sheets import Candidate, OrderEntry
from mokmin.foundation.orgs.soundness import name_key
from mokmin.foundation.orgs.values import Organisation, PostSpanValue, UnitSpanValue
from mokmin.lib.korean import count_text, date_text, josa, quoted

Wrong = tuple[str, str]
"""The field of a row, and the sentence."""

SHOWN = 5
"""How many possible answers a sentence names."""


class Seeker:
    """Looks things up in the organisation of one day."""

    def __init__(self, now: Organisation, people: Sequence[Candidate], on: date) -> None:
        self.now = now.on(on)
        self.ever = now
        self.on = on
        self.people = people
        self.named: set[str] = set()
        """Those whom its sentences name though no row means them (uids)."""

    def person(self, text: str) -> tuple[Candidate | None, str | None]:
        """The person that is meant, or the reason why nobody is."""
        wanted = text.strip()
        if not wanted:
            return None, "사람을 적어 주세요."
        found = self._people(wanted)
        if len(found) == 1:
            return found[0], None
        if not found:
            return (
                None,
                f"{quoted(wanted)}에 해당하는 사람이 없습니다. 이름이나 전자우편을 확인해 주세요.",
            )
        self.named.update(each.uid for each in found[:SHOWN])
        listed = ", ".join(self._described(each) for each in found[:SHOWN])
        return None, (
            f"{josa(quoted(wanted), '은/는')} {count_text(len(found), '명')}입니다. "
            f"전자우편이나 사람 번호로 적어 주세요: {listed}."
        )

    def unit(self, text: str) -> tuple[UnitSpanValue | None, str | None]:
        """The unit that is meant by uid, by name, or by the names above it as well."""
        wanted = text.strip()
        if unit := self.now.unit(wanted, self.on):
            return unit, None
        found = [unit for unit in self.now.units if self._is_called(unit, name_key(wanted))]
        if len(found) == 1:
            return found[0], None
        if not found:
            return None, f"{date_text(self.on)}에 {quoted(wanted)} 부서가 없습니다."
        paths = ", ".join(self.now.path(unit.uid, self.on) for unit in found[:SHOWN])
        return None, (
            f"{quoted(wanted)} 부서가 {count_text(len(found), '곳')}입니다. "
            f"상위 부서까지 적어 주세요: {paths}."
        )

    def post(
        self, text: str, unit_text: str, *, is_free: Callable[[str], bool] | None
    ) -> tuple[str, Wrong | None]:
        """The uid of the post that is meant, or nothing and what is wrong.

        Of several posts with one title the free one is meant, where it matters that it is.
        """
        wanted = text.strip()
        if self.now.post(wanted, self.on):
            return wanted, None
        if wanted in self.ever.spans_of_post:
            sentence = f"{date_text(self.on)}에 없는 자리입니다. 다른 자리를 골라 주세요."
            return "", ("post", sentence)
        if not unit_text.strip():
            return "", ("post", "부서와 직위를 함께 적거나 자리 번호를 적어 주세요.")
        unit, why = self.unit(unit_text)
        if unit is None:
            return "", ("unit", why or "")
        found, why = self._post_in(unit, wanted, is_free)
        return found, ("post", why) if why else None

    def slips(self, entry: OrderEntry, person: Candidate) -> Iterator[Wrong]:
        """Where a row names somebody or something else beside an address or a number."""
        if entry.name and name_key(entry.name) != name_key(person.name):
            yield (
                "email",
                f"{person.name}의 전자우편인데 성명은 {quoted(entry.name)}입니다. "
                "둘 가운데 틀린 것을 고쳐 주세요.",
            )
        post = self.now.post(entry.post.strip(), self.on)
        if post is None or self._is_meant(post, entry):
            return
        written = " ".join(filter(None, (entry.unit_name, entry.title)))
        yield (
            "number",
            f"{self.now.post_name(post.uid, self.on)} 자리의 번호인데 부서와 직위는 "
            f"{quoted(written)}입니다. 둘 가운데 틀린 것을 고쳐 주세요.",
        )

    def _is_meant(self, post: PostSpanValue, entry: OrderEntry) -> bool:
        if entry.title and name_key(entry.title) != name_key(post.title):
            return False
        unit = self.now.unit(post.unit, self.on)
        wanted = entry.unit_name.strip()
        return not wanted or unit is None or self._is_called(unit, name_key(wanted))

    def _post_in(
        self, unit: UnitSpanValue, title: str, is_free: Callable[[str], bool] | None
    ) -> tuple[str, str | None]:
        posts = self.now.posts_in(unit.uid, self.on)
        found = [post for post in posts if name_key(post.title) == name_key(title)]
        where = quoted(self.now.path(unit.uid, self.on))
        if not found:
            titles = ", ".join(dict.fromkeys(post.title for post in posts)) or "없음"
            return "", f"{where}에 {quoted(title)} 자리가 없습니다. 이 부서의 자리: {titles}."
        if len(found) == 1:
            return found[0].uid, None
        free = [post for post in found if is_free is not None and is_free(post.uid)]
        if len(free) == 1:
            return free[0].uid, None
        listed = ", ".join(self._numbered(post) for post in (free or found)[:SHOWN])
        what = f"빈 {quoted(title)}" if free else quoted(title)
        if is_free is not None and not free:
            return "", f"{where}의 {quoted(title)} 자리가 모두 차 있습니다."
        return "", (
            f"{where}에 {what} 자리가 {count_text(len(free or found), '개')}입니다. "
            f"자리 번호를 적어 주세요: {listed}."
        )

    def _people(self, wanted: str) -> list[Candidate]:
        exact = [each for each in self.people if wanted in (each.uid, each.email)]
        exact += [each for each in self.people if wanted.lower() == each.email]
        if exact:
            return exact[:1]
        named = [each for each in self.people if name_key(each.name) == name_key(wanted)]
        return [each for each in named if not each.is_closed] or named

    def _described(self, person: Candidate) -> str:
        held = self.now.held_by(person.uid, self.on)
        post = self.now.post_name(held[0].post, self.on) if held else "맡은 자리 없음"
        return f"{person.name}({post}) {person.uid}"

    def _is_called(self, unit: UnitSpanValue, key: str) -> bool:
        name = ""
        for above in self.now.ancestors(unit.uid, self.on):
            name = name_key(above.name) + name
            if name == key:
                return True
        return False

    def _numbered(self, post: PostSpanValue) -> str:
        first_line = post.duties.split("\n", 1)[0]
        return f"{post.uid}({first_line})" if first_line else post.uid
