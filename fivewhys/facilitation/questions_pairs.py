"""The question where a subject has two verbs, joined by “and”."""

from collections.abc import Sequence

from fivewhys.facilitation.language import Reading, Tag, Token
from fivewhys.facilitation.language.english import closed
from fivewhys.facilitation.language.phrases import LOOSE, content_verb
from fivewhys.facilitation.questions_doubt import is_whole
from fivewhys.facilitation.questions_rest import is_plain
from fivewhys.facilitation.questions_wording import ENDS, inverted, joined


def one_subject(reading: Reading) -> str:
    """What follows “why” where one subject has two verbs: “opened the ticket and forgot it”."""
    if len(reading.clauses) != 2 or not reading.certain:
        return ""
    first, second = reading.clauses
    tokens = reading.tokens
    link = second.finite - 1
    while link > first.verb and tokens[link].tag in LOOSE:
        link -= 1
    if second.subject or first.leading or tokens[link].lower != "and":
        return ""
    rest = first.rest
    comma = ""
    if rest and tokens[rest[-1]].lower == ",":
        rest = rest[:-1]
        comma = "," if any(tokens[i].lower == "," for i in rest) else ""
    first = first._replace(rest=rest)
    helper = tokens[second.finite]
    following = tokens[second.finite + 1 : second.finite + 2]
    denied = helper.lemma == "do" and any(token.tag is Tag.NEGATION for token in following)
    form = _form(tokens, first.finite, first.verb)
    if not form or form != _form(tokens, second.finite, second.finite, denied=denied):
        return ""
    at = second.finite + 2 if denied else second.finite
    if at >= len(tokens) or (denied and not tokens[at].may(Tag.BASE)):
        return ""
    verb, after = tokens[at], range(at + 1, second.rest.stop)
    if (
        second.rest.start < rest.stop
        or any(_opens_inner(tokens, i) for i in rest)
        or not (is_plain(tokens, rest) and is_plain(tokens, after))
        or after.stop != last_word(tokens)
        or not is_whole(tokens, first)
        or tokens[first.subject.start].tag in (Tag.TO, Tag.WH)
        or not verb.known
    ):
        return ""
    asked = inverted(reading, first)
    more = joined(
        "and",
        reading.words(range(link + 1, second.finite)),
        "not" if denied else "",
        verb.lemma,
        reading.words(after).rstrip(ENDS),
    )
    return joined(asked + comma, more) if asked else ""


def _form(tokens: Sequence[Token], finite: int, verb: int, *, denied: bool = False) -> str:
    """“did”, “does” or “do”: what the finite word becomes in a question; nothing for others."""
    token = tokens[finite]
    if token.tag is Tag.AUXILIARY:
        alone = finite == verb and token.lemma == "have"
        if not denied and (not alone or content_verb(tokens, finite, len(tokens)) != finite):
            return ""
        return {"had": "did", "did": "did", "has": "does", "does": "does"}.get(token.lower, "do")
    return {Tag.PAST: "did", Tag.PRESENT: "does", Tag.BASE: "do"}.get(token.tag, "")


def _opens_inner(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause begins at `at`, to which a verb further on may belong."""
    token = tokens[at]
    if token.lower == "that":
        return at + 1 >= len(tokens) or tokens[at + 1].lemma not in closed.TIME_NOUNS
    return token.tag in (Tag.WH, Tag.SUBORDINATOR) and token.lower != "as"


def last_word(tokens: Sequence[Token]) -> int:
    """The place after the last token that is neither mark nor symbol."""
    end = len(tokens)
    while end and tokens[end - 1].tag in (Tag.MARK, Tag.OTHER):
        end -= 1
    return end
