"""Codes let people in, devices find their seat again, and what is revoked opens nothing."""

import sqlite3

import pytest

from kerege.gateway.chance import SeededChance, SystemChance
from kerege.gateway.codes import CODE_ALPHABET, CODE_LENGTH, derive_code, read_code
from kerege.gateway.limits import Bounds
from kerege.gateway.seats import JoinRefused, Seats, clean_name
from tests.gateway.fakes import FakeRoom, build_house


def refused(seats, *arguments) -> str:
    with pytest.raises(JoinRefused) as caught:
        seats.join(*arguments)
    return caught.value.code


def test_codes_are_short_and_can_be_read_aloud(house):
    """Six characters without look-alikes, different for every viewer, the same when asked again."""
    codes = {house.seats.code_of(viewer) for viewer in house.room.viewers}
    assert len(codes) == len(house.room.viewers)
    for code in codes:
        assert len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET)
    assert not set("01IO") & set(CODE_ALPHABET)
    assert house.seats.code_of("patrol") == house.seats.code_of("patrol")


def test_a_code_is_read_as_people_type_it(house):
    """Small letters, spaces and hyphens do not matter."""
    code = house.seats.code_of("patrol")
    for typed in (code.lower(), f"{code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}", f"  {code}\u00a0"):
        assert house.seats.viewer_of(typed) == "patrol"
    assert read_code("k7–q2") == "K7Q2"


def test_codes_differ_between_exercises():
    """Yesterday's code of the same team opens nothing today."""
    assert derive_code(b"k", "one", "patrol", 0) != derive_code(b"k", "two", "patrol", 0)


def test_a_code_admits_as_many_as_the_team_has_seats(house):
    """At the bound one is let in, past it nobody; a seat that was left is free again."""
    seats = [house.sit("patrol") for _ in range(3)]
    code = house.seats.code_of("patrol")
    assert refused(house.seats, code, "en", "", None, None) == "team_full"
    assert house.seats.sign_out(seats[0].device).gone
    assert house.sit("patrol").seat.id not in {joined.seat.id for joined in seats}


def test_a_returning_device_finds_its_seat(house):
    """Same code, same cookie: the same seat, no new token; language and name follow."""
    first = house.sit("patrol")
    again = house.seats.join(house.seats.code_of("patrol"), "ru", "Aigul", None, first.token)
    assert (again.seat.id, again.token, again.device) == (first.seat.id, None, first.device)
    assert (again.seat.language, again.seat.name) == ("ru", "Aigul")
    assert len(house.seats.seats_of("patrol")) == 1


def test_a_second_device_joins_a_seat_by_code_and_seat(house):
    """Each device has its own token; both lead to the one seat."""
    first = house.sit("patrol")
    second = house.seats.join(house.seats.code_of("patrol"), "en", "", first.seat.id.lower(), None)
    assert second.seat.id == first.seat.id and second.token != first.token
    assert house.seats.find(first.token)[0].id == house.seats.find(second.token)[0].id
    assert house.seats.sign_out(second.device).gone is False
    assert house.seats.find(first.token) is not None


def test_a_seat_is_joined_only_with_its_own_teams_code(house):
    """Another team's seat, a seat that was left and a seat that never was get one and the same answer."""
    social, gone = house.sit("social"), house.sit("patrol")
    house.seats.revoke(gone.seat.id)
    code = house.seats.code_of("patrol")
    answers = {refused(house.seats, code, "en", "", seat, None) for seat in (social.seat.id, gone.seat.id, "ZZZZZZZZ")}
    assert answers == {"no_such_code"}


def test_a_seat_has_a_bound_of_devices(house):
    """At the bound a device is added, past it none."""
    first = house.sit("patrol")
    code = house.seats.code_of("patrol")
    for _ in range(Bounds().devices_per_seat_max - 1):
        house.seats.join(code, "en", "", first.seat.id, None)
    assert refused(house.seats, code, "en", "", first.seat.id, None) == "too_many_devices"


def test_the_table_has_a_bound():
    """Even revoked seats count, so that nobody fills the disk by joining and leaving."""
    house = build_house(Bounds(seats_ever_max=2))
    for _ in range(2):
        house.seats.sign_out(house.sit("patrol").device)
    assert refused(house.seats, house.seats.code_of("patrol"), "en", "", None, None) == "no_more_seats"
    house.seats.close()


def test_a_new_code_replaces_the_old_one(house):
    """The old code opens nothing, those who sit there stay."""
    joined = house.sit("patrol")
    old = house.seats.code_of("patrol")
    new = house.seats.renew_code("patrol")
    assert house.seats.viewer_of(old) is None
    assert house.seats.viewer_of(new) == "patrol"
    assert house.seats.find(joined.token) is not None


def test_controls_link_opens_once(house):
    """The first device that joins by it has used it; a newer link kills the older."""
    older, newer = house.seats.new_link("control"), house.seats.new_link("control")
    assert house.seats.viewer_of(older) is None
    assert house.seats.viewer_of(newer) == house.seats.viewer_of(newer) == "control"
    assert house.seats.join(newer, "en", "", None, None).seat.viewer == "control"
    assert refused(house.seats, newer, "en", "", None, None) == "no_such_code"


def test_control_has_no_code(house):
    """Six characters never open control."""
    assert house.seats.viewer_of(house.seats.code_of("control")) is None


def test_a_revoked_seat_opens_nothing(house):
    """All its devices are out, and it is nobody's."""
    joined = house.sit("patrol")
    assert house.seats.revoke(joined.seat.id) == [joined.device]
    assert house.seats.find(joined.token) is None
    assert house.seats.revoke(joined.seat.id) is None
    assert house.seats.sign_out(joined.device) is None


NOW_MS = 1_790_000_000_000


class Wall:
    """The wall clock of a seat table."""

    def __init__(self, at_ms: int = NOW_MS) -> None:
        self.at_ms = at_ms

    def __call__(self) -> int:
        return self.at_ms


def aging(wall: Wall, path=None, **bounds):
    """A house whose seat table reads this wall clock."""
    house = build_house(Bounds(**bounds), path=path)
    house.seats._now_ms = wall
    house.seats._date_devices()  # as opening with that clock does
    return house


def test_a_token_opens_as_long_as_its_bound_says():
    """At the bound it opens, a millisecond later neither the cookie nor a ticket taken for it does; joining anew gives another."""
    wall = Wall()
    house = aging(wall)
    joined = house.sit("patrol")
    wall.at_ms += Bounds().cookie_s_max * 1000
    ticket = house.desk.tickets.issue(joined.device)
    assert house.seats.find(joined.token)[0] == joined.seat
    wall.at_ms += 1
    assert house.seats.find(joined.token) is None
    assert house.desk.admit(ticket) is None
    again = house.sit("patrol", joined.token)
    assert again.token not in {None, joined.token} and house.seats.find(again.token) is not None
    assert house.seats.find(joined.token) is None
    house.seats.close()


def test_a_token_grows_old_over_a_restart(tmp_path):
    """The time stands in the file: a restart makes nothing young again."""
    path, wall = tmp_path / "seats.sqlite3", Wall()
    house = aging(wall, path)
    joined = house.sit("patrol")
    house.seats.close()
    wall.at_ms += Bounds().cookie_s_max * 1000
    for opens in (True, False):
        again = aging(wall, path)
        assert (again.seats.find(joined.token) is not None) is opens
        again.seats.close()
        wall.at_ms += 1


def test_what_has_grown_old_leaves_its_place():
    """The seat is free for others; nobody else is signed out."""
    wall = Wall()
    house = aging(wall)
    old = house.sit("patrol")
    wall.at_ms += Bounds().cookie_s_max * 1000
    young = house.sit("patrol")
    assert house.seats.expire() == []
    wall.at_ms += 1
    [(seat, device)] = house.seats.expire()
    assert (seat.id, seat.gone, device) == (old.seat.id, True, old.device)
    assert [seat.id for seat in house.seats.seats_of("patrol")] == [young.seat.id]
    assert house.seats.find(young.token) is not None
    house.seats.close()


def test_a_table_of_a_server_that_kept_no_times_is_counted_from_its_upgrade(tmp_path):
    """Nobody is signed out by an upgrade, and nobody keeps a seat for ever by it."""
    path, wall = tmp_path / "seats.sqlite3", Wall()
    house = build_house(path=path)
    joined = house.sit("patrol")
    house.seats.close()
    with sqlite3.connect(path) as older:
        older.execute("ALTER TABLE devices DROP COLUMN issued_ms")
        assert [row[1] for row in older.execute("PRAGMA table_info(devices)")] == ["digest", "seat"]
    older.close()
    upgraded = aging(wall, path)
    assert upgraded.seats.find(joined.token)[0] == joined.seat
    upgraded.seats.close()
    wall.at_ms += Bounds().cookie_s_max * 1000
    for opens in (True, False):
        again = aging(wall, path)
        assert (again.seats.find(joined.token) is not None) is opens
        again.seats.close()
        wall.at_ms += 1


def test_a_clock_that_is_set_in_the_middle_signs_nobody_out():
    """A laptop that began in 1970 gets the time from the network: its tokens count from then."""
    wall = Wall(5_000)
    house = aging(wall)
    joined = house.sit("patrol")
    wall.at_ms = NOW_MS
    assert house.seats.find(joined.token) is not None
    assert house.seats.expire() == []
    wall.at_ms += Bounds().cookie_s_max * 1000
    assert house.seats.find(joined.token) is not None
    wall.at_ms += 1
    assert house.seats.find(joined.token) is None
    house.seats.close()


def test_an_erased_person_leaves_no_time_behind(tmp_path):
    """When a device came is gone with the device, from the table and from the file."""
    path = tmp_path / "seats.sqlite3"
    for erase in ("one", "all"):
        wall = Wall()
        house = aging(wall, path)
        joined = house.sit("patrol")
        if erase == "one":
            house.seats.erase(joined.seat.id)
        else:
            house.seats.forget_everybody()
        assert house.seats.find(joined.token) is None
        house.seats.close()
        stamp = NOW_MS.to_bytes(6, "big")  # as SQLite writes it
        assert not [file for file in tmp_path.iterdir() if stamp in file.read_bytes()]


@pytest.mark.parametrize("token", [None, "", "x", "é" * 40])
def test_a_wrong_token_opens_nothing(house, token):
    """Whatever a cookie holds."""
    assert house.seats.find(token) is None


def test_everything_survives_a_restart_and_no_secret_is_in_the_file(tmp_path):
    """Seats, devices, codes and links are found again; codes and tokens are not in the file."""
    path = tmp_path / "seats.sqlite3"
    house = build_house(path=path)
    joined, gone = house.sit("patrol"), house.sit("patrol")
    house.seats.revoke(gone.seat.id)
    code, link = house.seats.renew_code("patrol"), house.seats.new_link("control")
    house.seats.close()
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert not [secret for secret in (code, link, joined.token) if secret.encode() in content]
    again = build_house(path=path)
    assert again.seats.find(joined.token)[0] == joined.seat
    assert again.seats.find(gone.token) is None
    assert again.seats.code_of("patrol") == code
    assert again.seats.viewer_of(link) == "control"
    again.seats.close()


def test_another_exercises_table_is_refused(tmp_path):
    """A mixed-up file is noticed before anybody is let in."""
    path = tmp_path / "seats.sqlite3"
    build_house(path=path).seats.close()
    with pytest.raises(ValueError, match="belongs to the exercise"):
        Seats(path, "another", b"k", FakeRoom().viewers, SystemChance(), Bounds(), lambda: 0)


def test_the_table_has_one_owner(tmp_path):
    """A second server on the same file is refused."""
    path = tmp_path / "seats.sqlite3"
    house = build_house(path=path)
    with pytest.raises(sqlite3.OperationalError):
        sqlite3.connect(path, timeout=0).execute("SELECT * FROM seats")
    house.seats.close()


def test_names_can_be_erased(tmp_path):
    """As participants are promised; nothing of them stays in the file."""
    path = tmp_path / "seats.sqlite3"
    house = build_house(path=path)
    house.seats.join(house.seats.code_of("patrol"), "en", "Unmistakable Name", None, None)
    assert house.seats.forget_names() == 1
    house.seats.close()
    assert not [file for file in tmp_path.iterdir() if b"Unmistakable" in file.read_bytes()]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Aigul \t B. ", "Aigul B."),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("a\u0301\u0301\u0301\u0301\u0301", "á\u0301\u0301"),
        ("line\nbreak\u2028x\x00", "line break x"),
        ("Ai\u200bg\u200du\u2060l\u00ad", "Aigul"),
        (" \u200d\u2066\u2069\ufeff", ""),
        ("n" * 100, "n" * 40),
        ("<b>Ӯ</b>", "<b>Ӯ</b>"),
    ],
)
def test_names_are_cleaned(typed, kept):
    """No direction tricks, towers of marks, control characters or novels; the page shows it as text."""
    assert clean_name(typed, 40) == kept


def test_seeded_draws_depend_only_on_what_they_are_for():
    """One team's draws never shift another's; the system's draws never repeat."""
    one, two = SeededChance("seed"), SeededChance("seed")
    one.draw("seat", "social", 8)
    assert one.draw("seat", "patrol", 8) == two.draw("seat", "patrol", 8)
    assert one.draw("seat", "patrol", 8) != two.draw("seat", "social", 8)
    assert SystemChance().draw("seat", "patrol", 32) != SystemChance().draw("seat", "patrol", 32)
