"""Longer texts from people as Markdown: passages with their line breaks, and pieces of evidence."""

from itertools import pairwise

from fivewhys.models.values import Evidence
from fivewhys.models.words import EvidenceKind
from fivewhys.reports.escape import Markdown, link, markdown


def proof(item: Evidence) -> Markdown:
    """A piece of evidence: which way it points, its words or link, and who said it."""
    name = "Evidence" if item.supports else "Evidence against"
    words = link(item.text) if item.kind is EvidenceKind.LINK else markdown(item.text)
    by = f" (said by {markdown(item.said_by)})" if item.said_by else ""
    return Markdown(f"{name}: {words}{by}")


def passage(text: str, before: str = "") -> Markdown:
    """Text of several lines, each after `before`, with its line breaks kept."""
    lines = markdown(text).split("\n")
    # Two spaces keep a line break without a mark that plain readers would stumble over.
    broken = [line + ("  " if line and after else "") for line, after in pairwise([*lines, ""])]
    return Markdown("\n".join(f"{before}{line}" if line else before.rstrip() for line in broken))


def hanging(text: str, before: str) -> Markdown:
    """Text of several lines that goes on in a list's item, below its first line after `before`."""
    lines = [line for line in text.split("\n") if line]
    return Markdown(passage("\n".join(lines), before).removeprefix(before))
