"""Five Whys: lead a team, live, from a problem to its root causes."""

__version__ = "0.5.0"
