"""What is typed in a live session's box: saved as an answer, as a word about a cause, or parked."""

from typing import TYPE_CHECKING
from uuid import UUID

from fivewhys.models.commands import Answer, Command, Park, UseParked
from fivewhys.models.words import State
from fivewhys.screens.purposes import WORDINGS, Purpose
from fivewhys.screens.widgets.answer_box import AnswerBox, Link

if TYPE_CHECKING:
    from fivewhys.screens.live import LiveScreen


class Answering:
    """Gives what is typed in the box of one live session."""

    def __init__(self, live: "LiveScreen") -> None:
        self._live = live

    def given(self, message: AnswerBox.Given) -> None:
        """Do what was typed: an answer, or a word about a cause."""
        live = self._live
        live.frames.gather()
        purpose, text, target = message.purpose, message.text.strip(), live.target
        box = live.query_one(AnswerBox)
        if not text and not WORDINGS[purpose].may_be_empty:
            if purpose is Purpose.ANSWER:
                live.wanting.next_open()
            else:
                live.hint("Say it in a word or two, or leave with Esc.")
            live.pass_keys_on(box)
            return
        if purpose is Purpose.ANSWER:
            self.answer(text, message.stay, message.link)
            return
        said = "Kept."
        if not live.came_from_tree:
            said += " Enter on an empty line goes to the next open question."
        if live.do(lambda: WORDINGS[purpose].command(target, text), said):
            live.forget_draft(purpose, target)
            goes_on = not live.came_from_tree
            live.back_to_answer()
            if purpose is Purpose.ROOT:
                if goes_on and not live.why_tree.checked_points(target):
                    live.offer_points(target)
                live.guiding.look_at_root(target)
                live.elsewhere.root_marked(target)
        else:
            box.put_back(message.text)
        live.pass_keys_on(box)

    def answer(self, text: str, stay: bool, link: Link | None = None) -> UUID | None:
        """Give the answer; its key, or None where it was not saved."""
        live = self._live
        here, idea, leg = live.here, live.parked_in_use, live.leg

        def command() -> Command:
            if idea and any(parked.id == idea for parked in live.why_tree.parked):
                return UseParked(parked=idea, parent=here, text=text)
            return Answer(parent=here, text=text, leg=leg)

        known = set(live.why_tree.children(here))
        said = "Saved. Another cause of the same question?" if stay else ""
        was_finished = live.why_tree.session.state is State.FINISHED
        if was_finished:
            said = f"{said or 'Saved.'} The session is open again."
        if not live.do(command, said, draw=stay):
            box = live.query_one(AnswerBox)
            box.put_back(text)
            if link is not None:
                box.link_to(link)
            return None
        live.forget_draft(Purpose.ANSWER, here)
        live.parked_in_use = None
        live.offer_points(None)
        new = [key for key in live.why_tree.children(here) if key not in known]
        if new and link is not None:
            live.seeing.given(new[-1], link)
        # Typing may have gone on while the answer was saved: those letters belong to what follows.
        box = live.query_one(AnswerBox)
        typed = box.text
        if not stay:
            if typed:
                # Else they would be kept as a draft of the question before.
                box.set_text("")
            live.ask_first(new[-1] if new else here)
            if typed:
                box.set_text(typed)
        if not new:
            return None
        if not was_finished:
            # The next question stands before the guide has read the answer.
            live.frames.soon(lambda: live.guiding.look_at(new[-1]))
        return new[-1]

    def give_draft(self) -> UUID | None:
        """Give what is typed as an answer; its key, or None where nothing was given."""
        live = self._live
        box = live.query_one(AnswerBox)
        text = box.text.strip()
        if box.purpose is not Purpose.ANSWER or not text:
            return None
        link = box.link
        box.set_text("")
        return self.answer(text, stay=False, link=link)

    def park(self, text: str) -> None:
        """Keep an idea for later; the question stays."""
        live = self._live
        if live.do(lambda: Park(text=text), "Parked. The question stays."):
            live.forget_draft(Purpose.ANSWER, live.here)
        else:
            live.query_one(AnswerBox).put_back(text)
