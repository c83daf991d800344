"""Settings come from KEREGE_* (and PORT), and wrong ones are refused with their name."""

import datetime as dt
from pathlib import Path

import pytest
from pydantic import ValidationError

from kerege.gateway.announce import announcement, find_lan_address, public_url_for
from kerege.settings import Settings


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    for name in ("PORT", "KEREGE_PORT", "KEREGE_DATA", "KEREGE_DATA_DIR", "KEREGE_HOST"):
        monkeypatch.delenv(name, raising=False)


def test_defaults_are_for_a_venue():
    """Everywhere on the local network, port 8000, data in data/, real chance."""
    settings = Settings()
    assert (settings.listen_host, settings.port, settings.data_dir) == ("0.0.0.0", 8000, Path("data"))
    assert settings.deterministic is None


@pytest.mark.parametrize(
    ("name", "value", "field", "read"),
    [
        ("PORT", "8123", "port", 8123),
        ("KEREGE_PORT", "8123", "port", 8123),
        ("KEREGE_DATA", "/tmp/x", "data_dir", Path("/tmp/x")),
        ("KEREGE_DATA_DIR", "/tmp/x", "data_dir", Path("/tmp/x")),
        ("KEREGE_PUBLIC_URL", "https://a.example/", "public_url", "https://a.example"),
        ("KEREGE_DELETION_DATE", "2026-12-31", "deletion_date", dt.date(2026, 12, 31)),
        ("KEREGE_ORIGINS", '["https://a.example"]', "origins", ("https://a.example",)),
        ("KEREGE_DETERMINISTIC", "0", "deterministic", 0),
        ("KEREGE_LOG_JSON", "1", "log_json", True),
    ],
)
def test_each_is_read_from_its_variable(monkeypatch, name, value, field, read):
    """By its name, in its type."""
    monkeypatch.setenv(name, value)
    assert getattr(Settings(), field) == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("PORT", "x"),
        ("KEREGE_DELETION_DATE", "soon"),
        ("KEREGE_RATE_FACTOR", "0"),
        ("KEREGE_TLS_KEY", "k"),
    ],
)
def test_wrong_ones_are_refused(monkeypatch, name, value):
    """At the start, not in the middle of an exercise."""
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize(
    ("host", "port", "secure", "url"),
    [
        ("127.0.0.1", 8000, False, "http://127.0.0.1:8000"),
        ("127.0.0.1", 80, False, "http://127.0.0.1"),
        ("exercise.example", 443, True, "https://exercise.example"),
        ("::1", 8000, False, "http://[::1]:8000"),
    ],
)
def test_the_public_address_is_what_phones_type(host, port, secure, url):
    """Without a port where it is the usual one."""
    assert public_url_for(host, port, secure=secure) == url


def test_listening_everywhere_the_lan_address_is_shown():
    """Never 0.0.0.0, which no phone can reach."""
    url = public_url_for("0.0.0.0", 8000, secure=False)
    assert url == f"http://{find_lan_address() or '127.0.0.1'}:8000"


def test_the_announcement_says_all():
    """Title, both addresses, and a code to scan."""
    shown = announcement("A case", "http://192.0.2.1:8000", "http://127.0.0.1:8000/#code=x")
    for part in ("A case", "http://192.0.2.1:8000/", "http://127.0.0.1:8000/#code=x", "█"):
        assert part in shown
