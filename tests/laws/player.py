"""A seeded random player: picks among a viewer's own offers, contacts, faces and records, as its client shows them.

It also does what clients should not: unknown handles, wrong answers, the same id twice, ids with another body. Every
choice is made from what stands on that viewer's own screen, and from the seed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerege.engine.commands import bodies as b

if TYPE_CHECKING:
    from random import Random

    from tests.stage import Items

JUNK = ("AAAA", "K7Q2", "zzzzzzzz", "r999", "m0", "", "thing")
WORDS = ("seen at the gate", "call me", "two men, one car", "…", "ждите")


def choose(random: Random, role: str, items: Items) -> b.AnyCommand | None:
    """The next command of somebody who sees `items`; None where there is nothing to do."""
    if role == "control" and random.random() < 0.5:
        first = _put_right(items)
        if first is not None:
            return first
    options = {
        "player": _PLAYER,
        "actor": _ACTOR,
        "control": _CONTROL,
        "observer": _OBSERVER,
        "safety": _SAFETY,
        "mentor": _MENTOR,
        "evaluator": _EVALUATOR,
    }[role]
    makers, weights = zip(*options, strict=True)
    for make in random.choices(makers, weights, k=6):
        command: b.AnyCommand | None = make(random, items)
        if command is not None:
            return command
    return None


def _pick(random: Random, items: Items, collection: str, junk: float = 0.03) -> str | None:
    if random.random() < junk:
        return random.choice(JUNK)[:16] or "x"
    keys = list(items.get(collection, {}))
    return random.choice(keys) if keys else None


def _some(random: Random, items: Items, collection: str, most: int) -> tuple[str, ...]:
    keys = list(items.get(collection, {}))
    return tuple(random.sample(keys, min(len(keys), random.randint(1, most)))) if keys else ()


def _ask(random: Random, items: Items) -> b.Ask | None:
    return _asked(random, items, [code for code, offer in items.get("offers", {}).items() if offer["open"]])


def talk(random: Random, items: Items) -> b.Ask | None:
    """An act about somebody; where a person plays that somebody, it may open a scene."""
    ready = [
        code
        for code, offer in items.get("offers", {}).items()
        if offer["open"] and any("person" in ask["kinds"] for ask in offer["asks"])
    ]
    return _asked(random, items, ready) if ready else None


def _asked(random: Random, items: Items, ready: list[str]) -> b.Ask | None:
    offers = items.get("offers", {})
    code = random.choice(ready) if ready and random.random() < 0.9 else _pick(random, items, "offers", 0.1)
    offer = offers.get(code or "")
    if code is None or offer is None:
        return b.Ask(code) if code else None
    asks = {}
    for ask in offer["asks"]:
        if ask["optional"] and random.random() < 0.5:
            continue
        answer = _answer(random, items, ask)
        if answer is not None or random.random() < 0.5:
            asks[ask["name"]] = answer
    units = list(items.get("me", {}).get("me", {"units": ()})["units"])
    unit = random.choice(units) if units and random.random() < 0.7 else None
    return b.Ask(code, unit, asks)


def _answer(random: Random, items: Items, ask: dict[str, Any]) -> Any:
    if ask["takes"] in {"face", "choice"} and random.random() < 0.04:
        return random.choice((*JUNK, 7, True, None))
    if ask["takes"] == "face":
        faces = ask.get("faces") or [
            handle for handle, face in items.get("faces", {}).items() if face["kind"] in ask["kinds"]
        ]
        if not faces:
            return None
        return random.choice(faces[-3:] if random.random() < 0.4 else faces)  # whom one has met last is still there
    if ask["takes"] == "choice":
        return random.choice(ask["choices"])["code"] if ask["choices"] else None
    if ask["takes"] == "team":
        return _pick(random, items, "contacts")
    if ask["takes"] == "tick":
        return random.random() < 0.5
    return random.choice(WORDS) if ask["takes"] == "words" else random.randint(0, 3)


def _cancel(random: Random, items: Items) -> b.Cancel | None:
    key = _pick(random, items, "tasks" if random.random() < 0.7 else "proposals")
    return b.Cancel(key) if key else None


def _say(random: Random, items: Items) -> b.Say | None:
    to = _some(random, items, "contacts", 2)
    return b.Say(to, random.choice(WORDS) if random.random() < 0.95 else " ") if to else None


def _share(random: Random, items: Items) -> b.Share | None:
    to, records = _some(random, items, "contacts", 2), _some(random, items, "records", 4)
    papers = _papers(random, items) if random.random() < 0.4 else ()
    return b.Share(records, to, random.random() < 0.4, papers) if to and records else None


def _papers(random: Random, items: Items) -> tuple[str, ...]:
    """Some documents to share whole; now and then something that is none."""
    papers = [handle for handle, face in items.get("faces", {}).items() if face["document"]]
    paper = random.choice(papers) if papers and random.random() < 0.9 else _pick(random, items, "faces")
    return (paper,) if paper else ()


def _heard(random: Random, items: Items) -> b.Heard | None:
    fields, faces = items.get("fields", {}), items.get("faces", {})
    source = _pick(random, items, "contacts" if random.random() < 0.6 else "faces")
    face = _pick(random, items, "faces")
    if source is None or face is None or not fields:
        return None
    kind = faces[face]["kind"] if face in faces else None
    fitting = [code for code, field in fields.items() if field["kind"] == kind] or list(fields)
    code = random.choice(fitting)
    return b.Heard(source, face, code, _answer(random, items, fields[code]))


def _dispute(random: Random, items: Items) -> b.Dispute | None:
    keys = [key for key, message in items.get("messages", {}).items() if message["disputable"]]
    key = random.choice(keys) if keys and random.random() < 0.9 else _pick(random, items, "messages")
    return b.Dispute(key) if key else None


def _file(random: Random, items: Items) -> b.File | None:
    forms = items.get("forms", {})
    if not forms:
        return None
    code = random.choice(list(forms))
    fields = {}
    for field in forms[code]["fields"]:
        if (field["required"] and random.random() < 0.8) or random.random() < 0.5:
            answer = _answer(random, items, field)
            if answer is not None:
                fields[field["name"]] = answer
    papers = _papers(random, items) if random.random() < 0.3 else ()
    return b.File(code, fields, random.random() < 0.6, papers[0] if papers else None)


def _request(random: Random, items: Items) -> b.Request | None:
    to = _pick(random, items, "contacts")
    if to is None:
        return None
    face = _pick(random, items, "faces") if random.random() < 0.6 else None
    kind = items["faces"][face]["kind"] if face in items.get("faces", {}) else None
    fields = [code for code, field in items.get("fields", {}).items() if field["kind"] == kind]
    field = random.choice(fields) if fields and random.random() < 0.6 else None
    forms = [each["code"] for each in items["contacts"].get(to, {"forms": []})["forms"]]
    form = random.choice(forms) if forms and random.random() < 0.4 else None
    at_s = items["clock"]["clock"]["at_s"]
    wanted = at_s + random.choice((0, 600, 3600)) if random.random() < 0.5 else None
    return b.Request(to, face, field, form, random.choice((*WORDS, "")), wanted)


def _respond(random: Random, items: Items) -> b.Respond | None:
    open_ = [key for key, each in items.get("requests", {}).items() if not each["mine"] and each["state"] == "open"]
    key = random.choice(open_) if open_ and random.random() < 0.9 else _pick(random, items, "requests", 0.3)
    if key is None:
        return None
    how: Any = random.choice(("share", "share", "decline", "hand_on"))
    records = _some(random, items, "records", 2) if random.random() < 0.3 else ()
    return b.Respond(
        key, how, records, _papers(random, items) if records else (), _pick(random, items, "contacts"), "no"
    )


def _file_for(random: Random, items: Items) -> b.File | None:
    """File what was asked for."""
    filed = _file(random, items)
    asked = [key for key, each in items.get("requests", {}).items() if not each["mine"]]
    return None if filed is None or not asked else b.File(filed.form, filed.fields, True, answers=random.choice(asked))


def _convene(random: Random, items: Items) -> b.Convene | None:
    places = [handle for handle, face in items.get("faces", {}).items() if face["kind"] == "place"]
    place = random.choice(places) if places and random.random() < 0.4 else None
    teams = _some(random, items, "contacts", 3)
    return b.Convene(teams, random.choice(WORDS), place) if teams else None


def _consult(random: Random, items: Items) -> b.AnyCommand | None:
    """What one does at the consultations that one knows of; what one has promised there comes first."""
    owed = [
        (key, each["key"])
        for key, held in items.get("consultations", {}).items()
        for each in held["decisions"]
        if each["mine"] and not each["done"]
    ]
    if owed and random.random() < 0.5:
        return b.Fulfil(*random.choice(owed))
    going = [key for key, held in items.get("consultations", {}).items() if held["open"] and held["seat"] == "here"]
    key = random.choice(going) if going and random.random() < 0.7 else _pick(random, items, "consultations", 0.1)
    if key is None:
        return None
    held = items.get("consultations", {}).get(key)
    if held is None or held["seat"] == "invited" or random.random() < 0.1:
        return b.Attend(key, random.random() < 0.8)
    roll = random.random()
    if roll < 0.35:
        records = _some(random, items, "records", 3)
        return b.Table(key, records, _papers(random, items) if random.random() < 0.5 else ())
    if roll < 0.75:
        owner = random.choice(held["seats"])["team"]
        return b.Decide(key, random.choice(WORDS), owner, items["clock"]["clock"]["at_s"] + random.choice((0, 900)))
    if roll < 0.85:
        return b.Fulfil(key, f"d{random.randint(1, 3)}")
    return b.Adjourn(key)


def _scene(random: Random, items: Items) -> str | None:
    """One of an actor's scenes; mostly one that is still open."""
    open_ = [key for key, scene in items.get("scenes", {}).items() if scene["state"] != "closed"]
    return random.choice(open_) if open_ and random.random() < 0.8 else _pick(random, items, "scenes")


def speak(random: Random, items: Items) -> b.Speak | None:
    key = _scene(random, items)
    scene = items.get("scenes", {}).get(key or "")
    if key is None or scene is None or not scene["lines"]:
        return b.Speak(key, ("aaaaaaaa",)) if key else None
    line = random.choice(scene["lines"])["code"]
    return b.Speak(key, (line,), (scene["team"],) if random.random() < 0.3 else ())


def treat(random: Random, items: Items) -> b.Treat | None:
    key = _scene(random, items)
    scene = items.get("scenes", {}).get(key or "")
    if key is None or scene is None or not scene["questions"]:
        return None
    return b.Treat(key, {question["code"]: random.randint(0, 4) for question in scene["questions"]})


def _ready(random: Random, items: Items) -> b.Ready | None:
    key = _pick(random, items, "cues")
    return b.Ready(key, random.choice(("ready", "done"))) if key else None


def curtain(random: Random, items: Items) -> b.Curtain:
    return b.Curtain(_scene(random, items))


def _stop(_random: Random, _items: Items) -> b.Stop:
    return b.Stop()


def _clear(_random: Random, items: Items) -> b.Clear | None:
    return b.Clear() if items["clock"]["clock"]["stopped"] else None


def _put_right(items: Items) -> b.AnyCommand | None:
    """What keeps everybody from playing and is control's to end."""
    clock = items["clock"]["clock"]
    if clock["stopped"]:
        return b.Clear()
    return b.Acknowledge() if clock["lost"] else None


def _time(random: Random, items: Items) -> b.AnyCommand:
    clock = items["clock"]["clock"]
    first = _put_right(items)
    if first is not None:
        return first
    if clock["phase"] == "ready":
        return b.Start()
    if clock["phase"] == "paused":
        return b.Resume() if random.random() < 0.8 else b.Pause("again")
    roll = random.random()
    if roll < 0.4:
        return b.Pause(random.choice(WORDS))
    if roll < 0.7:
        return b.Speed(random.choice((1, 4, 30)))
    if roll < 0.95:
        return b.Jump(clock["at_s"] * 1000 + random.choice((1, 30_000, 120_000)))
    return random.choice((b.Start(), b.Resume())) if roll < 0.998 else b.Finish()


def _steer(random: Random, items: Items) -> b.Steer | None:
    key = _pick(random, items, "injects")
    act: Any = random.choice(("fire", "hold", "release", "skip", "try"))
    return b.Steer(key, act, random.choice(WORDS)) if key else None


def _amend(random: Random, items: Items) -> b.Amend | None:
    records = list(items.get("records", {}).values())
    if not records:
        return None
    record = random.choice(records)
    value = random.choice([each["value"] for each in records if each["field"] == record["field"]])
    return b.Amend(record["face"], record["field"], value, random.choice(WORDS))


def _bring(random: Random, items: Items) -> b.Amend | None:
    """Bring somebody to where a unit is: else people hardly meet, in a large story that is played at random."""
    faces = items.get("faces", {})
    places = [
        record
        for record in items.get("records", {}).values()
        if record["value_face"] in faces and faces[record["value_face"]]["kind"] == "place"
    ]
    units = [record for record in places if faces[record["face"]]["kind"] == "unit"]
    wanted = "person" if random.random() < 0.8 else "item"
    others = [record for record in places if faces[record["face"]]["kind"] == wanted]
    if not units or not others:
        return None
    brought = random.choice(others)
    return b.Amend(brought["face"], brought["field"], random.choice(units)["value"], random.choice(WORDS))


def _recall(random: Random, items: Items) -> b.Recall | None:
    key = _pick(random, items, "knowledge", 0.0)
    if key is None:
        return None
    viewer, _, record = key.partition(":")
    return b.Recall(viewer, record, random.choice(WORDS))


def _stand_in(random: Random, items: Items) -> b.StandIn | None:
    key = _pick(random, items, "teams")
    team = items.get("teams", {}).get(key or "")
    if key is None:
        return None
    return b.StandIn(key, random.choice([*(team["profiles"] if team else []), None, "careful"]))


def _open_team(random: Random, items: Items) -> b.OpenTeam | None:
    key = _pick(random, items, "teams")
    team = items.get("teams", {}).get(key or "")
    open_ = not team["observed"] if team is not None and random.random() < 0.8 else random.random() < 0.5
    return b.OpenTeam(key, open_) if key else None


def _propose(random: Random, items: Items) -> b.Propose:
    units = items.get("me", {}).get("me", {"units": ()})["units"]
    unit = random.choice((*units, *JUNK[:1])) if units and random.random() < 0.6 else None
    faces = _some(random, items, "faces", 2) if random.random() < 0.6 else ()
    return b.Propose(random.choice(WORDS) if random.random() < 0.95 else " ", unit, faces, random.choice((0, 600_000)))


def _picks(random: Random, items: Items, most: int = 3) -> tuple[b.Pick, ...]:
    records = list(items.get("records", {}).values())
    some = random.sample(records, min(len(records), random.randint(0, most)))
    return tuple(b.Pick(each["face"], each["field"], "found", "likely") for each in some)


def _rule(random: Random, items: Items) -> b.Rule | None:
    waiting = [key for key, each in items.get("proposals", {}).items() if each["state"] == "waiting"]
    key = random.choice(waiting) if waiting and random.random() < 0.95 else _pick(random, items, "proposals")
    if key is None or ":" not in key:
        return None
    team, _, proposal = key.partition(":")
    if random.random() < 0.3:
        return b.Rule(team, proposal, "not_possible", random.choice(WORDS), random.choice(WORDS))
    records = [each for each in items.get("records", {}).values() if each["value"] not in {"", None}]
    changes = tuple(
        b.Change(each["face"], each["field"], each["value"]) for each in random.sample(records, min(1, len(records)))
    )
    takes_ms = random.choice((0, 1000, 300_000))
    return b.Rule(team, proposal, "happens", "because", "done so", takes_ms, _picks(random, items), changes)


def debrief(random: Random, items: Items) -> b.Debrief | None:
    waiting = [key for key, each in items.get("debriefs", {}).items() if not each["done"]]
    key = random.choice(waiting) if waiting and random.random() < 0.8 else _pick(random, items, "debriefs")
    return b.Debrief(key) if key else None


def _split(random: Random, items: Items) -> b.Split | None:
    key = _pick(random, items, "teams")
    units = [handle for handle, face in items.get("faces", {}).items() if face["kind"] == "unit"]
    some = tuple(random.sample(units, min(len(units), random.randint(0, 1))))
    return b.Split(key, random.choice(WORDS), some, random.random() < 0.6) if key else None


def _merge(random: Random, items: Items) -> b.Merge | None:
    teams = items.get("teams", {})
    first = _pick(random, items, "teams")
    title = teams[first]["title"].partition(" · ")[0] if first in teams else ""
    own = [code for code, team in teams.items() if team["title"].partition(" · ")[0] == title and code != first]
    into = random.choice(own) if own and random.random() < 0.9 else _pick(random, items, "teams")
    return b.Merge(first, into) if first and into else None


def _hand_over(random: Random, items: Items) -> b.HandOver:
    about = _some(random, items, "faces", 3)
    return b.HandOver(about, random.random() < 0.3, random.choice((*WORDS, " ")))


def _think(random: Random, items: Items) -> b.Think:
    team = next((code for code, each in items.get("contacts", {}).items() if each["role"] == "team"), None)
    named = random.choice((None, team, random.choice(JUNK)[:16] or "x"))
    return b.Think(random.random() < 0.5, random.choice(WORDS), named)


def _take(random: Random, items: Items) -> b.Take | None:
    key = _pick(random, items, "letters", 0.0)
    if key is None:
        return None
    persona, _, message = key.partition(":")
    return b.Take(persona, message, random.choice(("Asel", "Timur", "")))


def _say_as(random: Random, items: Items) -> b.SayAs | None:
    key = _pick(random, items, "letters", 0.0)
    persona, _, message = key.partition(":") if key else (_pick(random, items, "personas"), "", "")
    to = _some(random, items, "teams", 2)
    if persona is None or not to:
        return None
    answered = message if message and random.random() < 0.7 else None
    return b.SayAs(persona, to, random.choice(WORDS), _picks(random, items), answered)


def _write(random: Random, items: Items) -> b.Write | None:
    injects = items.get("injects", {})
    key = _pick(random, items, "injects") if random.random() < 0.5 else None
    shown = injects.get(key or "")
    languages = shown["texts"] if shown else next((each["texts"] for each in injects.values() if each["texts"]), {})
    texts = dict.fromkeys(languages, random.choice(("go there", "stay"))) if languages else {"en": "go there"}
    to = _some(random, items, "teams", 2)
    at_ms = random.choice((None, 0, items["clock"]["clock"]["at_s"] * 1000 + 60_000))
    learns = _picks(random, items, 2)
    return b.Write(key, random.choice(WORDS), random.choice(WORDS), texts, to, at_ms, random.random() < 0.3, learns)


def _overrule(random: Random, items: Items) -> b.Overrule | None:
    key = _pick(random, items, "happenings")
    able = [key for key, each in items.get("happenings", {}).items() if each["undo"] == "can"]
    key = random.choice(able) if able and random.random() < 0.9 else key
    return b.Overrule(key, random.choice(WORDS)) if key else None


def _observe(random: Random, items: Items) -> b.Observe | None:
    teams = _some(random, items, "contacts", 3)
    if not teams:
        return None
    evidence = _some(random, items, "happenings", 2) if random.random() < 0.5 else ()
    rating: Any = random.choice((None, "P", "S", "M", "U", "N"))
    guide = _pick(random, items, "guides") if random.random() < 0.5 else None
    return b.Observe(teams, guide, rating, random.choice((*WORDS, " ")), evidence)


_EVALUATOR: tuple[Any, ...] = ((_observe, 5), (_say, 0.2), (_share, 0.2), (_stop, 0.02))
_PLAYER: tuple[Any, ...] = (
    (_ask, 8), (talk, 6), (_share, 5), (_heard, 5), (_say, 2), (_file, 2), (_dispute, 2), (_cancel, 1), (curtain, 0.3), (_stop, 0.02),
    (_request, 2), (_respond, 2), (_file_for, 0.5), (_convene, 1.5), (_consult, 8),
    (_propose, 1), (_hand_over, 0.1),
)  # fmt: skip
_ACTOR: tuple[Any, ...] = (
    (speak, 5),
    (treat, 4),
    (_ready, 2),
    (_say, 1),
    (curtain, 1),
    (_dispute, 1),
    (_stop, 0.01),
)
_CONTROL: tuple[Any, ...] = (
    (_time, 4), (_steer, 4), (_amend, 2), (_bring, 4), (_recall, 2), (_stand_in, 2), (_open_team, 2), (_say, 1),
    (_rule, 4), (_take, 2), (_say_as, 3), (_write, 3), (_overrule, 2), (_think, 1), (_split, 1.5), (_merge, 0.5),
    (debrief, 1),
)  # fmt: skip
_MENTOR: tuple[Any, ...] = ((_think, 3), (_say, 2), (_share, 0.2), (_heard, 0.2), (_stop, 0.02))
_OBSERVER: tuple[Any, ...] = ((_stop, 1),)
_SAFETY: tuple[Any, ...] = ((_clear, 10), (_say, 1), (debrief, 1), (_stop, 0.05))
