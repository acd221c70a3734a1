"""What of a session can be said to customers as it stands, and what is left out.

Left out is what names a person, a team, a ticket, a file or a program, what is said in words of a
trade, and what blames. The lists are data, in `letter.toml`.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from fivewhys.facilitation import prompts
from fivewhys.facilitation.language import Tag, Token, read
from fivewhys.facilitation.language.lexicon import entry
from fivewhys.facilitation.rules.words import words_of
from fivewhys.models.tree import Tree
from fivewhys.text import clean, plain_words

_BLAMES = frozenset(
    ["blame", "rule_not_followed", "hindsight", "training", "resources", "outside_control"]
)
"""What would read as putting it on somebody: staff, those who pay them, or others."""
_REPROACHES = frozenset(["blame", "rule_not_followed", "hindsight"])
_EMPTY = frozenset(["vague", "hedge", "too_short", "absolute"])
"""What would tell a customer nothing."""

_HANDLE = re.compile(
    r"https?://|www\.|@\w|\b[A-Z]{1,8}\d*-\d+|(?i:\bs-\d+)|#\d"  # links, addresses, tickets
)
_CODE = re.compile(
    r"[^\W\d_]\w+\.[a-z]{2,5}\b|(?:^|\s)~?/\w|\w/\w+[/.]\w|\\"  # files and folders
    r"|\w\(\)|\w_\w|_\w|\w_|`|[{}<>=|]|\b[a-z]+[A-Z]|\bv\d"  # code
    r"|\b\d{1,4}\.\d+\.\d{1,3}\b|\b[a-z]+-(?!of-|to-|in-|by-|and-|the-)[a-z]+-[a-z]+\b"  # programs
    r"|(?i:\blogs?\b(?! (?:in|on|out|off|into)\b))"  # what programs write, and no way in
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_SENTENCE_STARTS = frozenset(".!?:…“\"'‘")
_SHORTEST_WORD = 3
_NAMES_APART = re.compile(r"[/,;&+|]|\band\b")


@cache
def listed(name: str) -> frozenset[str]:
    """The words of one list of `letter.toml`."""
    text = files("fivewhys.countermeasures").joinpath("letter.toml").read_text("utf-8")
    words: str = tomllib.loads(text)[name]
    return frozenset(words.split())


class Discretion:
    """What the customers of one session are not told: who was there, and what things are called."""

    def __init__(self, tree: Tree) -> None:
        self._people = tuple(sorted({person.name for person in tree.people}))
        self._names = _pattern(_names(tree))
        session = tree.session
        places = (session.site, session.region, session.location, session.channel)
        self._places = frozenset(plain_words(" ".join(places)).split())

    def keeps(self, text: str) -> bool:
        """Whether a text names nobody and nothing that only we know, whoever wrote it."""
        return not (self._names and self._names.search(text)) and not _HANDLE.search(text)

    def fact(self, text: str) -> str:
        """`text` as a sentence that customers can read, or nothing."""
        text = clean(text)
        if not self._is_plain(text):
            text = _ASIDE.sub("", text).strip()
            if not self._is_plain(text):
                return ""
        return sentence(text) if plain_words(text) else ""

    def reason(self, text: str) -> str:
        """`text` as a sentence that customers can read and that blames nobody, or nothing."""
        said = self.fact(text)
        return "" if not said or self.blames(text) or self._fires(text, _EMPTY) else said

    def blames(self, text: str) -> bool:
        """Whether a text puts it on somebody, or tells of somebody of ours at all."""
        return self._fires(text, _BLAMES) or _tells_of_person(text)

    def deed(self, text: str) -> str:
        """Something to be done, without its full stop, or nothing where it is not for customers.

        That people do it or learn it is no blame; what is done to a person, “warn the cashier”,
        is not for others.
        """
        words = words_of(text, frozenset(), len(text))
        stern = bool(words) and words[0].lemma in listed("stern")
        if stern and any(word.is_a("PERSON") for word in words[1:5]):
            return ""
        said = self.fact(text)
        return "" if not said or self._fires(text, _REPROACHES) else said.rstrip(".")

    def _fires(self, text: str, rules: frozenset[str]) -> bool:
        text = clean(text)
        fired = {prompt.rule for prompt in prompts(text, parent="", people=self._people)}
        return not fired.isdisjoint(rules)

    def _is_plain(self, text: str) -> bool:
        if not self.keeps(text) or _CODE.search(text):
            return False
        reading = read(text)
        return not any(
            self._is_ours(token, text, start)
            for token, start in zip(reading.tokens, reading.starts, strict=True)
        )

    def _is_ours(self, token: Token, text: str, start: int) -> bool:
        """Whether a word is of our trade, or looks like the name of something of ours."""
        if {token.lower, token.lemma} & listed("jargon"):
            return True
        word = token.text
        if not word[0].isupper() or len(word) == 1 or token.tag in (Tag.MARK, Tag.OTHER):
            return False
        if token.lower in listed("everyday") or token.lower in self._places:
            return False
        before = text[:start].rstrip()
        opens = not before or before[-1] in _SENTENCE_STARTS
        plain = token.known or all(entry(part).known for part in token.lower.split("-"))
        return not (opens and plain and (not word.isupper() or len(word) == 1))


def sentence(text: str) -> str:
    """`text` with a capital and a full stop."""
    text = text.strip().rstrip(" ,;:")
    end = "" if text.endswith((".", "!", "?", "…")) else "."
    return f"{text[:1].upper()}{text[1:]}{end}"


def small_first(text: str) -> str:
    """`text` as it goes on after other words: with a small letter, unless a name begins it."""
    reading = read(text)
    if not reading.tokens:
        return text
    first = reading.tokens[0]
    is_word = first.known and not first.text[1:2].isupper() and first.lower not in ("i", "i'm")
    return text[:1].lower() + text[1:] if is_word and first.tag is not Tag.NAME else text


def _names(tree: Tree) -> set[str]:
    """Everybody who was there, said something or has something to do."""
    session = tree.session
    found = {session.facilitator} | {person.name for person in tree.people}
    found |= {cause.said_by for cause in tree.causes.values()}
    found |= {parked.said_by for parked in tree.parked}
    for hanging in (
        *(tree.evidence_of, tree.link_answers_of, tree.dismissals_of, tree.root_checks_of),
        *(tree.countermeasures_of, tree.checks_of),
    ):
        for items in hanging.values():
            for item in items:
                for column in ("said_by", "owner", "checked_by"):
                    found.add(getattr(item, column, ""))
    return {clean(name) for name in found} - {""}


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of the names, or of the parts of several that stand together."""
    found: set[str] = set()
    for name in names:
        for each in {name, *_NAMES_APART.split(name)}:
            if each.strip():
                found.add(_whole(each.strip()))
            found |= {_part(part) for part in each.split() if _is_telling(part)}
    return (
        re.compile("|".join(rf"(?<!\w)(?:{each})(?!\w)" for each in sorted(found)))
        if found
        else None
    )


def _whole(name: str) -> str:
    # “IT” is a team, “it” a word.
    if name.isupper() and " " not in name and _is_ordinary(name):
        return re.escape(name)
    return rf"(?i:{re.escape(name)})"


def _part(part: str) -> str:
    """A part of a name: in any case where it is no ordinary word, else with its capital: Mark."""
    if _is_ordinary(part):
        return f"{re.escape(part.title())}|{re.escape(part)}|{re.escape(part.upper())}"
    return rf"(?i:{re.escape(part)})"


def _is_ordinary(part: str) -> bool:
    """Whether a text may well hold the word and not mean the person: “mark”, “will”, “it”."""
    token = read(part.lower()).tokens[0]
    return token.known and token.could_be != {Tag.NOUN}


def _is_telling(part: str) -> bool:
    """Whether a part of a name tells who it is: of “Front desk” none does."""
    return (part[0].isupper() and len(part.rstrip(".")) > 1) or not entry(part.lower()).known


def _tells_of_person(text: str) -> bool:
    """Whether somebody of ours is what a text tells of: “the old manager left”."""
    words = words_of(text, frozenset(), len(text))
    reading = read(text)
    for clause in reading.clauses:
        if not clause.subject:
            continue
        low = reading.starts[clause.subject[0]]
        high = reading.end(clause.subject[-1])
        heads = [word for word in words if low <= word.start < high and not word.is_break]
        if heads and any(
            word.is_a("PERSON") and word.tag is not Tag.PRONOUN and not word.is_a("NOBODY")
            for word in heads
        ):
            return True
    return False
