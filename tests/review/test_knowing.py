"""Who knew what when: laws about what the log tells of teams, and what it does not."""

import pytest

from kerege.engine.commands import bodies as b
from kerege.engine.held import Source
from kerege.review.knowing import Gap, Holding, Knowing, Passing, is_fact, read_knowing
from tests.review.table import MINUTE, Table, pack_called

FROM_NEIGHBOUR = Source("face", "neighbour/self")
FROM_PATROL = Source("viewer", "patrol")


async def told_after(acts, pack="silver-reed") -> Knowing:
    """What the log tells once `acts` were played and ENDEX was pressed, if it was not yet."""
    async with await Table.of(pack_called(pack)) as table:
        await table.start()
        await acts(table)
        if table.state.get("clock", "clock").phase != "ended":
            await table.finish()
        return read_knowing(await table.log())


def gap_of(knowing: Knowing, fact: str, to: str) -> Gap | None:
    return next((gap for gap in knowing.gaps if (gap.fact, gap.to) == (fact, to)), None)


async def nothing(table):
    await table.until(MINUTE)


async def test_a_first_holding_says_when_how_from_whom_and_how_sure():
    """Three teams hear of the calls of minute 0, from different people; nobody else knows of them."""
    knowing = await told_after(nothing)
    held = {each.team: each for each in knowing.holdings if each.fact == "s_call"}
    assert held["patrol"] == Holding("s_call", "patrol", 0, "told", FROM_NEIGHBOUR, "claimed")
    assert held["social"].source == Source("face", "hotline/self")
    assert set(held) == {"patrol", "social", "ngo"}


async def test_only_the_first_counts():
    """Being told again later changes neither time nor source."""

    async def twice(table):
        await table.until(2 * MINUTE)
        await table.share("patrol", "salon.call", "social", "investigators")
        await table.until(5 * MINUTE)
        await table.share("patrol", "salon.call", "investigators")

    knowing = await told_after(twice)
    assert knowing.holding("s_call", "investigators").at_ms == 2 * MINUTE
    assert knowing.holding("s_call", "social").at_ms == 0


async def test_a_share_is_a_passing():
    """It names both teams; control and what it learns is nobody's holding."""

    async def shares(table):
        await table.until(2 * MINUTE)
        await table.share("patrol", "salon.call", "investigators", "control")

    knowing = await told_after(shares)
    passed = [each for each in knowing.passings if each.fact == "s_call"]
    assert passed == [Passing("s_call", "patrol", "investigators", 2 * MINUTE, "told")]
    assert {each.team for each in knowing.holdings} <= set(knowing.exercise.rules.teams)


async def test_what_was_heard_from_a_team_is_a_passing():
    """Two taps after a talk in the corridor count as much as a share."""

    async def hears(table):
        await table.share("patrol", "salon_reception.site", "investigators")
        await table.share("patrol", "grey_car.comes", "investigators")
        await table.share("patrol", "salon.people_held", "investigators")
        await table.until(3 * MINUTE)
        await table.heard("investigators", "patrol", "salon.call", value=True)

    knowing = await told_after(hears)
    assert knowing.holding("s_call", "investigators") == Holding(
        "s_call", "investigators", 3 * MINUTE, "heard", FROM_PATROL, "claimed"
    )
    assert Passing("s_call", "patrol", "investigators", 3 * MINUTE, "heard") in knowing.passings


@pytest.mark.parametrize(
    ("shared_ms", "end_ms", "state"),
    [
        (10 * MINUTE, 40 * MINUTE, None),
        (15 * MINUTE, 40 * MINUTE, None),
        (16 * MINUTE, 40 * MINUTE, "late"),
        (None, 40 * MINUTE, "never"),
        (None, 15 * MINUTE, "never"),
        (None, 14 * MINUTE, "time_not_up"),
    ],
)
async def test_what_is_not_recorded_as_shared(shared_ms, end_ms, state):
    """The patrol knows of the call from minute 0; the investigators should within fifteen minutes, and not a second more."""

    async def shares(table):
        if shared_ms is not None:
            await table.until(shared_ms)
            await table.share("patrol", "salon.call", "investigators")
        await table.until(end_ms)

    gap = gap_of(await told_after(shares), "s_call", "investigators")
    expected = Gap("s_call", "patrol", "investigators", 0, 15 * MINUTE, shared_ms, state) if state else None
    assert gap == expected


async def test_who_knows_already_awaits_nothing():
    """The social service should tell the patrol of the call, which the patrol had from somebody else."""
    assert gap_of(await told_after(nothing), "s_call", "patrol") is None


async def test_a_fact_that_nobody_held_is_in_no_gap():
    """Nothing can be asked of a team that did not know."""

    async def waits(table):
        await table.until(100 * MINUTE)

    assert {gap.fact for gap in (await told_after(waits)).gaps} <= {"s_call", "s_driver", "s_danger"}


async def test_a_record_taken_back_in_time_need_not_be_shared():
    """What control retracted before the time was up is noted as retracted, and is in no gap."""

    async def takes_back(table):
        await table.until(5 * MINUTE)
        await table.recall("patrol", "salon.call")
        await table.until(40 * MINUTE)

    knowing = await told_after(takes_back)
    assert gap_of(knowing, "s_call", "investigators") is None
    assert knowing.holding("s_call", "patrol").lost_ms == 5 * MINUTE
    taken = [(each.team, each.face, each.field, each.at_ms, each.state) for each in knowing.taken_back]
    assert taken == [("patrol", "salon/self", "call", 5 * MINUTE, "retracted")]


async def test_a_record_that_still_stands_keeps_the_fact():
    """One of two records is retracted: the fact is still held, and still awaited."""

    async def takes_one_back(table):
        await table.until(2 * MINUTE)
        await table.share("social", "salon.call", "patrol")
        first = next(iter(table.records("patrol", "salon", "call")))
        await table.do("control", b.Recall(table.code("patrol"), first, "a slip"))
        await table.until(40 * MINUTE)

    knowing = await told_after(takes_one_back)
    assert knowing.holding("s_call", "patrol").lost_ms is None
    assert gap_of(knowing, "s_call", "investigators").state == "never"


async def test_a_dispute_is_noted_and_takes_nothing_away():
    """The teller says "I did not say this": the hearer's record stands, disputed."""

    async def disputes(table):
        await table.share("patrol", "salon_reception.site", "investigators")
        await table.share("patrol", "salon.people_held", "investigators")
        await table.heard("investigators", "patrol", "salon.call", value=True)
        count = table.state.get("count", ("message", "patrol"))
        await table.until(MINUTE)
        await table.do("patrol", b.Dispute(f"m{count}"))

    knowing = await told_after(disputes)
    assert [(each.team, each.state, each.at_ms) for each in knowing.taken_back] == [
        ("investigators", "disputed", MINUTE)
    ]
    assert knowing.holding("s_call", "investigators").lost_ms is None


async def test_what_was_heard_and_differs_is_recorded_otherwise():
    """Compared with how it was at that moment; what agrees is not listed, and neither is what nobody claimed."""

    async def hears(table):
        await table.heard("patrol", "neighbour", "salon.people_held", value=False)
        await table.heard("social", "hotline", "salon.call", value=True)

    otherwise = (await told_after(hears)).otherwise
    assert [(each.team, each.face, each.field, each.value, each.how, each.key) for each in otherwise] == [
        ("patrol", "salon/self", "people_held", False, "heard", True)
    ]


async def test_what_becomes_true_by_being_said_is_not_otherwise():
    """A person's choice is told and becomes true in one step; what was not so before it is so after it."""

    async def chooses(table):
        rules = table.rules
        await table.room.person_took("actor_aida")
        await table.do(
            "patrol",
            b.Ask(
                rules.action_codes.of["move"],
                None,
                {rules.name_codes.of["place"]: table.handle("patrol", "salon_reception")},
            ),
        )
        await table.until(4 * MINUTE)
        aida = {rules.name_codes.of["person"]: table.handle("patrol", "aida")}
        await table.do("patrol", b.Ask(rules.action_codes.of["ask_open_question"], None, aida))
        said = tuple(rules.line_codes.of[line] for line in ("aida_choice", "aida_silent"))
        await table.do("actor_aida", b.Speak("s1", said))

    otherwise = (await told_after(chooses, "silver-reed-cut")).otherwise
    assert [each.field for each in otherwise if each.face == "aida/self"] == ["free_to_leave"]


async def test_what_a_protected_field_holds_is_not_repeated():
    """That it was heard is told, what was heard is not."""

    async def hears(table):
        kinds = table.rules.fields["person", "urgent_need"]
        assert kinds.protected
        await table.heard("patrol", "salon", "neighbour.urgent_need", "doctor")

    otherwise = (await told_after(hears)).otherwise
    assert [(each.field, each.protected, each.value) for each in otherwise] == [("urgent_need", True, None)]


async def test_stand_ins_are_named_as_such():
    """No number may be read for or against a team that a stand-in played."""

    async def stands_in(table):
        await table.do("control", b.StandIn(table.code("fiu"), "careful"))
        await table.do("control", b.StandIn(table.code("fiu"), None))

    assert (await told_after(stands_in)).stood_in == {"fiu"}


async def test_a_longer_log_keeps_every_first_holding():
    """For every prefix of a whole evening: what was first held then is first held in the whole log."""
    async with await Table.of(pack_called("first-steps")) as table:
        await table.start()
        await table.play_plans(dict.fromkeys(table.rules.teams, "careful"), 20 * MINUTE)
        entries = await table.log()
    whole = {(each.fact, each.team): (each.at_ms, each.how, each.source) for each in read_knowing(entries).holdings}
    assert len(whole) > 10
    for end in range(2, len(entries), 7):
        for each in read_knowing(entries[:end]).holdings:
            assert whole[each.fact, each.team] == (each.at_ms, each.how, each.source)


def test_a_fact_is_matched_by_its_value():
    """A thing through any of its faces, yes or no, any value where none is named; unknown is never a value."""
    facts = {fact.id: fact for fact in pack_called("silver-reed").facts}
    assert is_fact(facts["f9_crossing"], "nilu_crossing", "vehicle", "grey_car/self")
    assert not is_fact(facts["f9_crossing"], "nilu_crossing", "vehicle", "other/self")
    assert is_fact(facts["s_call"], "salon", "call", True)
    assert not is_fact(facts["s_call"], "salon", "call", False)
    assert is_fact(facts["f1_phones_in_safe"], "kept_phones", "kept_in", "salon_office/self")
    assert not is_fact(facts["f1_phones_in_safe"], "kept_phones", "kept_in", None)
    assert not is_fact(facts["f1_phones_in_safe"], "kept_phones", "holder", "raisa/self")
