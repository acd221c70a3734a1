"""The tables of a Markdown page, as a reader shows them."""

from markdown_it import MarkdownIt

_READER = MarkdownIt("commonmark", {"html": True}).enable("table")


def tables(source: str) -> list[list[list[str]]]:
    """Each table as rows of cells, the head first; a cell is the text that is shown."""
    found: list[list[list[str]]] = []
    is_cell = False
    for token in _READER.parse(source):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in ("th_open", "td_open"):
            is_cell = True
        elif token.type == "inline" and is_cell:
            is_cell = False
            # Only words: anything else that a text became has no content of this kind.
            words = [part.content for part in token.children or [] if part.type == "text"]
            found[-1][-1].append("".join(words))
    return found
