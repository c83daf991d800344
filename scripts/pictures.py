"""Takes the pictures of the README: one exercise at the real server, played in real browsers.

    .venv/bin/python scripts/pictures.py

docs/pictures/one-exercise.png   exercise control, a patrol's phone and an actor's phone, at one moment
docs/pictures/patrol.png         the patrol's phone: what it knows, from whom, how old
"""

from __future__ import annotations

import asyncio
import base64
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "server")]

from playwright.async_api import Browser  # noqa: E402  the tests' folder has to be on the path

from tests.system.pages import DESK, NAME, PHONE, House, Somebody, chromium  # noqa: E402  as above
from tests.system.server import Nursery, free_port, serving  # noqa: E402  as above

TARGET = ROOT / "docs" / "pictures"
BYTES_MAX = 400_000
LOOK = """
<!doctype html><meta charset="utf-8">
<style>
  body { display: flex; gap: 28px; align-items: center; margin: 0; padding: 32px; width: max-content; background: #dfe7e6 }
  figure { margin: 0; background: #101818; box-shadow: 0 10px 34px rgb(10 30 30 / 28%%) }
  figure.desk { padding: 10px; border-radius: 12px }
  figure.phone { padding: 9px 7px; border-radius: 26px }
  img { display: block }
  .desk img { width: 1020px; border-radius: 4px }
  .phone img { width: 300px; border-radius: 20px }
</style>
%s
"""


async def main() -> None:
    """Play up to the moment of the pictures, and take them."""
    TARGET.mkdir(parents=True, exist_ok=True)
    nursery = Nursery()
    port = free_port()
    more = {"port": port, "public_url": f"http://{NAME}:{port}", "deterministic": 7}
    try:
        with tempfile.TemporaryDirectory() as folder:
            async with serving(nursery, Path(folder), "silver-reed", **more) as server, chromium() as browser:
                house = House(browser, port)
                control = await house.come("en", DESK, device_scale_factor=1.5)
                patrol = await house.come("en", PHONE, device_scale_factor=2)
                aida = await house.come("en", PHONE, device_scale_factor=2)
                await control.join(link=f"{house.url}/#code={server.control_code}")
                await play(control, patrol, aida)
                await together(browser, control, patrol, aida)
                await patrol.page.screenshot(path=TARGET / "patrol.png")
    finally:
        nursery.close()
    for path in sorted(TARGET.glob("*.png")):
        size = path.stat().st_size
        print(f"{path.relative_to(ROOT)}: {size // 1000} kB")
        if size > BYTES_MAX:
            raise SystemExit(f"{path.name} is larger than {BYTES_MAX // 1000} kB")


async def play(control: Somebody, patrol: Somebody, aida: Somebody) -> None:
    """The first hour at the salon; a first question is being answered."""
    await patrol.join(await control.code_of("Police patrol"))
    await aida.join(await control.code_of("Actor: woman in a green cardigan"))
    await control.button("Run", exact=True).click()
    await control.confirm("STARTEX")
    await patrol.sees("the salon across the yard")
    await patrol.share([("grey car", "how often it comes")], "Border guard")
    await control.jump(2)
    await patrol.act("Go to", "front room of the salon")
    await control.jump(9)
    await patrol.tab("know")
    await patrol.sees("woman who opened the door")
    await patrol.act("Called the social worker", "front room of the salon")
    await control.jump(35)
    await patrol.act("Badge shown", "woman who opened the door")
    await patrol.act("Go into the next room", "corridor with the cabins")
    await control.jump(2)
    await patrol.tab("know")
    await patrol.sees("woman in a green cardigan")
    await patrol.act("Gave water, a seat, a blanket", "woman in a green cardigan")
    await control.jump(1)
    await patrol.act("Asked: with whom would you like to talk?", "woman in a green cardigan")
    await aida.page.get_by_label(re.compile("If I may choose")).check()
    await aida.button("I said this").click()
    await control.jump(3)
    await aida.page.get_by_label(re.compile("call my mother")).check()
    await patrol.tab("now")
    await patrol.tab("know")
    await patrol.sees("a woman")
    done = control.button("Hide")
    while await done.count():
        await done.first.click()
    for somebody in (control, aida):
        await somebody.page.evaluate("scrollTo(0, 0)")


async def together(browser: Browser, control: Somebody, patrol: Somebody, aida: Somebody) -> None:
    """Three screens side by side, photographed as a page of their own."""
    figures = []
    for somebody, sort in ((control, "desk"), (patrol, "phone"), (aida, "phone")):
        shot = base64.b64encode(await somebody.page.screenshot()).decode()
        figures.append(f'<figure class="{sort}"><img src="data:image/png;base64,{shot}"></figure>')
    page = await browser.new_page(viewport={"width": 1800, "height": 760})
    await page.set_content(LOOK % "\n".join(figures))
    await page.locator("body").screenshot(path=TARGET / "one-exercise.png")


if __name__ == "__main__":
    asyncio.run(main())
