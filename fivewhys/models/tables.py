"""The tables, on SQLite and PostgreSQL alike. One table for each frozen value, plus the journal.

Table models check nothing at run time; commands and archives do, and the constraints of the tables
are the last line. Columns bear the names of the values' fields, in the same order.
"""

import sqlalchemy as sa
from sqlmodel import SQLModel

# Each of these makes its tables as it is imported.
from fivewhys.models import (  # noqa: F401
    kept_rows,
    passage_rows,
    plan_rows,
    review_rows,
    session_rows,
)

metadata = SQLModel.metadata

tables: dict[str, sa.Table] = {
    name: metadata.tables[name]
    for name in (
        "why_session",
        "cause",
        "evidence",
        "parked",
        "person",
        "link_answer",
        "dismissal",
        "root_check",
        "countermeasure",
        "measure",
        "measure_check",
    )
}
"""The tables whose rows are frozen values, parents first."""

change_table = metadata.tables["change"]
wording_table = metadata.tables["wording"]
passage_table = metadata.tables["passage"]
decision_table = metadata.tables["decision"]
draft_table = metadata.tables["draft"]
counter_table = metadata.tables["counter"]
review_part_table = metadata.tables["review_part"]
