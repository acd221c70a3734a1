from tests.screens.test_read_back import *
from tests.screens.test_read_back import reading, session
async def test_a(database, session):
    async with reading(database) as desk:
        await desk.press(*"yyny", "n", "escape", "n", "y")
        await desk.sees("What it came to")
        w = desk.app.screen.query_one("#read-end")
        print(desk.text); print(w.size, w.virtual_size, w.region, desk.app.screen.query_one("#read-column").region, desk.app.screen.query_one("#verdicts").region,desk.app.screen.query_one("#words").display)
async def test_b(database, session, open_store):
    bo = open_store("Bo")
    import fivewhys.screens.read_back as rb
    old = Store.changed_elsewhere
    def ce(self):
        r = old(self); 
        import traceback
        print("CE", r, traceback.extract_stack()[-2].filename[-20:], traceback.extract_stack()[-2].name)
        return r
    Store.changed_elsewhere = ce
    async with reading(database) as desk:
        bo.apply(session, DeleteCause(cause=named(session, "bill").id))
        print("DELETED")
        await desk.restless(2)
        print(desk.text)
