"""The red lines of content as patterns: words that no text may use, and numbers that might be somebody's.

A pattern cannot judge a story; people who know the field do (pack.yaml, `reviewed`). It keeps out what is never right.
Each line has examples that it must catch and, where a near word is innocent, words that it must leave alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
TEXTS = (
    "scenarios/*/texts/**/*.ftl",
    "server/kerege/**/*.ftl",
    "server/kerege/review/templates/*.html",
    "client_web/src/**/*.ftl",
)
LISTS = ("scenarios/**/*.yaml", "server/kerege/scenario/starter/**/*.yaml")
PACKS = "scenarios/"
"""Where stories stand: some lines are about stories only."""

Found = tuple[str, int, str, str]
"""File, line, the red line's name, what was found."""


@dataclass(frozen=True)
class RedLine:
    """One pattern. `stories`: only in packs; `languages`: only in texts of these; `labels`: only in keys that begin so."""

    name: str
    pattern: str
    caught: tuple[str, ...]
    innocent: tuple[str, ...] = ()
    stories: bool = False
    languages: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    def finds(self, text: str) -> list[str]:
        return [found.group().strip() for found in re.finditer(self.pattern, text, re.IGNORECASE)]

    def covers(self, file: str, key: str) -> bool:
        """Whether it is about this text of this file."""
        language = language_of(file)
        return (
            (not self.stories or file.startswith(PACKS))
            and (not self.languages or language in self.languages or not language)
            and (not self.labels or key.startswith(self.labels))
        )


PERSONS = (
    RedLine("prostitute", r"\bprostitut\w*|\bhookers?\b|\bwhores?\b", ("prostitutes", "prostitution")),
    RedLine(
        "проститутка",
        r"\bпроститу\w*|\bшлюх\w*|\bпутан[аыеу]\b",
        ("проститутками", "проституцией", "Проститутка"),
        ("путаница",),
    ),
    RedLine("сойку", r"\bсойку\w*", ("сойкулар",), languages=("ky",)),
    RedLine("slave", r"\bslaves?\b|\benslav\w*", ("slave", "slaves", "enslaved"), ("Slavic",)),
    RedLine(
        "раб",
        r"\bраб(?:а|у|ом|е|ы|ов|ам|ами|ах)?\b|\bрабын\w*|\bрабск\w*|\bневольни[кц]\w*",
        ("раб", "рабов", "рабынями", "рабский", "невольницы"),
        ("работа", "рабочее", "работник"),
    ),
    RedLine("кул", r"\bкул(?:дар\w*|га|ду|дун|да|дан)?\b", ("кулдар", "кулга"), ("кулак",), languages=("ky",)),
    RedLine(
        "illegal migrant",
        r"\billegal(?:ly)?[ -](?:im)?migra\w*|\billegals\b|\billegal (?:worker|alien|person|wom[ae]n|people)\w*",
        ("illegal migrants", "illegal immigration", "illegals", "illegal workers"),
        ("an illegal search",),
    ),
    RedLine(
        "нелегал",
        r"\bнелегал(?:\b|[аыуео]\w*|к\w*)|\bнелегальн\w+ (?:\w+ )?(?:им)?мигра\w*|\bнезаконн\w+ (?:им)?мигрант\w*",
        ("нелегалы", "нелегалка", "нелегальных трудовых мигрантов", "незаконный мигрант"),
        ("нелегальный вход",),
    ),
    RedLine("мыйзамсыз мигрант", r"\bмыйзамсыз мигрант\w*", ("мыйзамсыз мигранттар",), languages=("ky",)),
    RedLine(
        "rescued girl",
        r"\brescued? (?:\w+ )?(?:girls?|wom[ae]n|victims?|ladies)\b|\bgirls? (?:was|were) rescued\b",
        ("rescued girl", "rescue the girls", "rescued young women"),
        ("rescue service",),
    ),
    RedLine(
        "спасённая девушка",
        r"\bспас(?:[её]нн?|ти|ли|ать|ут|[её]м)\w* (?:\w+ )?(?:девуш\w*|девоч\w*|женщин\w*|жертв\w*)",
        ("спасённые девушки", "спасти бедных женщин", "спасенная девушка"),
        ("служба спасения",),
    ),
    RedLine(
        "pimp", r"\bpimps?\b|\bсут[её]н[её]р\w*|\bмамк[аиуе]\b|\bмамой-сан\b", ("pimps", "сутенёру", "сутенер", "мамка")
    ),
    RedLine(
        "real girl-words",
        r"\bgirls\b(?=[^.\n]*\bsalon\b)|\bдевочк\w*(?=[^.\n]*\bсалон)",
        ("girls of the salon", "девочки в салоне"),
    ),
)

PLAY = (
    RedLine("trap", r"\btrap(?:s|ped|ping)?\b", ("trap", "Traps", "trapped"), ("trapezoid", "strap")),
    RedLine("ловушка", r"\bловуш\w*|\bкапкан\w*|\bзападн[яюеи]\b", ("ловушки", "капкан", "западня"), ("западный",)),
    RedLine("тузак", r"\bтузак\w*", ("тузагы и тузакка",), languages=("ky",)),
    RedLine("mistake", r"\bmistak\w*|\bblunder\w*", ("mistake", "mistaken", "blunder")),
    RedLine("ошибка", r"\bошиб\w*", ("ошибка", "ошиблись", "Ошибочно"), ("сшиблись",)),
    RedLine(
        "score", r"\bscor(?:e[ds]?|ing)\b|\bpoints? (?:won|earned|lost)\b", ("score", "harm score", "scored", "scoring")
    ),
    RedLine(
        "балл",
        r"\bбалл(?:|а|у|ом|е|ы|ов|ам|ами|ах)\b|\bнабра\w+ очк\w*",
        ("баллы", "балл", "набрали очков"),
        ("баллон",),
    ),
    RedLine("упай", r"\bупай\w*", ("упайлар",), languages=("ky",)),
    RedLine(
        "win",
        r"\bwin(?:s|ner|ners|ning)?\b|\bwon\b(?!['’]t)|\bvictor(?:y|ious)\b|\blosers?\b",
        ("win", "winners", "won", "victory"),
        ("window", "won't", "won’t", "wine", "Viktor"),
    ),
    RedLine(
        "выиграть",
        r"\bвыигр\w*|\bпроигр(?:а|ы)(?:л|т|в)\w*|\bпобе(?:д|жд)\w*",
        ("выиграли", "проиграла", "победитель", "побеждает"),
    ),
    RedLine("жеңиш", r"\bжеңиш\w*|\bжеңүүчү\w*|\bутуш\w*", ("жеңиш", "утуш"), languages=("ky",)),
    RedLine(
        "not civilian",
        r"\bотбо[йяюе]\w* учени\w*|\bнаращивани\w* обстановк\w*",
        ("отбой учения", "план наращивания обстановки"),
    ),
    RedLine(
        "organiser is the word",
        r"\bcontrollers?\b|\bконтрол[её]р\w*",
        ("controller", "контролёры"),
        ("control", "контроль"),
        stories=True,
    ),
    RedLine("endorsement", r"\bOSCE\b|\bОБСЕ\b|\bЕККУ\b", ("OSCE", "ОБСЕ"), stories=True),
)

SCENES = (
    RedLine(
        "shown or described", r"\b(?:nud(?:e|ity)|naked|undress\w*|porn\w*|erotic\w*|intercourse|sexy|rap(?:e|ed|es|ist)|molest\w*)\b",
        ("naked", "pornography", "raped", "undressed"), ("grape", "rapid"),
    ),
    RedLine(
        "показано или описано", r"\bобнаж\w*|\bголы[ехйм]\w*|\bраздет\w*|\bпорно\w*|\bэротич\w*|\bизнасил\w*|\bполов\w+ акт\w*|\bинтим\w*",
        ("обнажённая", "порнография", "изнасилование", "половой акт", "интимный"), ("половина",),
    ),
    RedLine(
        "methods of special forces", r"\bweapons?\b|\bfirearms?\b|\bassault route\w*|\bоружи\w*|\bштурм\w*|\bчисленност\w*",
        ("weapons", "оружие", "штурмовая группа"), labels=("form-", "field-", "param-", "option-", "choice-"),
    ),
    RedLine(
        "a country of this world",
        r"\b(?:Kyrgyz\w*|Kazakh\w*|Uzbek\w*|Tajik\w*|Turkmen\w*|Russia\w*|Ukrain\w*|Belarus\w*|Afghan\w*|Chin(?:a|ese)|Turk(?:ey|ish)"
        r"|Киргиз\w*|Кыргыз\w*|Казах\w*|Узбек\w*|Таджик\w*|Туркмен\w*|Росси\w*|Украин\w*|Беларус\w*|Афган\w*|Кита(?:й|я|е|ю)\w*|Турци\w*"
        r"|Dreamland|Poorland|Middelland|Transvaland|Warland|Eastland)\b",
        ("Uzbekistan", "Россией", "Кыргызстан", "Transvaland"), ("Marevia", "туркомплекс"), stories=True,
    ),
    RedLine(
        "a people or faith beside an offence",
        r"\b(?:Roma|Gyps(?:y|ies)|Muslims?|Jew(?:s|ish)?|Christians?|цыган\w*|мусульман\w*|евре[йеяю]\w*|христиан\w*|кавказ\w*)\b",
        ("Gypsies", "цыганка", "мусульмане"), ("romance",), stories=True,
    ),
)  # fmt: skip

SIM = re.compile(r"\bSIM-[\w-]+(?:[ -]\d{2,4}\b)*")
"""What is visibly nobody's."""

NUMBERS = (
    RedLine("long number", r"(?<![\w.])\+?\d(?:[ \u00a0().–-]{0,2}\d){6,}", ("+996 555 12 34 56", "0555123456", "4417 0093 1"), ("100 000",)),
    RedLine("five digits", r"(?<![\w.,])\d{5,6}(?!\w|[.,]\d)", ("55501", "720040"), ("1984",)),
    RedLine("IBAN", r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{2,4}){3,}\b", ("KG12 0000 1111 2222", "MR07ABCD12345678")),
    RedLine("plate", r"\b(?-i:[A-ZА-ЯЁ]{1,3}[ -]?\d{3,4}(?:[ -]?[A-ZА-ЯЁ]{1,3})?|\d{2,4}[ -]?[A-ZА-ЯЁ]{2,3})\b",
            ("KR 482", "01 KG", "А123ВС", "482-KR"), ("seat 14", "M30")),
    RedLine("emergency or short number",
            r"\b(?:call|dial|ring|phone|hotline|позвон\w*|звон\w*|набер\w*|набра\w*|телефон\w*|горяч\w+ лини\w*)[^\w\n]{0,3}(?:on |at |to |по |в |номер\w* )*[^\w\n]{0,3}\d{2,4}\b",
            ("Dial 112", "call 911", "позвоните 102", "горячая линия 1455"), ("ring twice",), stories=True),
    RedLine("wallet", r"\b0x[0-9a-f]{6,}|\bbc1[a-z0-9]{6,}|\b[13][a-km-zA-HJ-NP-Z1-9]{25,34}\b", ("0x12ab34cd", "bc1qar0srrr7xf")),
    RedLine("address on the net",
            r"(?:https?://|www\.)(?![\w.-]+\.(?:example|invalid|test)\b)\S+|\b[\w.-]+@(?![\w.-]+\.(?:example|invalid|test)\b)[\w-]+\.\w+"
            r"|\b[\w-]+\.(?:com|org|net|info|kg|ru|kz|uz|biz|online|me)\b",
            ("www.massage.com", "https://x.kg", "anna@mail.ru"), ("reed.example", "https://reed.invalid/a"), stories=True),
)  # fmt: skip

ALL = (*PERSONS, *PLAY, *SCENES, *NUMBERS)

EXPRESSIONS = frozenset({"if", "when", "requires", "advice", "becomes", "value"})
"""Keys of YAML whose values are conditions."""

NUMBER_FIELDS = re.compile(r"(?:^|_)(?:plate|number|phone|iban|wallet|account_number)$")
"""Fields whose texts are somebody's number in the story: they begin with SIM-."""


def judge(file: str, raw: str) -> list[Found]:
    """All that one file crosses. What begins with SIM- is nobody's number."""
    whole, plain, begins = "", "", []
    before = None
    for line, key, text in pieces(Path(file), raw):
        gap = (
            " " if file.endswith(".ftl") and key == before else "\n"
        )  # a phrase may run over a line's end, not into another text
        before = key
        begins.append((len(whole + gap), line, key))
        whole += gap + text
        plain += gap + (
            "_" * len(text) if is_code(file, key, text) else SIM.sub(lambda found: "_" * len(found[0]), text)
        )
    return [
        (file, line, red.name, found.group().strip())
        for red in ALL
        for found in re.finditer(red.pattern, plain if red in NUMBERS else whole, re.IGNORECASE)
        for _, line, key in [begins[bisect_right(begins, (found.start(), len(whole), "")) - 1]]
        if red.covers(file, key)
    ]


def is_code(file: str, key: str, text: str) -> bool:
    """Whether a value of a list is a condition, an id or `thing.field`: its numbers are seconds and amounts, and nobody's."""
    if not file.endswith(".yaml"):
        return False
    return key in EXPRESSIONS or "." in key or re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)?", text) is not None


def language_of(file: str) -> str:
    """The language of a file of texts, else nothing."""
    path = Path(file)
    if path.suffix != ".ftl":
        return ""
    return path.parent.name if path.parent.name != "texts" else path.stem.rpartition(".")[2]


def pieces(path: Path, raw: str) -> Iterator[tuple[int, str, str]]:
    """Line, key and text of everything in a file that somebody may read."""
    if path.suffix == ".yaml":
        yield from _yaml(raw)
        return
    key = ""
    for number, line in enumerate(raw.splitlines(), start=1):
        if path.suffix == ".ftl":
            if line.startswith("#"):
                continue
            begins = re.match(r"([a-z][\w-]*) *= ?", line)
            key = begins[1] if begins else key
            line = line[begins.end() :] if begins else line  # noqa: PLW2901
            line = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", line)  # noqa: PLW2901 - what a mark states is an id, and is not read
        yield number, key, line.strip()


def _yaml(raw: str) -> Iterator[tuple[int, str, str]]:
    """Every value with the key above it; keys are nobody's reading, but a value may be a title, a reason, a number."""
    todo = [("", yaml.compose(raw, Loader=yaml.SafeLoader))]
    while todo:
        key, node = todo.pop()
        if isinstance(node, yaml.MappingNode):
            todo += [(name.value, value) for name, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            todo += [(key, each) for each in node.value]
        elif isinstance(node, yaml.ScalarNode):
            yield node.start_mark.line + 1, key, node.value


def files() -> list[Path]:
    """All files whose words reach somebody."""
    return sorted({path for pattern in (*TEXTS, *LISTS) for path in ROOT.glob(pattern)})
