"""Where sessions are kept: the only SQL of the program.

`glance` reads the library's first page with the standard library alone; everything else comes from
`fivewhys.store.store.Store`. Rows never leave this package; frozen values do.
"""
