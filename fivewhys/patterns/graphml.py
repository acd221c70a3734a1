"""The whole causal map as GraphML, for Gephi, yEd and other programs that read it."""

import networkx as nx

from fivewhys.patterns.around import whole
from fivewhys.patterns.overlay import Map
from fivewhys.patterns.section import Arrow, Box
from fivewhys.text import clean


def graphml(graph: Map) -> str:
    """The map as GraphML 1.0 in UTF-8, ending with a line break; edges lead to the effect.

    Nodes have `label`, `kind` (cause or problem), `sessions` (S-1, S-3), `count` (how many),
    `sites`, `roots` (how many called it root) and `is_confirmed`; edges have `sessions` and
    `count`. The ids are the keys of the causes.
    """
    section = whole(graph)
    plain: Map = nx.DiGraph()
    plain.add_nodes_from((box.key, _node(box)) for box in section.boxes)
    plain.add_edges_from((arrow.cause, arrow.effect, _edge(arrow)) for arrow in section.arrows)
    return "\n".join(nx.generate_graphml(plain)) + "\n"


def _node(box: Box) -> dict[str, str | int | bool]:
    return {
        # XML has no way to hold control characters; cleaned text has none.
        "label": clean(box.text),
        "kind": "problem" if box.is_problem else "cause",
        "sessions": ", ".join(session.name for session in box.sessions),
        "count": len(box.sessions),
        "sites": clean(", ".join(dict.fromkeys(filter(None, (s.site for s in box.sessions))))),
        "roots": box.roots,
        "is_confirmed": box.is_confirmed,
    }


def _edge(arrow: Arrow) -> dict[str, str | int]:
    return {
        "sessions": ", ".join(session.name for session in arrow.sessions),
        "count": len(arrow.sessions),
    }
