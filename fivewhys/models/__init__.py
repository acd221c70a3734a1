"""What a Five Whys is: words, frozen values, commands and tables.

Only `tables` and `columns` import SQLModel and only `commands` imports pydantic, so that the first
screen can be drawn with the light modules alone.
"""
