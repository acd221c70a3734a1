"""How to ask: pure rules, no screens, no database."""

from fivewhys.facilitation.questions import next_question

__all__ = ["next_question"]
