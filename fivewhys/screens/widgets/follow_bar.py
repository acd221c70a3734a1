"""The row of views above the follow-up's list: which one is shown, and how much each holds."""

from collections.abc import Iterable, Mapping, Sequence

from fivewhys.models.follow_up import View
from fivewhys.screens.follow_lines import NAMES, SHORT_NAMES, VIEWS, Shown
from fivewhys.screens.widgets.view_bar import Labels, ViewBar

MOST = 1000
"""Sessions are counted up to here; beyond, the number says “and more”."""

_QUIET = (View.CLOSED, View.ALL)
"""Views that call for nothing: a narrow window leaves their counts out."""


class FollowBar(ViewBar[Shown]):
    """Names the views of the follow-up."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(VIEWS, id=id)

    def labels(
        self, views: Sequence[Shown], shown: Shown, counts: Mapping[Shown, int]
    ) -> Iterable[Labels]:
        """All counts where they fit; else those that call for something; else that of one view."""
        yield [_label(view, counts) for view in views], 3
        yield (
            [
                SHORT_NAMES[view]
                if view in _QUIET and view != shown
                else _label(view, counts, is_short=True)
                for view in views
            ],
            2,
        )
        yield [_label(view, counts) if view == shown else NAMES[view] for view in views], 3


def _label(view: Shown, counts: Mapping[Shown, int], *, is_short: bool = False) -> str:
    count = counts.get(view)
    name = SHORT_NAMES[view] if is_short else NAMES[view]
    if count is None:
        return name
    more = "+" if view is None and count >= MOST else ""
    return f"{name} {f'{count // 1000}k' if is_short and count >= MOST else f'{count:,}'}{more}"
