"""The rules about one answer: what each asks (`table`), when it fires, and the words it knows.

A language is a folder beside this file with `words.txt` and `phrases.txt`; nothing else here is
about English but the order of its words.
"""
