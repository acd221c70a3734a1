"""Texts that have broken programs like this one, and a strategy that makes more of them."""

from hypothesis import strategies as st

from fivewhys.text import clean

HOSTILE = [
    "[/foo]",
    "x[/]",
    "[$primary] and [b]bold[/b]",
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07 \x9b1m \u202eevil\u202c",
    "👩‍👩‍👧‍👦 family, 🏳️‍🌈 flag",
    "לקוחות כועסים על המחיר",
    "العملاء غاضبون من السعر",
    "客户很生气，因为价格表是错的。",
    "“curly” «guillemets» \"straight\" 'single'",
    "a | b || c \\| d \\",
    "`code` ``more`` ```fence",
    "~~~ fence",
    "<b>bold</b> <script>alert(1)</script> <!-- c --> <a@b.example> <https://x.example>",
    "&lt;b&gt; &amp; &#65; &copy; AT&T &#x1F600;",
    "=cmd()|' /C calc'!A0",
    "# not a heading #",
    "###",
    "- not a list",
    "+ not a list",
    "* not a list",
    "1. not a list",
    "12) not a list",
    "> not a quote",
    "---",
    "- - -",
    "***",
    "___",
    "===",
    ":-",
    "[a](javascript:alert(1)) ![i](x) [r]: /x [^1]: foot [ ] todo [x] done",
    "*em* **strong** _em_ __strong__ snake_case _x ~~gone~~ ~20 min ~a~",
    "C:\\temp\\new and \\* and \\\\",
    "@everyone #12 http://example.com/a_b_c?x=1&y=2 www.example.com",
    "{{ 7*7 }} {% raw %} {# c #}",
    "1. 2. 3",
    "end",
    "con",
    "a\u00a0b\u2028c\u0085d",
    "\ud800 lone",
]

_MEANING = r"*_`[]()<>#+-=.!|~&;:\"'{}$@/^ \\" + "\n\t01a éß中🙂"

lines = (
    (
        st.text(st.sampled_from(_MEANING), min_size=1, max_size=30)
        | st.text(min_size=1, max_size=30)
        | st.sampled_from(HOSTILE)
        | st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map(" ".join)
    )
    .map(clean)
    .filter(bool)
)
"""Cleaned lines that mean something in Markdown, HTML, Mermaid, terminals or spreadsheets."""
