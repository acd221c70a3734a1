"""The row of views above the findings: which one is shown, and how many findings each has."""

from collections.abc import Iterable, Mapping, Sequence

from fivewhys.screens.pattern_lines import SHORT_NAMES, VIEWS, View
from fivewhys.screens.widgets.view_bar import Labels, ViewBar


class PatternBar(ViewBar[View]):
    """Names the views of the findings."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(VIEWS, id=id)

    def labels(
        self, views: Sequence[View], shown: View, counts: Mapping[View, int]
    ) -> Iterable[Labels]:
        """Shorter names, then closer together."""
        short = [_label(SHORT_NAMES[view], counts.get(view)) for view in views]
        yield [_label(view.value, counts.get(view)) for view in views], 3
        yield short, 3
        yield short, 2


def _label(name: str, count: int | None) -> str:
    return name if count is None else f"{name} {count:,}"
