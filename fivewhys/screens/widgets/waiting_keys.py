"""Keys that wait while the focus goes from one widget to another, so that each lands in order."""

from abc import abstractmethod
from typing import Any

from textual import events
from textual.screen import Screen
from textual.widget import Widget


class WaitingKeys:
    """The keys of one widget, whether they are acted on at once or wait."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._kept: list[events.Key] | None = None

    def wait(self) -> None:
        """From now on keys wait."""
        if self._kept is None:
            self._kept = []

    def release(self) -> list[events.Key]:
        """The keys that waited; those that come now are acted on at once."""
        kept, self._kept = self._kept or [], None
        return kept

    def take(self, key: events.Key) -> bool:
        """Keep a key that is not to be acted on by this widget now; False where it is."""
        if self._kept is None:
            return False
        self._kept.append(events.Key(key.key, key.character))
        return True

    def send_on(self, key: events.Key) -> bool:
        """Keep a key, or give it to what has the focus by now; False where it is for this widget.

        A key may be on its way here when the focus goes elsewhere or another screen comes.
        """
        if self.take(key):
            return True
        screen, same = self._widget.screen, events.Key(key.key, key.character)
        if not screen.is_current:
            self._widget.app.screen.post_message(same)
        elif screen.focused is not None and screen.focused is not self._widget:
            screen.focused.post_message(same)
        else:
            return False
        return True


def hand_over(screen: Screen[Any], source: "KeyTaker", target: "KeyTaker") -> None:
    """Give the focus to `target`, and the keys that `source` was still sent, before all later ones.

    Keys that the app sent to `source` before the focus moved stand in its queue; what is called
    later comes after them.
    """
    target.keys.wait()
    screen.set_focus(target)

    def pass_on() -> None:
        for key in [*source.keys.release(), *target.keys.release()]:
            target.take_key(key)

    source.call_later(pass_on)


class KeyTaker(Widget):
    """A widget whose keys can wait."""

    keys: WaitingKeys

    @abstractmethod
    def take_key(self, key: events.Key) -> None:
        """Do what a key means here, or let it wait."""
