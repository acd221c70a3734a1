"""The managers' review: what keeps coming back, where, what was promised, and whether it worked.

Rows in, figures out. Every figure has one definition, which stands here, and carries the words that
say how it is counted. It is pure: it knows no SQL, no screen and no clock; where a figure depends
on the day, the day is given. What it reads is in `rows`, what it is narrowed to in `period`.
"""
