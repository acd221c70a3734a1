"""A history of six sessions, small enough to be worked out by hand, and causes in several wordings.

F is “the forms were not ordered” of S-1, S-2 and S-3, G the old price form above it; R is “no rule
for an empty post” of S-3 and S-5; N is “nobody calls back”, and Q “people call again”, which S-4
and S-5 give as cause and effect of each other.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from fivewhys.models.past import Past, PastCause, PastDeed, PastSession
from fivewhys.models.plan_words import CountermeasureKind, Progress
from fivewhys.models.words import Kind, Severity, State, Status
from fivewhys.patterns.overlay import Map, causal_map


@dataclass
class History:
    """Sessions, causes and countermeasures as they are written down; keys count up."""

    sessions: list[PastSession] = field(default_factory=list)
    causes: list[PastCause] = field(default_factory=list)
    deeds: list[PastDeed] = field(default_factory=list)

    def session(
        self, problem: str, on: date, site: str = "", severity: Severity | None = None
    ) -> PastCause:
        """A new session; gives its problem."""
        number = len(self.sessions) + 1
        key = UUID(int=1000 + number)
        self.sessions.append(
            PastSession(
                id=key,
                number=number,
                state=State.FINISHED,
                problem=problem,
                site=site,
                region="",
                department="",
                severity=severity,
                on=on,
            )
        )
        return self._add(key, None, Kind.PROBLEM, problem)

    def why(
        self, effect: PastCause, text: str, *, root: bool = False, status: Status = Status.OPEN
    ) -> PastCause:
        """One more answer to why of `effect`."""
        return self._add(effect.session_id, effect.id, Kind.CAUSE, text, root, status)

    def deed(
        self,
        cause: PastCause,
        text: str,
        done_on: date | None = None,
        progress: Progress = Progress.DONE,
        kind: CountermeasureKind = CountermeasureKind.PREVENT,
    ) -> PastDeed:
        """One more countermeasure on `cause`."""
        key = UUID(int=5000 + len(self.deeds))
        self.deeds.append(PastDeed(key, cause.id, text, progress, "Amara", None, done_on, kind))
        return self.deeds[-1]

    def past(self) -> Past:
        """What was written down so far, in the order of the days."""
        order = {one.id: (one.on, one.number) for one in self.sessions}
        return Past(
            tuple(sorted(self.sessions, key=lambda one: order[one.id])),
            tuple(sorted(self.causes, key=lambda one: order[one.session_id])),
            tuple(self.deeds),
        )

    def _add(
        self,
        session: UUID,
        parent: UUID | None,
        kind: Kind,
        text: str,
        root: bool = False,
        status: Status = Status.OPEN,
    ) -> PastCause:
        key = UUID(int=len(self.causes) + 1)
        self.causes.append(PastCause(key, session, parent, kind, text, status, root, None))
        return self.causes[-1]


def keys(*causes: PastCause) -> set[str]:
    """The causes as groups name them."""
    return {str(cause.id) for cause in causes}


def six() -> tuple[Past, list[set[str]], list[set[str]]]:
    """The history, the proposed groups, and what is confirmed."""
    told = History()
    p1 = told.session("Customers are angry", date(2026, 1, 12), "Lyon", Severity.MINOR)
    a1 = told.why(p1, "They are overcharged for this book")
    a2 = told.why(a1, "The price form is last year's")
    a3 = told.why(a2, "The new forms were not ordered", root=True)
    told.deed(a3, "Order the forms in November", date(2026, 2, 1))
    p2 = told.session("Guests get a wrong bill", date(2026, 3, 3), "Turin", Severity.MODERATE)
    b1 = told.why(p2, "The bill comes from an old price list")
    b2 = told.why(b1, "Nobody ordered the new price forms", root=True)
    p3 = told.session("Tickets had run out of date", date(2026, 4, 20), "Lyon", Severity.MAJOR)
    c1 = told.why(p3, "The stock of tickets was last year's")
    c2 = told.why(c1, "No order for new ones had gone out")
    c3 = told.why(c2, "The post that orders was empty")
    c4 = told.why(c3, "No rule says who orders when a post is empty", root=True)
    told.deed(c4, "Name a deputy for each post", progress=Progress.PLANNED)
    p4 = told.session("The line is always busy", date(2026, 5, 5), "Ghent", Severity.MINOR)
    d1 = told.why(p4, "The same people ring again and again")
    d2 = told.why(d1, "Nobody rings them back", root=True)
    told.deed(d2, "Ring back within the hour", date(2026, 6, 10))
    p5 = told.session("A caller waited for 40 minutes", date(2026, 6, 2), "Turin")
    e1 = told.why(p5, "Calls are not returned")
    e2 = told.why(e1, "The lines are full of people who call once more")
    e3 = told.why(e2, "Nobody stands in for a vacant post", root=True)
    p6 = told.session("A parcel was lost", date(2026, 7, 1), "Ghent", Severity.CRITICAL)
    told.why(p6, "The label could not be read", root=True)
    f2 = told.why(p6, "The forms were not ordered in time", status=Status.RULED_OUT)
    told.why(f2, "A clerk was away", root=True)
    groups = [keys(a3, b2, c2, f2), keys(a2, b1), keys(c4, e3), keys(d2, e1), keys(d1, e2)]
    return told.past(), groups, [keys(a3, b2), keys(d2, e1), keys(d1, e2)]


def six_map() -> Map:
    """The causal map of the six sessions."""
    return causal_map(*six())
