"""Every command of the town that takes words, with one canary in each: what erasing has to find."""

from kerege.engine.commands import bodies as b

SECRET = "ZEBRA stripes"


async def say_everything(stage):
    """Every command that takes words, with the same canary in each."""
    await stage.room.person_took("actor_ann")
    await stage.accept("help", stage.ask("question", person="ann"))
    await stage.accept("police", stage.say(SECRET, "help"))
    await stage.accept("actor_ann", stage.say(SECRET, "control"))
    await stage.accept("control", stage.say(SECRET, "police"))
    await stage.accept("court", stage.ask("call", how="softly", team="police", reason=SECRET, times=1))
    await stage.accept("police", stage.heard("help", "bob", "words", SECRET))
    await stage.accept("police", stage.file("memo", about="bob", words=SECRET))
    await stage.accept("control", stage.amend("bob", "words", SECRET, SECRET))
    await stage.accept("control", stage.steer("storm", "fire", SECRET))
    n = stage.room.story.state.get("slot", ("police", "bob/self", "coat"))[0]
    await stage.accept("control", b.Recall(stage.viewer("police"), f"r{n}", SECRET))
    await stage.accept("police", b.Convene((stage.viewer("help"),), SECRET))
    await stage.accept("police", stage.propose(SECRET))
    await stage.accept("control", stage.rule("police", 1, why=SECRET, text=SECRET, changes=(("bob", "words", SECRET),)))
    await stage.accept("police", stage.say(SECRET, "persona_cellar"))
    await stage.accept("control", b.Take(stage.viewer("persona_cellar"), "m1", SECRET))
    await stage.accept("control", stage.say_as("cellar", SECRET, "help"))
    await stage.accept("control", stage.write(None, SECRET, "help", why=SECRET, title=SECRET))
    await stage.accept("control", stage.write(None, f"[{SECRET}](box.owner)", "help", why=SECRET, title=SECRET))
    await stage.accept("control", b.Pause(SECRET))
