"""Reading short English answers: words, clauses and what each says. Pure and offline.

The reader is cautious: `Reading.certain` is false where a word could as well be something else.
"""

from fivewhys.facilitation.language.reader import read
from fivewhys.facilitation.language.reading import Clause, Reading, Shape
from fivewhys.facilitation.language.tags import Tag
from fivewhys.facilitation.language.tokens import Token

__all__ = ["Clause", "Reading", "Shape", "Tag", "Token", "read"]
