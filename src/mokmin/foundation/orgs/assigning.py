"""Who holds what on the day of an order, while its rows are being worked out."""

from dataclasses import dataclass, field, replace
from datetime import date

from mokmin.foundation.orgs.drafting import THIS_ONE
from mokmin.foundation.orgs.rules import PlanProblem
from mokmin.foundation.orgs.seeking import Seeker
from mokmin.foundation.orgs.sheets import Candidate, OrderEntry
from mokmin.foundation.orgs.states import AssignmentKind, OrderVerb
from mokmin.foundation.orgs.values import Holding, Organisation
from mokmin.lib.korean import josa


@dataclass
class OrderRowDraft:
    """A row whose person is known, while it is being worked out."""

    place: int
    entry: OrderEntry
    person: Candidate
    old: Holding | None = None
    post: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def verb(self) -> OrderVerb:
        """What is done."""
        return self.entry.verb


class OrderDraft:
    """Who holds what on the day, while the rows are being worked out."""

    def __init__(self, now: Organisation, seeker: Seeker, on: date) -> None:
        self.now = now
        self.seeker = seeker
        self.on = on
        self.ended: set[int] = set()
        self.opened: list[tuple[OrderRowDraft, Holding]] = []
        self.problems: list[PlanProblem] = []
        self.named: set[str] = set()
        """Those whom sentences name (uids), whether a row is about them or not."""

    def complain(self, place: int, field: str, sentence: str) -> None:
        """Say what is wrong with a row."""
        self.problems.append(PlanProblem(place, field, sentence, "rows"))

    def name(self, post: str) -> str:
        """The post as it is called on the day, told from its like."""
        return self.now.post_label(post, self.on)

    def end(self, row: OrderRowDraft, held: Holding) -> None:
        """Let the person leave a post on the day."""
        if held.from_on >= self.on:
            sentence = (
                f"{josa(self.name(held.post), '은/는')} 같은 날 시작하는 발령입니다. "
                "그 발령을 취소하고 함께 넣어 주세요."
            )
            self.complain(row.place, "person", sentence)
        self.ended.add(held.assignment_id)

    def open(self, row: OrderRowDraft, kind: AssignmentKind) -> None:
        """Let the person come to the row's post on the day."""
        for held in self.now.held_by(row.person.uid, self.on):
            is_other_kind = held.post == row.post and not held.is_full
            if is_other_kind and held.assignment_id not in self.ended and held.kind != kind:
                row.notes.append(f"이 자리의 {josa(held.kind.label, '은/는')} 끝납니다.")
                self.end(row, held)
        held = Holding(
            post=row.post,
            person=row.person.uid,
            name=row.person.name,
            kind=kind,
            from_on=self.on,
            opened_by=THIS_ONE,
            person_id=row.person.person_id,
        )
        self.opened.append((row, held))

    def is_free(self, post: str) -> bool:
        """Whether nobody's own post it is from the day on."""
        spans = self.now.holdings_of_post.get(post, ())
        stays = any(
            held.is_full and held.assignment_id not in self.ended and held.until_on != self.on
            for held in spans
        )
        return not stays and all(held.post != post for _, held in self.opened if held.is_full)

    def after(self) -> Organisation:
        """The organisation as the order leaves it."""
        holdings = [
            replace(held, until_on=self.on, closed_by=THIS_ONE)
            if held.assignment_id in self.ended
            else held
            for held in self.now.holdings
        ]
        return replace(self.now, holdings=(*holdings, *(held for _, held in self.opened)))
