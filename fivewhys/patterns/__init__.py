"""What keeps coming back: similar causes, groups of the same cause, and the causal map.

Pure, but for the index that may lie in files beside the database. Nothing here is loaded before
it is used: numpy, networkx and the encoder's weights take their time and memory only then.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fivewhys.patterns.encoder import encode
    from fivewhys.patterns.findings.back import came_back
    from fivewhys.patterns.findings.contradicted import contradicted
    from fivewhys.patterns.findings.cover import cover
    from fivewhys.patterns.findings.deeper import dug_deeper
    from fivewhys.patterns.findings.everything import all_findings
    from fivewhys.patterns.findings.loops import loops
    from fivewhys.patterns.findings.reach import reach
    from fivewhys.patterns.findings.scope import Scope
    from fivewhys.patterns.findings.shared import shared_roots
    from fivewhys.patterns.grouping import group
    from fivewhys.patterns.likely import Likely
    from fivewhys.patterns.overlay import causal_map
    from fivewhys.patterns.recall import Match, Recall

_HOMES = {
    "Likely": "likely",
    "Match": "recall",
    "Recall": "recall",
    "Scope": "findings.scope",
    "all_findings": "findings.everything",
    "came_back": "findings.back",
    "causal_map": "overlay",
    "contradicted": "findings.contradicted",
    "cover": "findings.cover",
    "dug_deeper": "findings.deeper",
    "encode": "encoder",
    "group": "grouping",
    "loops": "findings.loops",
    "reach": "findings.reach",
    "shared_roots": "findings.shared",
}

__all__ = [
    "Likely",
    "Match",
    "Recall",
    "Scope",
    "all_findings",
    "came_back",
    "causal_map",
    "contradicted",
    "cover",
    "dug_deeper",
    "encode",
    "group",
    "loops",
    "reach",
    "shared_roots",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
