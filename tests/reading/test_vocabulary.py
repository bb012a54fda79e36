"""Vocabulary: what is found and where, what is left alone, and what is said about a faulty list."""

from __future__ import annotations

import json
import re
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from deckbuilder import commands
from deckbuilder.checks.wording import check_wording
from deckbuilder.diagnostics import Diagnostic, Diagnostics
from deckbuilder.reading.deck import read_deck
from deckbuilder.reading.vocabulary import read_vocabulary, shipped_lists
from deckbuilder.theme.pack import read_theme
from tools import SOURCES

LIST = """\
language: en
link: https://example.org/words
except: [Substance Abuse and Mental Health Services Administration]
terms:
  - pattern: [addict, drug addict]
    preferred: [person with a substance use disorder, person who uses drugs]
    reason: The person comes first.
  - pattern: substance abuse
    preferred: substance use
  - pattern: drug abuser
    preferred: person who uses drugs
    level: error
  - pattern: '/\\brelaps(e|es|ed)\\b/'
    preferred: return to use
    except: relapse prevention
"""


def deck(folder: Path, slides: str, head: str = "vocabulary: words.yaml", words: str = LIST) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "words.yaml").write_text(words, encoding="utf-8")
    body = textwrap.indent(textwrap.dedent(slides).strip(), "      ")
    (folder / "deck.yaml").write_text(
        f"title: Words\nlanguage: en-US\n{head}\nsections:\n  - title: One\n    slides:\n{body}\n", encoding="utf-8"
    )
    return folder


def findings(folder: Path) -> list[Diagnostic]:
    problems = Diagnostics()
    reading = read_deck(folder, None, problems)
    problems = Diagnostics()
    check_wording(reading.deck, reading.session, reading.vocabulary, problems)
    return list(problems)


def found(folder: Path) -> list[str]:
    return [d.message.split("'")[1] for d in findings(folder)]


def said(folder: Path, text: str, **more: str) -> list[str]:
    """What is found in a slide's text, given as a YAML double-quoted scalar."""
    slides = f"- kind: narrative\n  title: A story\n  text: {json.dumps(text, ensure_ascii=False)}"
    return found(deck(folder, slides, **more))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("An addict and a drug addict.", ["addict", "drug addict"]),
        ("ADDICT, Addict, addict’s", ["ADDICT", "Addict", "addict"]),
        ("Addiction, addicted, a non-addict", ["addict"]),
        ("sub**stance** abuse and *substance* `code` abuse", ["substance abuse"]),
        ("substance\nabuse, substance-abuse, substance\u00a0abuse, sub\u00adstance abuse", ["substance"] * 4),
        ("[substance](https://example.org/addict) abuse", ["substance abuse"]),
        ("a [[drug addict]] gap", ["drug addict"]),
        ("He relapsed; relapse prevention helps", ["relapsed"]),
        ("substance.\n\nabuse", []),
    ],
)
def test_terms_are_found_as_readers_see_them(tmp_path: Path, text: str, words: list[str]) -> None:
    shown = said(tmp_path / "d", text)
    assert [re.sub(r"\W+", " ", w).split(" ")[0] for w in shown] == [w.split(" ")[0] for w in words]


@pytest.mark.parametrize(
    "text",
    [
        'He said "an addict" of himself',
        "She said “once an addict, always an addict”",
        "Er sagte „addict“ und ‚addict‘, «addict», »addict«, ‹addict›, 'addict'",
        "`addict` in code, https://example.org/addict, <https://example.org/a-addict>, addict@example.org, addict.org",
        "The Substance Abuse and **Mental** Health Services Administration",
        "[un addict]{lang=fr}",
        "A person with a substance use disorder",
    ],
)
def test_quotations_names_code_addresses_and_other_languages_are_left_alone(tmp_path: Path, text: str) -> None:
    assert said(tmp_path / "d", text) == []


@pytest.mark.parametrize(
    "text", ["the users' view, an addict's view, the coaches' view", 'a 5" pipe, an addict, a 6" pipe']
)
def test_apostrophes_and_inches_are_no_quotation_marks(tmp_path: Path, text: str) -> None:
    assert said(tmp_path / "d", text) == ["addict"]


def test_the_words_of_others_and_names_are_exempt_and_all_else_is_compared(tmp_path: Path) -> None:
    folder = deck(
        tmp_path / "d",
        """
        - kind: quote
          title: A quote
          quote: addict
          author: The Addict Collective
          source: addict
          role: addict 1
        - kind: clipping
          title: A clipping
          headline: addict
          byline: addict
          article: addict
          dialogue: [{speaker: addict, line: addict}]
        - kind: resource
          title: A resource
          name: Addict Line
          text: addict 2, and the Addict Line
          audience: addict 3
        - kind: table
          title: addict 4
          header: [addict 5]
          rows: [[addict 6]]
          source: addict
          notes: addict 7
        - kind: chart
          title: A chart
          chart: bar
          categories: [addict 8]
          series: [{name: addict 9, values: [1]}]
          alt: addict 10
          cues: [{say: addict 11}]
          questions:
            - ask: addict 12
              listen_for: [addict 13]
              debrief: addict 14
        """,
        head="vocabulary: words.yaml\norganisation: Addict House\nauthors: [Addict Press]\n"
        "glossary: [{term: addict 15, definition: addict 16}]",
    )
    text = (folder / "deck.yaml").read_text(encoding="utf-8").splitlines()
    numbers = []
    for one in findings(folder):
        assert one.at is not None
        rest = text[one.at.line - 1][one.at.column - 1 :]
        numbers.append(int(re.match(r"addict (\d+)", rest)[1]))  # type: ignore[index]
    assert sorted(numbers) == list(range(1, 17))


def test_a_finding_says_what_to_write_in_the_same_case_and_why(tmp_path: Path) -> None:
    folder = deck(tmp_path / "d", "- {kind: narrative, title: A story, text: Addict or SUBSTANCE ABUSE}")
    one, other = findings(folder)
    assert one.message == (
        "'Addict' is not the preferred wording; write 'Person with a substance use disorder' or 'Person who uses drugs'"
    )
    assert one.hint == "The person comes first; https://example.org/words"
    assert "'SUBSTANCE USE'" in other.message
    assert one.severity.value == "warning"


WORDS = st.lists(
    st.sampled_from(["calm", "tea", "addict", "it's", "*so*", "**we**", "substance abuse"]), min_size=1, max_size=12
)


@given(words=WORDS, style=st.sampled_from(["plain", "single", "double", "literal", "folded"]), width=st.integers(8, 40))
def test_positions_point_at_the_words_whatever_the_scalar(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], style: str, width: int
) -> None:
    folder = tmp_path_factory.mktemp("d")
    text = "So " + " ".join(words)
    if style == "double":
        text = text.replace("tea", 't\\u00e9a \\"q\\"').replace("addict", "\\x61ddict")
    if style == "single":
        text = text.replace("it's", "it''s")
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    mark = {
        "plain": ("", ""),
        "single": ("'", "'"),
        "double": ('"', '"'),
        "literal": ("|\n", ""),
        "folded": (">-\n", ""),
    }
    before, after = mark[style]
    indent = "              "
    joined = f"\n{indent}".join(lines)
    scalar = f"{before}{indent if style in ('literal', 'folded') else ''}{joined}{after}"
    deck(folder, f"- kind: narrative\n  title: A story\n  text: {scalar}".replace("\n" + indent, "\n    "))
    source = (folder / "deck.yaml").read_text(encoding="utf-8")
    starts = [0, *(m.end() for m in re.finditer("\n", source))]
    expected = [m.start() for m in re.finditer(r"(?:a|\\x61)ddict|substance\s+abuse", source)]
    got = [starts[d.at.line - 1] + d.at.column - 1 for d in findings(folder) if d.at]
    assert got == expected


def test_words_that_a_variable_brings_are_told_where_the_text_begins(tmp_path: Path) -> None:
    folder = deck(tmp_path / "d", "- {kind: narrative, title: A story, text: 'By {{ deck.subtitle }}'}")
    (folder / "deck.yaml").write_text(
        (folder / "deck.yaml").read_text(encoding="utf-8") + "subtitle: an addict\n", encoding="utf-8"
    )
    assert [(d.at.line, d.at.column) for d in findings(folder) if d.at] == [(7, 49), (8, 14)]


def test_words_in_csv_files_and_sessions_are_found(tmp_path: Path) -> None:
    folder = deck(tmp_path / "d", "- {kind: table, title: Numbers, file: data.csv}")
    (folder / "data.csv").write_text("who,many\nthe addict,3\n", encoding="utf-8")
    (folder / "session.yaml").write_text(
        "place: Addict Hall\ntrainers: [Addict]\nbreaks: [{after: One, minutes: 5, label: For the addict}]\n", "utf-8"
    )
    problems = Diagnostics()
    reading = read_deck(folder, folder / "session.yaml", problems)
    check_wording(reading.deck, reading.session, reading.vocabulary, problems)
    places = {(Path(d.at.file).name, d.at.line, d.at.column) for d in problems if d.at and "preferred" in d.message}
    assert places == {("data.csv", 2, 5), ("session.yaml", 3, 50)}


def test_a_list_of_another_language_finds_nothing(tmp_path: Path) -> None:
    for language, count in (("en", 1), ("en-GB", 0), ("fr", 0), ("en-US", 1)):
        words = LIST.replace("language: en", f"language: {language}")
        assert len(said(tmp_path / language, "an addict", words=words)) == count


def test_a_list_for_french_finds_french_words_in_an_english_deck(tmp_path: Path) -> None:
    words = "language: fr\nterms: [{pattern: toxicomane, preferred: personne qui consomme}]\n"
    assert said(tmp_path / "d", "toxicomane [un *toxicomane*]{lang=fr}", words=words) == ["toxicomane"]


def test_the_preferred_wording_may_hold_the_pattern(tmp_path: Path) -> None:
    words = "terms: [{pattern: gap pad, preferred: thermal gap pad}]"
    assert said(tmp_path / "d", "A gap pad is a thermal gap pad", words=words) == ["gap pad"]


def test_names_that_are_all_right_may_stand_in_a_list_of_their_own(tmp_path: Path) -> None:
    folder = deck(
        tmp_path / "d",
        "- {kind: narrative, title: A story, text: The Addict Choir and an addict}",
        head="vocabulary: [words, names]",
    )
    (folder / "names.yaml").write_text("except: [Addict Choir]\n", encoding="utf-8")
    assert found(folder) == ["addict"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("terms: [{pattern: '/a(/', preferred: b}]", "words.yaml:1:19: error: '/a(/' is no regular expression"),
        ("terms: [{pattern: '/x*/', preferred: b}]", "finds nothing in particular"),
        (
            "terms: [{pattern: a, preferred: b}, {pattern: A, preferred: c}]",
            "the pattern 'A' stands twice in this list",
        ),
        ("terms: [{pattern: a, preferred: A}]", "the preferred 'A' is what the pattern 'a' finds"),
        ("terms: [{pattern: a, preferred: ''}]", "words.yaml:1:33: error: these words are empty"),
        ("terms: [{pattern: a, preferred: b, level: note}]", "'level' cannot be 'note'"),
        ("terms: [{pattern: a, preferred: b, why: c}]", "did you mean 'reason'?"),
        ("terms: [{pattern: a}]", "a vocabulary term needs 'preferred'"),
        ("terms: [{pattern: a, preferred: b, link: example}]", "write a whole address"),
        ("words", "a vocabulary list is a mapping"),
    ],
)
def test_a_faulty_list_is_reported_in_the_list(tmp_path: Path, words: str, message: str) -> None:
    folder = deck(tmp_path / "d", "- {kind: closing}", words=words)
    result = CliRunner().invoke(commands.app, ["build", str(folder), "-o", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert message in result.output


def test_a_preferred_wording_with_another_pattern_in_it_is_a_warning(tmp_path: Path) -> None:
    problems = Diagnostics()
    (tmp_path / "words.yaml").write_text(
        "[{pattern: a, preferred: the b}, {pattern: b, preferred: c}]", encoding="utf-8"
    )
    assert len(read_vocabulary("words", tmp_path, problems)) == 1
    assert [d.message for d in problems] == ["the preferred 'the b' has in it what the pattern 'b' finds"]


@pytest.mark.parametrize("name", ["../words.yaml", "words.yml", "person-frist"])
def test_a_list_that_is_not_there_is_an_error_where_it_is_named(tmp_path: Path, name: str) -> None:
    folder = deck(tmp_path / "d", "- {kind: closing}", head=f"vocabulary: [{name}]")
    (tmp_path / "words.yaml").write_text(LIST, encoding="utf-8")
    result = CliRunner().invoke(commands.app, ["build", str(folder), "-o", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert (
        f"deck.yaml:3:14: error: {'the' if '..' in name else 'there is no'} vocabulary list '{name}'" in result.output
    )


BRAND = """\
color: {primary: "#14304F"}
defaults:
  deckbuilder:
    vocabulary:
      - house
      - pattern: clients
        preferred: participants
"""


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(commands.app, [str(word) for word in words])


def brand(folder: Path) -> Path:
    folder.mkdir()
    (folder / "_brand.yml").write_text(BRAND, encoding="utf-8")
    (folder / "house.yaml").write_text("terms: [{pattern: workshop, preferred: training}]\n", encoding="utf-8")
    return folder


def test_a_brand_lists_terms_and_two_themes_tell_a_finding_once(tmp_path: Path) -> None:
    one, two = brand(tmp_path / "one"), brand(tmp_path / "two")
    folder = deck(tmp_path / "d", "- {kind: narrative, title: Our workshop, text: Clients bring an addict}")
    result = call("build", folder, "--theme", one, "--theme", two, "-o", tmp_path / "out", "--only", "deck")
    assert result.exit_code == 0, result.output
    places = re.findall(r"deck\.yaml:(\d+:\d+): warning: '([\w ]+)' is not the preferred", result.output)
    assert places == [("7:38", "workshop"), ("7:54", "Clients"), ("7:71", "addict")]
    assert "write 'Participants'" in result.output


def test_a_brand_goes_before_the_deck(tmp_path: Path) -> None:
    pack = brand(tmp_path / "one")
    words = "terms: [{pattern: clients, preferred: guests}]"
    folder = deck(tmp_path / "d", "- {kind: narrative, title: A story, text: Clients come}", words=words)
    problems = Diagnostics()
    reading = read_deck(folder, None, problems)
    check_wording(reading.deck, None, read_theme(str(pack), problems).vocabulary + reading.vocabulary, problems)
    assert [d.message for d in problems] == ["'Clients' is not the preferred wording; write 'Participants'"]


def test_a_finding_at_the_level_error_stops_the_build(tmp_path: Path) -> None:
    folder = deck(tmp_path / "d", "- {kind: narrative, title: A story, text: A drug abuser}")
    result = call("build", folder, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "deck.yaml:7:51: error: 'drug abuser' is not the preferred wording" in result.output
    assert not (tmp_path / "out").exists()


def test_theme_check_tells_of_faults_in_a_brands_list(tmp_path: Path) -> None:
    pack = brand(tmp_path / "one")
    (pack / "house.yaml").write_text("terms: [{pattern: '/(/', preferred: x}]\n", encoding="utf-8")
    result = call("theme", "check", pack, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "house.yaml:1:19: error: '/(/' is no regular expression" in result.output


def test_the_list_that_comes_along_is_sound_and_says_why(tmp_path: Path) -> None:
    problems = Diagnostics()
    (words,) = read_vocabulary("person-first", tmp_path, problems)
    assert not list(problems)
    assert words.language == "en"
    assert 25 <= len(words.terms) <= 45
    assert all(term.reason for term in words.terms)
    assert words.link


def test_the_list_that_comes_along_can_be_copied_and_goes_before(tmp_path: Path) -> None:
    result = call("vocabulary", "copy", "person-first", "--to", tmp_path / "d")
    assert result.exit_code == 0
    copy = tmp_path / "d" / "person-first.yaml"
    assert copy.read_bytes() == shipped_lists()["person-first"].read_bytes()
    assert call("vocabulary", "copy", "person-first", "--to", tmp_path / "d").exit_code == 1
    copy.write_text("terms: [{pattern: tea, preferred: coffee}]\n", encoding="utf-8")
    folder = deck(
        tmp_path / "d", "- {kind: narrative, title: A story, text: An addict takes tea}", "vocabulary: person-first"
    )
    assert found(folder) == ["tea"]
    assert "person-first" in call("vocabulary", "list").output


def test_the_shipped_decks_have_no_findings() -> None:
    for name in ("harm-reduction", "safe-food", "train-the-trainer"):
        folder, session = SOURCES[name]
        problems = Diagnostics()
        reading = read_deck(folder, session, problems)
        lists = read_vocabulary("person-first", folder, problems)
        check_wording(reading.deck, reading.session, lists, problems)
        assert [str(d) for d in problems if "preferred" in d.message] == []


def test_a_thousand_slides_are_compared_in_no_time(tmp_path: Path) -> None:
    slides = "\n".join(
        f"- {{kind: points, title: Slide {n}, points: [Some words on tea and coffee, More of them on milk], "
        "notes: What the trainer knows about it}"
        for n in range(1000)
    )
    folder = deck(tmp_path / "d", slides, head="vocabulary: person-first")
    problems = Diagnostics()
    reading = read_deck(folder, None, problems)
    start = time.process_time()
    check_wording(reading.deck, None, reading.vocabulary, problems)
    assert time.process_time() - start < 0.5  # 0.03 where it was measured
