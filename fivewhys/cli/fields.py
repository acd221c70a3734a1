"""What the JSON of several commands says in the same fields."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fivewhys.models.past import PastSession


def session_fields(session: "PastSession") -> dict[str, Any]:
    """The session in which something was found."""
    return {
        "session": session.name,
        "number": session.number,
        "problem": session.problem,
        "site": session.site,
        "region": session.region,
        "department": session.department,
        "on": session.on.isoformat(),
    }
