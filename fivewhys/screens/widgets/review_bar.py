"""The row of views above the review's figures: which one is shown."""

from collections.abc import Iterable, Mapping, Sequence

from fivewhys.screens.review_lines import SHORT_NAMES, VIEWS, View
from fivewhys.screens.widgets.view_bar import Labels, ViewBar


class ReviewBar(ViewBar[View]):
    """Names the views of the review, with the number that shows each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(VIEWS, id=id)

    def labels(
        self, views: Sequence[View], shown: View, counts: Mapping[View, int]
    ) -> Iterable[Labels]:
        """Shorter names, then closer together."""
        numbered = [f"{place} {view.value}" for place, view in enumerate(views, 1)]
        short = [f"{place} {SHORT_NAMES[view]}" for place, view in enumerate(views, 1)]
        yield numbered, 3
        yield short, 3
        yield short, 2
        yield [SHORT_NAMES[view] for view in views], 2
