"""What an author leaves to chance, compiled."""

import shutil
from pathlib import Path

from kerege.engine.pack import Add, Between, Set
from kerege.scenario import load_pack

HERE = Path(__file__).parent
RULES = """
- id: word_gets_round
  when: {learnt: {by: patrol, fact: aman.role, value: cook}}
  delay: {between: [90s, 1h]}
  then: [{set: {patrol_1.fuel: {between: [0, 100]}}}, {add: {patrol_1.fuel: {between: [-5, 5]}}}]
  cause: cause_word
"""


def test_bounds_stand_in_the_compiled_pack(tmp_path):
    """A delay in seconds; numbers at the very bounds of their field."""
    shutil.copytree(HERE / "packs", tmp_path, dirs_exist_ok=True)
    pack = tmp_path / "tea-house"
    rules = (pack / "rules.yaml").read_text(encoding="utf-8").partition("- id: after_greeting")
    (pack / "rules.yaml").write_text(RULES + "".join(rules[1:]), encoding="utf-8")
    shutil.copy(HERE / "bad" / "drawn" / "kinds.yaml", pack / "kinds.yaml")
    for text in (pack / "texts").glob("*.ftl"):
        text.write_text(text.read_text(encoding="utf-8") + "\nfield-fuel = fuel\n", encoding="utf-8")
    first = load_pack(pack).rules[0]
    assert (first.delay_ms, first.delay_drawn) == (0, Between(90, 3600))
    assert first.effects == (
        Set("patrol_1", "fuel", None, Between(0, 100)),
        Add("patrol_1", "fuel", None, Between(-5, 5)),
    )
