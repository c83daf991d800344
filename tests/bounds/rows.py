"""One row for each bound of the product: how it is tried at its value and past it. A bound without a row fails.

Tried   a function of a size: whether that size is taken. Called with the bound and with one more
Elsewhere  tests that stand elsewhere and try both; they are looked up, and the file has to speak of the bound by name
Shape   no bound on what comes in: how much is shown, kept for speed, or tried by a tool; with its reason
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from kerege.engine.commands import bodies as b
from kerege.gateway.limits import Bounds, Buckets, Rate
from kerege.gateway.seats import Seats, clean_name
from kerege.gateway.static import read_assets
from kerege.gateway.tickets import Tickets
from kerege.scenario.desk import Desk
from kerege.scenario.places import At
from kerege.scenario.reading import Source, read_yaml
from kerege.scenario.texts import read_texts
from kerege.scenario.values import read_duration
from kerege.wire.codec import BadMessage, decode
from tests.gateway.fakes import build_house

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Tried:
    """`takes(n, folder)`: whether a thing of that size is taken."""

    takes: Callable[[int, Path], bool]


@dataclass(frozen=True)
class Elsewhere:
    """`file::test`, below tests/."""

    where: tuple[str, ...]


@dataclass(frozen=True)
class Shape:
    """Why it bounds nothing that comes in."""

    why: str


def tested(*where: str) -> Elsewhere:
    return Elsewhere(where)


def _read(message: dict[str, Any]) -> bool:
    try:
        decode(msgspec.msgpack.encode(message), "msgpack")
    except BadMessage:
        return False
    return True


def _submit(**more: Any) -> bool:
    return _read({"type": "submit", "id": "12345678", "seen": 0, "command": {"do": "stop"}} | more)


def _hello(**more: Any) -> bool:
    return _read({"type": "hello", "ticket": "x" * 32} | more)


_commands = msgspec.msgpack.Decoder(b.AnyCommand)


def _command(**more: Any) -> bool:
    try:
        _commands.decode(msgspec.msgpack.encode(more))
    except msgspec.ValidationError:
        return False
    return True


def _folder(folder: Path, files: int, length: int = 1) -> bool:
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_bytes(b"x" * length)
    for n in range(files - 1):
        (folder / f"{n}.txt").touch()
    try:
        read_assets(folder)
    except AssertionError:
        return False
    finally:
        for path in folder.iterdir():
            path.unlink()
    return True


def _duration(total_ms: int, _: Path) -> bool:
    desk = Desk()
    seconds = -(-total_ms // 1000)
    read_duration(desk, At(Source("x", "")), f"{seconds // 3600}h{seconds % 3600}s")
    return not desk.problems


def _texts(count: int, _: Path) -> bool:
    return not read_texts([("en", "en.ftl", b"".join(b"a%d = b\n" % n for n in range(count)), False)])[1]


def _braces(depth: int, _: Path) -> bool:
    problems = read_texts([("en", "en.ftl", f"a = {'{' * depth}".encode(), False)])[1]
    return not any("nested deeper" in problem.message for problem in problems)


def _nested(depth: int, _: Path) -> bool:
    return not read_yaml(("[" * depth + "]" * depth).encode(), "x.yaml")[1]


def _tickets(bounds: Bounds, count: int, *, one_device: bool) -> bool:
    """Whether the first of so many tickets still opens."""
    house = build_house()
    tickets = Tickets(house.desk.chance, bounds, house.clock)
    first = tickets.issue("device-0")
    for n in range(1, count):
        tickets.issue("device-0" if one_device else f"device-{n}")
    house.seats.close()
    return tickets.redeem(first) is not None


def _ticket_after(seconds: int, _: Path) -> bool:
    house = build_house()
    ticket = house.desk.tickets.issue("device")
    house.clock.at_s += seconds
    house.seats.close()
    return house.desk.tickets.redeem(ticket) is not None


def _seats(count: int, _: Path) -> bool:
    """Whether so many people sit down at a team that names no bound of its own."""
    from kerege.gateway.seats import JoinRefused
    from tests.gateway.fakes import FakeViewer

    house = build_house()
    seats = Seats(
        None,
        "x",
        b"k" * 32,
        {"team": FakeViewer("team", "player", "k1", seats_max=0)},
        house.desk.chance,
        Bounds(),
        lambda: 0,
    )
    try:
        for _n in range(count):
            seats.join(seats.code_of("team"), "en", "", None, None)
    except JoinRefused:
        return False
    finally:
        seats.close()
        house.seats.close()
    return True


def _addresses(count: int, _: Path) -> bool:
    """Whether the first of so many addresses is still remembered."""
    buckets = Buckets(Rate(0.001, 1), Bounds().addresses_max, lambda: 0.0)
    for n in range(count):
        buckets.take(str(n))
    return not buckets.has("0")


def _marks(count: int, _: Path) -> bool:
    return clean_name("x" + "\u0315" * count, 400).count("\u0315") == count


def _name(count: int, _: Path) -> bool:
    return len(clean_name("x" * count, Bounds().name_chars_max)) == count


def _chain_integer(number: int, _: Path) -> bool:
    from kerege.journal.chain import n_fits

    return n_fits(number)


def _codes(length: int, _: Path) -> bool:
    return _command(do="ask", action="x" * length)


def _personal(length: int, _: Path) -> bool:
    from kerege.scenario.personal import personal_in

    return bool(personal_in("somebody@mail.kg".rjust(length)))


def _ahead(seconds: int, folder: Path) -> bool:
    """Whether a file of so far in the future is taken for our own clock's."""
    import os
    from types import SimpleNamespace

    from kerege.doctor import _clock

    now_s = 1_800_000_000
    file = folder / "exercises" / "one.sqlite3"
    file.parent.mkdir(exist_ok=True)
    file.touch()
    os.utime(file, (now_s + seconds, now_s + seconds))
    return not list(_clock(folder, SimpleNamespace(wall_s=lambda: float(now_s))))


LAWS = "laws/test_bounds.py::"
ROWS: dict[str, Tried | Elsewhere | Shape] = {
    # wire
    "wire.limits.FRAME_BYTES_MAX": tested("wire/test_codec.py::test_a_message_is_allowed_up_to_its_length", "rights/test_rfc6455.py::test_the_line_below_messages"),
    "wire.limits.DEPTH_MAX": tested("wire/test_codec.py::test_nesting_is_allowed_up_to_its_bound"),
    "wire.limits.INTEGER_MAX": Tried(lambda n, _: _submit(command={"n": n})),
    "wire.typed.COMBINING_MARKS_MAX": Tried(_marks),
    "wire.limits.STREAMS_OPEN_MAX": tested("gateway/test_connection.py::test_streams_are_bounded"),
    "wire.messages.COMMAND_ID_CHARS_MAX": Tried(lambda n, _: _submit(id="x" * n)),
    "wire.messages.TICKET_CHARS_MAX": Tried(lambda n, _: _hello(ticket="x" * n)),
    "wire.messages.STREAM_CHARS_MAX": Tried(lambda n, _: _read({"type": "open", "stream": "x" * n})),
    "wire.messages.CURSORS_MAX": Tried(lambda n, _: _hello(cursors={f"k{k}": {"epoch": "e", "version": 0} for k in range(n)})),
    "wire.messages.RECEIPT_CHARS_MAX": Tried(lambda n, _: _hello(receipt="x" * n)),
    # engine: what a command may hold
    "engine.commands.bodies.CODE_CHARS_MAX": Tried(_codes),
    "engine.commands.bodies.WORDS_CHARS_MAX": Tried(lambda n, _: _command(do="say", to=[], text="x" * n)),
    "engine.commands.bodies.LIST_LENGTH_MAX": Tried(lambda n, _: _command(do="share", records=["r1"] * n, to=[])),
    "engine.commands.bodies.PLAY_MS_MAX": Tried(lambda n, _: _command(do="jump", to_ms=n)),
    "engine.commands.bodies.PICKS_MAX": tested("engine/test_ruling.py::test_bounds_of_time_and_of_picks"),
    "engine.commands.bodies.TITLE_CHARS_MAX": Tried(lambda n, _: _command(do="write", inject=None, why="x", title="x" * n)),
    "engine.commands.bodies.TEAM_TITLE_CHARS_MAX": Tried(lambda n, _: _command(do="split", viewer="x", title="x" * n)),
    "engine.commands.bodies.LANGUAGES_MAX": Tried(lambda n, _: _command(do="write", inject=None, why="x", texts={str(k): "x" for k in range(n)})),
    "engine.commands.bodies.TAKER_CHARS_MAX": Tried(lambda n, _: _command(do="take", persona="x", message="m1", text="x" * n)),
    "engine.commands.bodies.PROPOSAL_MS_MAX": Tried(lambda n, _: _command(do="propose", text="x", wants_ms=n)),
    # engine: how much of something there may be
    "engine.commands.consultation.CONSULTATIONS_MAX": tested("engine/test_consultations.py::test_how_many_one_team_calls"),
    "engine.commands.consultation.TABLED_MAX": tested("engine/test_consultations.py::test_how_much_one_team_brings"),
    "engine.commands.consultation.DECISIONS_MAX": tested("engine/test_consultations.py::test_how_much_one_team_brings"),
    "engine.commands.evaluation.NOTES_MAX": tested("engine/test_evaluation.py::test_notes_have_a_bound"),
    "engine.commands.inquiry.REQUESTS_MAX": tested("engine/test_requests.py::test_how_often_a_team_asks"),
    "engine.commands.inquiry.HANDS_MAX": tested("engine/test_requests.py::test_how_often_a_request_is_handed_on"),
    "engine.commands.inquiry.MATCHES_MAX": tested("engine/test_requests.py::test_how_much_one_tap_shares"),
    "engine.commands.ruling.WAITING_MAX": tested("engine/test_ruling.py::test_a_team_may_have_so_many_waiting"),
    "engine.commands.talk.CHAIN_MAX": tested("engine/test_sharing.py::test_a_chain_does_not_grow_for_ever"),
    "engine.conditions.bounds.SOURCE_CHARS_MAX": tested("engine/conditions/test_bounds.py::test_source_chars_max"),
    "engine.conditions.bounds.NODES_MAX": tested("engine/conditions/test_bounds.py::test_nodes_max"),
    "engine.conditions.bounds.NESTING_MAX": tested("engine/conditions/test_bounds.py::test_nesting_max"),
    "engine.conditions.bounds.LOOP_DEPTH_MAX": tested("engine/conditions/test_bounds.py::test_loop_depth_max"),
    "engine.conditions.bounds.INTEGER_MAX": tested("engine/conditions/test_bounds.py::test_integer_max"),
    "engine.conditions.bounds.PROBLEMS_MAX": tested("engine/conditions/test_bounds.py::test_problems_max"),
    "engine.due.DUE_PER_STEP_MAX": tested("engine/test_clock.py::test_how_much_falls_due_in_one_step_is_bounded"),
    "engine.faces.DOCUMENTS_MAX": tested("engine/test_forms.py::test_how_many_documents_of_a_form"),
    "engine.play.EVENTS_PER_STEP_MAX": tested(LAWS + "test_events_of_one_step"),
    "engine.react.ROUNDS_MAX": tested("engine/test_rules.py::test_rules_that_set_each_other_off_are_bounded"),
    "engine.rules.OFF_LIST_MAX": tested("engine/test_writing.py::test_so_many_lines_may_be_added"),
    "views.render.RECENT_MAX": tested(LAWS + "test_how_many_rendered_records_are_kept"),
    # scenario
    "scenario.reading.FILE_BYTES_MAX": Tried(lambda n, _: not read_yaml(b"#" * n, "x.yaml")[1]),
    "scenario.reading.NESTING_MAX": Tried(_nested),
    "scenario.reading.NODES_MAX": Tried(lambda n, _: not read_yaml(b"- a\n" * (n - 1), "x.yaml")[1]),
    "scenario.reading.PACK_FILES_MAX": tested("scenario/test_bombs.py::test_a_bomb_is_a_problem_with_a_place"),
    "scenario.values.DURATION_MS_MAX": Tried(_duration),
    "scenario.texts.TEXTS_MAX": Tried(_texts),
    "scenario.texts.PLACEABLE_NESTING_MAX": Tried(_braces),
    "scenario.personal.TEXT_CHARS_MAX": Tried(_personal),
    "scenario.problems.PROBLEMS_MAX": Shape("how many problems are told of a pack; the last line says that there are more"),
    "compiling.CPU_S_MAX": tested("test_compiling.py::test_the_limits_grow_with_the_pack"),
    "compiling.MEMORY_BYTES_MAX": tested("test_compiling.py::test_memory_has_a_bound"),
    "compiling.WALL_S_MAX": tested("test_compiling.py::test_an_answer_that_does_not_come"),
    "compiling.SAID_CHARS_MAX": tested("test_compiling.py::test_a_compiler_that_dies"),
    "scenario.compile.PARTS_MAX": Shape("set in the compiled pack: into how many parts control may split a team; engine/test_parts.py"),
    "scenario.drawn.DRAWN_MAX": tested("bounds/test_bounds.py::test_drawn_numbers"),
    "scenario.possible.PAIRS_MAX": Shape("beyond it the check of what can never be reached takes a comparison for possible"),
    "scenario.reach.ROUNDS_MAX": Shape("a fixed point that only grows; ends by itself long before"),
    "scenario.schema.POINTS_MAX": tested("bounds/test_bounds.py::test_points_of_a_guide"),
    "scenario.teams.ACTOR_SEATS_MAX": Shape("seats of an actor's part, set in the compiled pack; gateway/test_seats.py tries seats"),
    "scenario.words.ENDING_CHARS_MAX": Shape("how much of a word's end may differ when names are looked for in texts"),
    "scenario.storypicture.LINES_MAX": Shape("a picture for authors"),
    "scenario.storypicture.ROADS_MAX": Shape("a picture for authors"),
    # journal
    "journal.chain.INTEGER_MAX": Tried(_chain_integer),
    "journal.entry.ENTRY_BYTES_MAX": tested("journal/conformance.py::test_an_entry_past_its_bound_is_refused"),
    "journal.export.FRAME_BYTES_MAX": Shape("follows from ENTRY_BYTES_MAX: a frame is an entry and its header; journal/test_export.py damages every byte"),
    "journal.export.SMALL_FRAME_BYTES_MAX": Shape("of the two covers, which have one form; journal/test_export.py damages every byte"),
    "journal.port.BATCH_ENTRIES_MAX": tested("journal/conformance.py::test_a_batch_at_its_bound_is_kept_and_past_it_refused"),
    "journal.receipt.SUBKEYS_MAX": Shape("a cache of derived keys; what is not in it is derived again"),
    "journal.sqlite.GROUP_ENTRIES_MAX": tested("journal/test_sqlite.py::test_appends_that_wait_share_a_commit"),
    "journal.sqlite.WAITING_MAX": tested("journal/test_sqlite.py::test_too_many_appends_are_refused_cleanly"),
    "journal.sqlite.CLOSE_S_MAX": tested("journal/test_sqlite.py::test_a_disk_that_hangs_does_not_hold_close"),
    # room
    "room.inbox.INBOX_VIEWER_MAX": tested("room/test_room.py::test_the_inbox_of_a_viewer_is_bounded"),
    "room.inbox.URGENT_MAX": tested("room/test_room.py::test_urgent_room_is_bounded_too"),
    "room.inbox.INBOX_ROOM_MAX": tested("room/test_room.py::test_the_inbox_of_the_room_is_bounded"),
    "room.reader.STREAMS_MAX": tested("room/test_room.py::test_a_reader_opens_at_most_streams_max"),
    "room.room.PROBLEMS_SAID_MAX": tested("room/test_room.py::test_so_many_problems_of_a_text_are_said"),
    "room.stream.RENDERED_MAX": tested(LAWS + "test_how_many_rendered_frames_are_kept"),
    "room.stream.FRAMES_BEHIND_MAX": tested(LAWS + "test_how_far_behind_a_reader_gets_frames"),
    "room.turn.BATCH_MAX": tested("room/test_room.py::test_a_batch_holds_at_most_batch_max"),
    "room.viewers.CONTROL_SEATS_MAX": tested(LAWS + "test_seats"),
    "room.viewers.OBSERVER_SEATS_MAX": tested(LAWS + "test_seats"),
    # review, rehearsal, logs
    "review.lastpage.GAPS_MAX": tested("review/test_lastpage.py::test_its_lists_are_bounded"),
    "review.lastpage.OTHERS_MAX": Shape("lines of a list on the last page; a longer one says how many more there are"),
    "review.lastpage.THOUGHT_MAX": Shape("lines of a list on the last page"),
    "review.noted.KNOWN_MAX": tested("review/test_noted.py::test_the_sheet_has_a_bound"),
    "review.picture.TICKS_MAX": Shape("times under a picture"),
    "review.routes.HEADER_CHARS_MAX": tested("bounds/test_bounds.py::test_a_browsers_list_of_languages"),
    "rehearsal.stage.SETTLE_TURNS_MAX": Shape("a tool: ends a rehearsal that does not come to rest"),
    "rehearsal.stage.MOMENTS_MAX": Shape("a tool: ends a rehearsal that does not end"),
    "rehearsal.table.PLAYS_NAMED_MAX": Shape("a tool: plays that a table names; the others are counted"),
    "doctor.AHEAD_S_MAX": Tried(_ahead),
    "logs.LINE_CHARS_MAX": tested("test_logs.py::test_a_value_cannot_forge_a_line"),
    # gateway
    "gateway.protocols.CRUMB_BYTES_MAX": tested("gateway/test_hostile_peers.py::test_a_whole_frame_brings_no_rest"),
    "gateway.protocols.FRAGMENTS_MAX": tested("rights/test_rfc6455.py::test_the_line_below_messages"),
    "gateway.protocols.PONGS_BYTES_MAX": tested("rights/test_rfc6455.py::test_who_pings_and_does_not_read_costs_little"),
    "gateway.serving.REQUEST_HEAD_BYTES_MAX": tested("bounds/test_bounds.py::test_the_servers_own_bounds_are_set"),
    "gateway.serving.CONNECTIONS_MAX": tested("bounds/test_bounds.py::test_the_servers_own_bounds_are_set", "bounds/test_bounds.py::test_connections_past_the_servers_bound"),
    "gateway.serving.SHUTDOWN_S_MAX": tested("bounds/test_bounds.py::test_the_servers_own_bounds_are_set"),
    "gateway.static.FILES_MAX": Tried(lambda n, folder: _folder(folder / "client", n)),
    "gateway.static.FILE_BYTES_MAX": Tried(lambda n, folder: _folder(folder / "client", 1, n)),
    "gateway.stream.LINKS_PER_DEVICE_MAX": tested("bounds/test_bounds.py::test_event_streams_of_one_device"),
    "gateway.limits.Bounds.hello_s_max": tested("gateway/test_socket.py::test_who_does_not_greet_in_time_is_sent_away"),
    "gateway.limits.Bounds.stall_s_max": tested("gateway/test_hostile_peers.py::test_a_peer_that_never_reads_holds_nobody_up_and_is_dropped"),
    "gateway.limits.Bounds.close_s_max": tested("gateway/test_hostile_peers.py::test_a_peer_that_never_reads_holds_nobody_up_and_is_dropped"),
    "gateway.limits.Bounds.request_head_s_max": tested("gateway/test_socket.py::test_half_a_request_does_not_hold_a_line"),
    "gateway.limits.Bounds.request_body_s_max": tested("gateway/test_http.py::test_bodies_arrive_in_time"),
    "gateway.limits.Bounds.body_bytes_max": tested("gateway/test_http.py::test_bodies_are_bounded"),
    "gateway.limits.Bounds.write_buffer_bytes_max": tested("gateway/test_hostile_peers.py::test_a_peer_that_never_reads_holds_nobody_up_and_is_dropped"),
    "gateway.limits.Bounds.send_buffer_bytes": tested("gateway/test_hostile_peers.py::test_a_peer_that_never_reads_holds_nobody_up_and_is_dropped"),
    "gateway.limits.Bounds.connections_per_seat_max": tested("gateway/test_connection.py::test_too_many_screens_at_a_seat_close_the_oldest"),
    "gateway.limits.Bounds.connections_per_address_max": tested("gateway/test_socket.py::test_links_per_address_are_bounded"),
    "gateway.limits.Bounds.submits_in_flight_max": tested("gateway/test_connection.py::test_acts_in_flight_are_bounded"),
    "gateway.limits.Bounds.messages_rate": tested("gateway/test_connection.py::test_messages_come_no_faster_than_their_rate"),
    "gateway.limits.Bounds.submits_rate": tested("gateway/test_connection.py::test_acts_come_no_faster_than_their_rate"),
    "gateway.limits.Bounds.api_rate": tested("gateway/test_http.py::test_the_api_has_a_rate_per_address"),
    "gateway.limits.Bounds.wrong_codes_rate": tested("gateway/test_http.py::test_codes_cannot_be_guessed_for_long"),
    "gateway.limits.Bounds.wrong_codes_everywhere_rate": tested("gateway/test_http.py::test_guessing_everywhere_keeps_no_right_code_out"),
    "gateway.limits.Bounds.refusal_lines_rate": tested("rights/test_noted.py::test_nobody_fills_the_log"),
    "gateway.limits.Bounds.addresses_max": Tried(_addresses),
    "gateway.limits.Bounds.devices_per_seat_max": tested("gateway/test_seats.py::test_a_seat_has_a_bound_of_devices"),
    "gateway.limits.Bounds.seats_default_max": Tried(_seats),
    "gateway.limits.Bounds.seats_ever_max": tested("gateway/test_seats.py::test_the_table_has_a_bound"),
    "gateway.limits.Bounds.name_chars_max": Tried(_name),
    "gateway.limits.Bounds.ticket_s_max": Tried(_ticket_after),
    "gateway.limits.Bounds.tickets_per_device_max": Tried(lambda n, _: _tickets(Bounds(), n, one_device=True)),
    "gateway.limits.Bounds.tickets_max": Tried(lambda n, _: _tickets(Bounds(), n, one_device=False)),
    "gateway.limits.Bounds.cookie_s_max": tested(
        "rights/test_live.py::test_the_cookie_is_the_servers_own",
        "gateway/test_seats.py::test_a_token_opens_as_long_as_its_bound_says",
    ),
    "gateway.limits.Bounds.stream_beat_s": tested("gateway/test_socket.py::test_a_quiet_event_stream_beats"),
    "gateway.limits.Bounds.stream_silent_s_max": tested("gateway/test_hostile_peers.py::test_an_event_stream_whose_device_says_nothing_ends"),
}  # fmt: skip
"""Bound, by module and name below `kerege` -> how it is tried."""

BUFFERS: dict[str, str] = {
    "gateway.attendance.Attendance._came": "seats_ever_max",
    "gateway.attendance.Attendance._answered": "seats_ever_max",
    "gateway.attendance.Attendance._lines": "connections_per_seat_max, for each seat that is held",
    "gateway.attendance.Attendance._played": "one for each actor's part of the pack",
    "gateway.attendance.Attendance._telling": "one for each seat that comes or goes; the room's inbox refuses past INBOX_ROOM_MAX",
    "gateway.chance.SeededChance._drawn": "rehearsals only; one for each purpose and subject",
    "gateway.connection.Connection._first": "messages_rate: no message has more than one answer of this sort; read only while the peer reads",
    "gateway.connection.Connection._last": "messages_rate: one receipt for each act; read only while the peer reads",
    "gateway.connection.Connection._streams": "STREAMS_OPEN_MAX",
    "gateway.in_process.InProcessLink._held": "what one look at the streams gives: FRAMES_BEHIND_MAX for each",
    "gateway.limits.Buckets._held": "addresses_max",
    "gateway.seats.Seats._devices": "devices_per_seat_max, for each seat that is held",
    "gateway.seats.Seats._generations": "one for each viewer of the exercise",
    "gateway.socket._Conversation._playing": "submits_in_flight_max, and URGENT_MAX beyond it",
    "gateway.tickets.Tickets._held": "tickets_max",
    "gateway.turns.Turns._gathered": "one for each connection: a connection that is due is not put there again",
    "gateway.turns.Turns._observers": "one for each connection",
    "gateway.turns.Turns._play": "one for each connection",
    "journal.sqlite.SqliteJournal._jobs": "WAITING_MAX",
    "journal.sqlite.SqliteJournal._waiting": "WAITING_MAX",
    "room.answers.Answers._kept": "one for each act of the log: an act that is sent again a week later has its first answer",
    "room.exercise.Exercise.personal": "what the log holds: typed words in which a real person's number was seen",
    "room.exercise.Exercise.stream_of": "one for each viewer",
    "room.exercise.Exercise.streams": "one for each viewer",
    "room.exercise.Exercise.words": "what the log holds: typed words, to be erased",
    "room.inbox.Inbox._of": "one for each viewer",
    "room.inbox.Inbox._queue": "INBOX_ROOM_MAX",
    "room.inbox.Inbox._urgent": "INBOX_ROOM_MAX + URGENT_MAX",
    "room.ports.ManualClock._calls": "rehearsals only",
    "room.ports.ManualClock._waiting": "rehearsals only",
    "room.reader.Reader._at": "STREAMS_MAX",
    "room.reader.Reader._epoch": "STREAMS_MAX",
    "room.room.Room._readers": "one for each connection",
    "room.room.Room._taken": "BATCH_MAX",
    "room.stream.Stream._digests": "languages: 7",
    "room.stream.Stream._frames": "what the log gave this viewer: a phone may come back after days",
    "room.stream.Stream._held_back": "what the log gave an observers' desk within its delay",
    "room.stream.Stream._rendered": "RENDERED_MAX",
    "room.stream.Stream._snapshots": "languages times encodings: 28",
    "room.stream.Stream.woken": "its readers",
    "room.turn.Turn.played": "BATCH_MAX, and as much as falls due",
    "standin.mind.Mind._in_vain": "REQUESTS_MAX",
    "standin.occasions.Occasions.callers": "what its own view holds",
    "standin.occasions.Occasions.named": "what its own view holds",
    "standin.view.HeldView._slot_of": "what its own view holds",
    "standin.view.HeldView._slots": "what its own view holds",
    "standin.view.HeldView.items": "what its own view holds",
}
"""Everything that can grow where peers' messages pass -> what bounds it."""
