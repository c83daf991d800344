"""What looks like a real person's number in words: a note for whoever wrote them, never a refusal and never a proof.

Numbers with a check digit are checked, so that a case number is not taken for one; what has none is told by its form. All
that stands behind `SIM-` is the exercise's own, and so are addresses under .example, .invalid and .test (RFC 2606). The client
has the same table in `model/personal.ts`; `tests/privacy/personal.json` holds both to the same cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable

TEXT_CHARS_MAX = 20_000
"""Of one text that is looked through; what comes after is not."""
FICTIVE = "SIM-"


def _digits(found: str) -> list[int]:
    return [int(each) for each in found if each.isdigit()]


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def _iin(found: str) -> bool:
    """Kazakhstan: YYMMDD, century and sex, four digits, a check digit of two rounds modulo 11."""
    d = _digits(found)
    if not _is_day(d[4] * 10 + d[5], d[2] * 10 + d[3]) or d[6] > 6:
        return False
    check = sum((n + 1) * d[n] for n in range(11)) % 11
    if check == 10:
        check = sum(((n + 2) % 11 + 1) * d[n] for n in range(11)) % 11
    return check == d[11]


def _fourteen(found: str) -> bool:
    """Kyrgyzstan: sex (1, 2), DDMMYYYY, five digits. Uzbekistan: sex and century (1-6), DDMMYY, six digits, a check digit."""
    d = _digits(found)
    if not _is_day(d[1] * 10 + d[2], d[3] * 10 + d[4]) or not 1 <= d[0] <= 6:
        return False
    kyrgyz = d[0] <= 2 and (d[5], d[6]) in {(1, 9), (2, 0)}
    return kyrgyz or sum(d[n] * (7, 3, 1)[n % 3] for n in range(13)) % 10 == d[13]


def _card(found: str) -> bool:
    """Luhn."""
    d = _digits(found)[::-1]
    return sum(d[0::2]) % 10 == -sum(sum(divmod(2 * n, 10)) for n in d[1::2]) % 10 and len(set(d)) > 1


def _iban(found: str) -> bool:
    """ISO 13616: modulo 97."""
    plain = re.sub(r"\s", "", found).upper()
    return 15 <= len(plain) <= 34 and int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _mail(found: str) -> bool:
    return found.lower().rsplit(".", 1)[-1] not in {"example", "invalid", "test"}


def _any(_: str) -> bool:
    return True


_START, _END = r"(?<![\w-])", r"(?![\w-])"
PATTERNS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = tuple(
    (kind, re.compile(_START + pattern + _END, re.IGNORECASE if kind == "mail" else 0), check)
    for kind, pattern, check in (
        ("mail", r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}", _mail),
        ("account", r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?", _iban),
        ("account", r"\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}", _card),
        ("person", r"\d{12}", _iin),
        ("person", r"\d{14}", _fourteen),
        ("person", r"(?:ИНН|РМА|РЯМ|INN|RMA)\W{0,3}\d{9}", _any),
        ("phone", r"(?:\+|00)(?:996|992|998|993)(?:[ ()-]{0,2}\d){8,9}", _any),
        ("phone", r"(?:\+|00)7(?:[ ()-]{0,2}\d){10}", _any),
        ("phone", r"8[ (-]{0,2}[79]\d\d(?:[ )-]{0,2}\d){7}", _any),
        ("document", r"(?:AN|AC|ID|AA|AB|AD|KA|FA|FB) ?№? ?\d{7}", _any),
        ("document", r"N ?№? ?\d{8}", _any),
        ("document", r"I{1,3}-[A-ZŞÝÄÖÜŇÇŽ]{2} ?№? ?\d{6}", _any),
        ("plate", r"\d{3} ?[ABCEHKMOPTXY]{3} ?(?:0[1-9]|1\d|20)", _any),
        ("plate", r"0\d ?KG ?\d{3} ?[A-Z]{3}", _any),
        ("plate", r"(?:01|10|20|25|30|40|50|60|70|75|80|85|90|95) ?[A-Z] ?\d{3} ?[A-Z]{2}", _any),
        ("plate", r"\d{4} ?[A-Z]{2} ?0[1-8]", _any),
    )
)
"""Kind, form, further check. Passports are of the series that Kyrgyz, Uzbek, Kazakh and Turkmen ones bear."""
KINDS = ("person", "phone", "document", "account", "mail", "plate")


def personal_in(text: str) -> list[str]:
    """The kinds of real numbers that a text seems to hold, in the order of KINDS; [] for none."""
    plain = text[:TEXT_CHARS_MAX].replace("\u00a0", " ")
    found = {kind for kind, pattern, check in PATTERNS for each in pattern.finditer(plain) if _is_real(each, check)}
    return [kind for kind in KINDS if kind in found]


def _is_real(found: re.Match[str], check: Callable[[str], bool]) -> bool:
    return FICTIVE not in found[0].upper() and check(found[0])
