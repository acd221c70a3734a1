"""Follow-through and the quality of analyses, as tables of the review."""

from fivewhys.models.shares import percent
from fivewhys.review.follow_through import FollowThrough
from fivewhys.review.quality import Qualities, Quality
from fivewhys.screens.review_lines import Line, Spot, Table, View, month, most, sessions, spot

NOBODY = "nobody named"


def follow_table(found: FollowThrough) -> Table:
    """What came of the plans, and how strong they are beside what was published."""
    counts = found.open, found.overdue, found.undecided
    shares = found.on_time, found.effective, found.came_back
    lines = [Line("made", "What was promised")]
    lines += [Line(one.name, one.label, (spot(one, most(counts)),)) for one in counts]
    lines.append(Line("came", "What came of it"))
    lines += [Line(one.name, one.label, (spot(one),)) for one in shares]
    lines.append(Line("mix", "How strong it is, beside what was published (│)"))
    for one in found.mix:
        note = f"Published: {percent(one.baseline)} %."
        lines.append(
            Line(
                one.strength,
                one.figure.label,
                (spot(one.figure, note=note, mark=one.baseline), _published(one.baseline)),
            )
        )
    baseline = found.weak_only_baseline
    weak = spot(found.weak_only, note=f"Published: {percent(baseline)} %.", mark=baseline)
    lines.append(Line("weak", found.weak_only.label, (weak, _published(baseline))))
    return Table(View.FOLLOW, _follow_in_words(found), ("", "published"), tuple(lines), found.about)


def _published(share: float) -> Spot:
    return Spot(f"{percent(share)} %", style="quiet")


def _follow_in_words(found: FollowThrough) -> str:
    if not found.open.value and found.effective.value is None:
        return ""
    late = f"{found.overdue.text} of them overdue"
    if found.open.value == 1:
        late = "and it is overdue" if found.overdue.value else "not overdue"
    told = f"{found.open.text} still to be done, {late}"
    if found.effective.value is None:
        return f"{told}."
    return f"{told}; {found.effective.text} done ones are known to have helped."


HEADS = ("sessions", "evidence", "read back", "points", "legs", "blame", "depth")


def quality_table(found: Quality) -> Table:
    """The six figures: together, by month, and by facilitator for coaching."""
    deepest = most(part.depth for part in _parts(found))
    busiest = most(one.qualities.sessions for one in found.months)
    lines = [Line("together", "Together", _spots(found.together, deepest, 0.0))]
    if found.months:
        lines.append(Line("months", "Per month, the newest first"))
    lines += [
        Line(
            one.first_day,
            month(one.first_day),
            _spots(one.qualities, deepest, busiest),
        )
        for one in reversed(found.months)
    ]
    if found.facilitators:
        lines.append(Line("led", "For a talk with whoever led them; by the alphabet, no ranking"))
    lines += [
        Line(
            ("led", one.name),
            one.name or NOBODY,
            _spots(one.qualities, deepest, 0.0),
        )
        for one in found.facilitators
    ]
    return Table(
        View.QUALITY,
        _quality_in_words(found),
        HEADS,
        tuple(lines) if found.looked_at else (),
        found.about,
        # How many sessions there were is not what one comes here for.
        first=1,
    )


def _parts(found: Quality) -> list[Qualities]:
    return [
        found.together,
        *(one.qualities for one in found.months),
        *(one.qualities for one in found.facilitators),
    ]


def _spots(found: Qualities, deepest: float, busiest: float) -> tuple[Spot, ...]:
    """The figures of a line; what is held against the most is so much."""
    return spot(found.sessions, busiest), *(spot(figure, deepest) for figure in found.figures)


def _quality_in_words(found: Quality) -> str:
    if found.looked_at < found.of:
        return f"{found.looked_at:,} of {sessions(found.of)} are looked at so far."
    together = found.together
    if together.evidence.value is None:
        return ""
    return (
        f"Evidence for {together.evidence.text} roots; {together.blame.text} sessions with blame "
        "left standing."
    )
