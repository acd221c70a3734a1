"""What all sessions say, kept ready: which causes are like a text, and which belong together.

Above the store and `patterns`, which know nothing of each other. An index of all wordings lies
beside the database and is brought up to date in a thread of its own; nothing is loaded before it is
used, and nothing that goes wrong here reaches a meeting.
"""

from fivewhys.memory.patterns import Patterns
from fivewhys.memory.places import beside, in_the_way
from fivewhys.memory.remembering import Memory
from fivewhys.memory.seeing import Seen
from fivewhys.memory.upkeep import Work

__all__ = ["Memory", "Patterns", "Seen", "Work", "beside", "in_the_way"]
