"""What people type comes out as they typed it, is set as they meant it, or is told."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from deckbuilder.content.markdown import parse_body, parse_inline
from deckbuilder.content.text import Paragraph, Run, quoted


def plain(source: str, language: str = "en") -> str:
    return parse_inline(source, language).plain


def doubts(source: str, body: bool = False) -> list[str]:
    told: list[str] = []
    (parse_body if body else parse_inline)(
        source, "en", None, lambda code, message, hint: told.append(f"{code}: {message}")
    )
    return told


@pytest.mark.parametrize(
    "source",
    [
        "takes ~10-~15 minutes",
        "costs ~€5/~£4 a head",
        "cd ~/Documents or ~/Downloads",
        "2^10 = 1024, 2^20 = 1048576",
        "use *args and **kwargs",
        "rated 4* or 5* hotel",
        "call __init__ and snake_case_name",
        r"C:\temp\_new\*.txt",
        r"\\server\share\#1",
        r"see \\server\a_b_\x, please",
        "f(x) = a*b*c",
        "5 * 3 * 2 = 30",
        "[x] done, [ ] open",
        "open https://example.org/~user/~course/index.html",
        "see https://example.org/_files_/a_b.pdf",
        "see www.example.org/*x*/_y_ and me_and_you@example.org",
        "(https://example.org/a_(b))",
        "10:30 - 11:00 @ room_4_b",
    ],
)
def test_what_is_no_markdown_comes_out_as_typed(source: str) -> None:
    assert plain(source) == source
    assert not any(run.bold or run.italic or run.script or run.code for run in parse_inline(source).runs)


@pytest.mark.parametrize(
    ("source", "link", "words"),
    [
        ("Go to https://example.org/a_b_c/~x.", "https://example.org/a_b_c/~x", "https://example.org/a_b_c/~x"),
        ("(www.example.org)", "https://www.example.org", "www.example.org"),
        ("ask me.too@example.org, please", "mailto:me.too@example.org", "me.too@example.org"),
        ("**https://example.org**", "https://example.org", "https://example.org"),
        (
            "https://en.example.org/wiki/A_(b)_c",
            "https://en.example.org/wiki/A_(b)_c",
            "https://en.example.org/wiki/A_(b)_c",
        ),
        ("[the page](www.example.org/x)", "https://www.example.org/x", "the page"),
        ("[call us](tel:+15550100)", "tel:+15550100", "call us"),
        ("[write](me@example.org)", "mailto:me@example.org", "write"),
        ("[https://example.org](https://example.net)", "https://example.net", "https://example.org"),
    ],
)
def test_addresses_are_links(source: str, link: str, words: str) -> None:
    assert [(run.link, run.text) for run in parse_inline(source).runs if run.link] == [(link, words)]


@pytest.mark.parametrize(
    "source",
    [
        "[the worksheet](worksheet.docx)",
        "[rules](#The-rules)",
        "[a folder](file:///C:/x.txt)",
        r"[a share](\\server\x.docx)",
        "[run](javascript:alert(1))",
        "[empty]()",
        "[x](https://)",
        "[x](http:///path)",
        "<ftp:x>",
    ],
)
def test_links_that_lead_nowhere_are_refused(source: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse_inline(source)
    assert caught.value.type == "link-target"
    assert (caught.value.context or {})["hint"]


@pytest.mark.parametrize("source", ["`https://example.org/_a_`", "`a*b*c` and `C:\\x`", "``x ` __init__``"])
def test_code_is_nothing_but_code(source: str) -> None:
    assert {run.code for run in parse_inline(source).runs if run.text.strip(" and")} == {True}
    assert all(run.link is None for run in parse_inline(source).runs)


@pytest.mark.parametrize(
    "address", ["<https://example.org/word>", "https://example.org/word", "<mailto:me@example.org>"]
)
def test_an_address_in_a_gap_is_its_word_and_no_link(address: str) -> None:
    assert [(run.gap, run.link) for run in parse_inline(f"[[{address}]]").runs] == [(True, None)]


def test_breaks_and_keys_of_html_are_taken_as_meant() -> None:
    assert parse_inline("one<br>two<br />three").runs == (Run("one\ntwo\nthree"),)
    assert parse_inline("press <kbd>Ctrl</kbd>").runs == (Run("press "), Run("Ctrl", code=True))


@pytest.mark.parametrize(
    "source",
    [
        "<b>tags</b>",
        "~~struck~~ words",
        "a note {.small}",
        "$x_{1} + y_2 = z",
        "[page][p]",
        '[x](https://example.org "tooltip")',
        "[x](https://example.org/a b.html)",
        "[x]{lang=fr} {#here}",
        "[[ [word](https://example.org/word) ]]",
        "[[a [b] c]]",
        "[[two\nlines]]",
        "[[[word]](https://example.org/word)",
        "[see [[word]] here](https://example.org/word)",
    ],
)
def test_habits_of_other_tools_are_told(source: str) -> None:
    [said] = doubts(source)
    assert said.startswith("markdown-doubtful: ")


@pytest.mark.parametrize(
    "source",
    [
        "$5 and $6",
        "a <placeholder> here",
        "`<b>` and `~~x~~`",
        "{to be set}",
        "5 < 6 > 4",
        "[date] {of it}",
        "costs $5_000 or $6",
        "[[Water]] (https://example.org), [[two words]] and [1]",
    ],
)
def test_what_is_no_habit_is_not(source: str) -> None:
    assert doubts(source) == []


@pytest.mark.parametrize("source", ["as shown [@smith2020, p. 5]", "a claim[^1]", "a claim^[so they say]"])
def test_citations_and_footnotes_without_a_place_are_refused_with_a_way_out(source: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        parse_inline(source)
    assert "'sources'" in (caught.value.context or {})["hint"]


def test_footnotes_of_a_text_stand_below_it() -> None:
    text = parse_body("Most forget half.[^b] Some do not.^[So *they* say.]\n\n[^b]: A study\n  of 1885.\n")
    assert [p.plain for p in text] == [
        "Most forget half.1 Some do not.2",
        "1\u00a0A study of 1885.",
        "2\u00a0So they say.",
    ]
    assert [run.text for run in text.runs if run.script == "super"] == ["1", "2", "1", "2"]


@pytest.mark.parametrize("source", ["A claim.[^x]", "Words.\n\n[^y]: unused"])
def test_footnotes_that_do_not_meet_are_refused(source: str) -> None:
    with pytest.raises(PydanticCustomError, match="footnote"):
        parse_body(source)


def test_a_block_of_code_keeps_its_lines_blanks_and_quotes() -> None:
    text = parse_body(
        'Type:\n\n```bash\nfor f in *.dat; do\n\n    echo "$f" # __init__ https://x.org\ndone\n```\n\nThen wait.'
    )
    code = 'for f in *.dat; do\n\n    echo "$f" # __init__ https://x.org\ndone'
    assert text.paragraphs == (
        Paragraph((Run("Type:"),)),
        Paragraph((Run(code, code=True),)),
        Paragraph((Run("Then wait."),)),
    )


@pytest.mark.parametrize(
    ("source", "items"),
    [
        ("• One\n• Two", ["One", "Two"]),
        ("Bring:\n•\tA pen\n•\tPaper", ["A pen", "Paper"]),
        ("– eins\n– zwei", ["eins", "zwei"]),
        ("● One\n○ no item\n● Two", ["One ○ no item", "Two"]),
        ("1) One\n2) Two", ["One", "Two"]),
        ("▪ One", ["One"]),
    ],
)
def test_pasted_lists_are_lists(source: str, items: list[str]) -> None:
    assert [p.plain for p in parse_body(source) if p.marker] == items


def test_levels_of_a_pasted_list_are_kept() -> None:
    assert [(p.plain, p.level) for p in parse_body("• One\n  • Inner\n• Two")] == [("One", 0), ("Inner", 1), ("Two", 0)]


def test_a_dash_before_speech_is_no_list() -> None:
    assert [p.marker for p in parse_body("– Bonjour, dit-elle.\n\nIl sourit.")] == [None, None]


def test_a_pasted_bullet_before_a_point_is_left_out_and_told() -> None:
    assert plain("• Be kind") == "Be kind"
    assert doubts("•\tBe kind") == ["pasted-bullet: the bullet '•' is left out; slides make their own"]


@pytest.mark.parametrize("source", ["• One • Two", "• One\n• Two", "- one\n- two", "1. one\n2. two"])
def test_a_list_where_none_can_stand_is_refused(source: str) -> None:
    with pytest.raises(PydanticCustomError, match="a list has no place"):
        parse_inline(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('5\'10" tall, a 12" pizza, 3.5" disk, 40° 26\' 46" N', '5\'10" tall, a 12" pizza, 3.5" disk, 40° 26\' 46" N'),
        ("'Tis the season, rock 'n' roll, the '90s, '68 was", "’Tis the season, rock ’n’ roll, the ’90s, ’68 was"),
        ("\"She said 'hello' to me,\" he wrote.", "“She said ‘hello’ to me,” he wrote."),
        ("the trainers' room, James's book, it's", "the trainers’ room, James’s book, it’s"),
        ('"(bracketed)" and "24"', "“(bracketed)” and “24”"),
        ('the "**bold**" word', "the “bold” word"),
        ("'Cause and effect'", "‘Cause and effect’"),
        ("get 'em", "get ’em"),
    ],
)
def test_apostrophes_and_inches_are_told_from_quotation_marks(source: str, expected: str) -> None:
    assert plain(source) == expected


def test_dutch_apostrophes_begin_words() -> None:
    assert plain("'s avonds in 't huis", "nl") == "’s avonds in ’t huis"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Il a dit : \"C'est l'heure !\" ; puis", "Il a dit\u00a0: «\u00a0C’est l’heure\u00a0!\u00a0»\u00a0; puis"),
        ("Un «mot» et « deux mots »", "Un «\u00a0mot\u00a0» et «\u00a0deux mots\u00a0»"),
        ("50 % des 1 200 € ; n° 5", "50\u00a0% des 1\u00a0200\u00a0€\u00a0; n°\u00a05"),
        ("Pourquoi ?", "Pourquoi\u00a0?"),
        ("à 10:30, `a ?`", "à 10:30, a ?"),
    ],
)
def test_french_marks_keep_to_their_words(source: str, expected: str) -> None:
    assert plain(source, "fr-FR") == expected


def test_canadian_french_sets_less_apart() -> None:
    assert plain("Oui ! Non : si", "fr-CA") == "Oui ! Non\u00a0: si"


@pytest.mark.parametrize(
    ("source", "language", "expected"),
    [
        ('He said: "Do not worry."', "en", "“He said: ‘Do not worry.’”"),
        ("It's \"so 'very' so\" to them", "en", "“It’s ‘so “very” so’ to them”"),
        ('La "raison" est', "fr", "«\u00a0La “raison” est\u00a0»"),
        ('Er sagte "ja"', "de", "„Er sagte ‚ja‘“"),
        ('`"x"` stays', "en", '“"x" stays”'),
    ],
)
def test_a_quotation_within_a_quotation_takes_the_second_marks(source: str, language: str, expected: str) -> None:
    assert quoted(parse_inline(source, language), language).plain == expected


@pytest.mark.parametrize("mark", ["*", "**", "~", "^", "_", "`", "["])
def test_marks_by_the_thousand_are_refused(mark: str) -> None:
    with pytest.raises(PydanticCustomError, match="more than 2,000 marks"):
        parse_body(f"a{mark} " * 3000)


def test_lists_too_deep_are_refused_and_none_is_lost() -> None:
    with pytest.raises(PydanticCustomError, match="more than 6 levels"):
        parse_body("\n".join(f"{'  ' * n}- item" for n in range(200)))
    assert len(parse_body("\n".join(f"{'  ' * n}- item" for n in range(6))).paragraphs) == 6


def test_private_characters_of_an_author_are_left_alone() -> None:
    assert plain('a \U000f0000 "b"') == "a \U000f0000 “b”"


@pytest.mark.parametrize(
    "source",
    [
        "==weeds==",
        "++compost++",
        "||slug||",
        "<!-- for me -->",
        "Rain :umbrella: again",
        "[ ] Water the beans",
        "- [x] Dig",
        "::: tip",
        "!!! note",
        "[TOC]",
        "> Grandmother's words",
        "| bed | crop |",
        "[seeds]: https://garden.example",
        "* * *",
        "Mulch\n: What covers soil",
        r"\pagebreak",
        r"\textbf{Dig}",
        "[plots](https://garden.example/Bed_(raised)",
        "[plots] (https://garden.example)",
        "(plots)[https://garden.example]",
        "[plots|https://garden.example]",
        "[plots]https://garden.example",
        "a) dig\nb) sow",
        "the `spade",
        "- Rake",
    ],
)
def test_more_habits_of_other_tools_are_told(source: str) -> None:
    assert doubts(source), source


@pytest.mark.parametrize(
    "source",
    [
        "C++ and C++",
        "if a == b",
        "10:30:15",
        "std::map",
        "> 5 % of plots",
        "+ 5 points",
        "- 3 degrees",
        "a | b",
        "[Anna] laughs (loudly)",
        "price**",
        "x: y",
        "[ready](https://garden.example/a_(b)) (now)",
        "TOC",
        "a) dig",
        "Wait!!! Now",
    ],
)
def test_what_is_no_habit_is_left_alone(source: str) -> None:
    assert doubts(source) == []


@pytest.mark.parametrize(
    ("source", "set_as"),
    [
        ("<BR>x", [("\nx", None)]),
        ("10<sup>2</sup>", [("10", None), ("2", "super")]),
        ("H<sub>2</sub>O", [("H", None), ("2", "sub"), ("O", None)]),
        ("May--June 2--4 -- then", [("May--June 2–4 – then", None)]),
        ("late---very late --- too late", [("late—very late — too late", None)]),
    ],
)
def test_habits_that_are_clear_are_set_as_meant(source: str, set_as: list[tuple[str, str | None]]) -> None:
    assert [(run.text, run.script) for run in parse_inline(source).runs] == set_as
    assert doubts(source) == []


@pytest.mark.parametrize(
    ("language", "source", "shown"),
    [
        ("en", "salt 'n' pepper, the 'n' key", "salt ’n’ pepper, the ‘n’ key"),
        ("en", "'N Sync and 's", "’N Sync and ’s"),
        ("de", "so 'ne Frage", "so ’ne Frage"),
        ("ja", "\"庭\"と'畑'", "「庭」と『畑』"),
        ("zh", '"园"的', "“园”的"),
        ("fr", '« Elle dit "oui" »', "«\u00a0Elle dit “oui”\u00a0»"),
        ("de", 'Sie rief: „Das heißt "Beet" hier“', "Sie rief: „Das heißt ‚Beet‘ hier“"),
        ("en", '“He said "no" twice”', "“He said ‘no’ twice”"),
    ],
)
def test_marks_follow_what_stands_around_them(language: str, source: str, shown: str) -> None:
    assert parse_inline(source, language).plain == shown
