"""The table of what a review reads of the history, packed: derived from it, block by block.

All of it can be made again. Nothing ties a row to the sessions that it tells of: one that was
purged leaves numbers and no words of its causes until the next review.
"""

import sqlalchemy as sa
from sqlmodel import Column, Field, SQLModel


class ReviewPartRow(SQLModel, table=True):
    """One kind of rows, of the sessions of one block: see `fivewhys.review.columns`.

    Beside these stand the names that rows refer to, and up to where the journal was read.
    """

    __tablename__ = "review_part"

    part: str = Field(sa_column=Column(sa.Text(), primary_key=True))
    block: int = Field(sa_column=Column(sa.Integer(), primary_key=True, autoincrement=False))
    content: bytes = Field(sa_column=Column(sa.LargeBinary(), nullable=False))
