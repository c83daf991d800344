"""The conversation's table: what may come when, and that the first fault ends it."""

import msgspec
import pytest

from kerege.wire.closing import GOODBYES
from kerege.wire.codec import encode_client
from kerege.wire.messages import Beat, Close, Hello, Open, Speak, Submit
from kerege.wire.session import NEXT, PROTOCOLS, Phase, Session

HELLO = Hello("t" * 24)
OTHERS = [Submit("12345678", 0, msgspec.Raw(b"\x80")), Open("k1"), Close("k1"), Speak("ru"), Beat()]


def said(session: Session, message) -> object:
    return session.receive(encode_client(message, session.encoding))


@pytest.fixture(params=sorted(PROTOCOLS.values()))
def session(request):
    return Session(request.param)


@pytest.mark.parametrize("message", OTHERS, ids=lambda message: type(message).__name__)
def test_before_a_hello_nothing_else_is_read(session, message):
    """Whoever does not greet is sent away."""
    assert said(session, message) is None
    assert (session.phase, session.fault) == (Phase.OVER, "hello_first")


@pytest.mark.parametrize("message", OTHERS, ids=lambda message: type(message).__name__)
def test_after_a_hello_everything_else_is_read(session, message):
    """Hello, then anything but Hello."""
    assert said(session, HELLO) == HELLO
    assert said(session, message) == message
    assert session.phase is Phase.TALKING


def test_hello_is_said_once(session):
    """A second Hello ends the link: a seat is never changed on one."""
    said(session, HELLO)
    assert said(session, HELLO) is None
    assert session.fault == "hello_twice"


def test_the_first_fault_ends_it(session):
    """After bad bytes nothing is looked at, and the reason stands."""
    said(session, HELLO)
    assert session.receive(b"\xc1") is None
    assert session.fault == "bad_bytes"
    assert said(session, Beat()) is None
    session.end("revoked")
    assert session.fault == "bad_bytes"


def test_we_may_end_it(session):
    """The socket's owner ends it with a code of the table; no other code exists."""
    session.end("hello_late")
    assert (session.phase, session.fault) == (Phase.OVER, "hello_late")
    with pytest.raises(AssertionError):
        Session("json").end("whatever")


def test_the_table_is_whole():
    """Every message has its phase, and nothing may come once it is over."""
    assert {kind for _, kind in NEXT} == {type(message) for message in [HELLO, *OTHERS]}
    assert not any(phase is Phase.OVER for phase, _ in NEXT)


def test_close_numbers_are_ours_or_the_standards():
    """Numbers in the private range, or those of RFC 6455 with their meaning."""
    for code, closing in GOODBYES.items():
        assert closing.number in {1003, 1009, 1012} or 4000 <= closing.number <= 4999, code
        assert closing.text
