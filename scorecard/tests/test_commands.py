import pytest
from django.core.management import CommandError, call_command

from scorecard.models import Framework, LevelRule
from scorecard.rating import Rating
from scorecard.tests.factories import framework_path, load_edition, write_framework

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    """Return a function that runs a command and gives back what it printed."""

    def run(*arguments):
        call_command(*map(str, arguments))
        return capsys.readouterr().out

    return run


def refusal(*arguments):
    with pytest.raises(CommandError) as refused:
        call_command(*map(str, arguments))
    return refused.value


# load_framework and check_framework


def test_load_framework_says_what_it_loaded(run):
    assert run("load_framework", framework_path()) == "unct-swap-2018, revision 1: loaded.\n"


def test_load_framework_twice_says_that_nothing_changed(run):
    run("load_framework", framework_path())
    assert run("load_framework", framework_path()) == (
        "unct-swap-2018, revision 1: is already loaded, nothing changed.\n"
    )


def test_load_framework_loads_nothing_of_a_refused_file(tmp_path):
    def break_the_last_indicator(content):
        del content["dimensions"][-1]["indicators"][0]["rules"]

    refused = refusal("load_framework", write_framework(tmp_path, break_the_last_indicator))

    assert str(refused).startswith("Nothing was loaded. framework.yaml, line ")
    assert str(refused).endswith(": A PI lacks 'rules'.")
    assert not Framework.objects.exists()


def test_check_framework_counts_both_editions_and_finds_them_clean(run):
    load_edition("unct-swap-2018")
    load_edition("unct-swap-2023")
    assert run("check_framework").splitlines() == [
        "unct-swap-2023, revision 1: 7 dimensions, 15 PIs, 45 rules, faults: 0",
        "unct-swap-2018, revision 1: 7 dimensions, 15 PIs, 45 rules, faults: 0",
    ]


def test_check_framework_prints_a_fault_and_fails(capsys):
    load_edition()
    LevelRule.objects.filter(indicator__code="4.1", rating=Rating.MEETS).update(at_least=9)

    refused = refusal("check_framework")

    assert str(refused) == "Faults found: 1. Mend the framework file and load it again."
    assert refused.returncode != 0
    assert "  PI 4.1: MEETS asks for 9 of 4 criteria.\n" in capsys.readouterr().out


def test_check_framework_fails_when_nothing_is_loaded():
    assert str(refusal("check_framework")) == (
        "No edition is loaded. Load one with load_framework FILE."
    )


# rate


def test_rate_prints_rating_basis_and_what_is_missing(run):
    load_edition()
    assert run("rate", "2.2", "b", "c") == (
        "PI 2.2 Communication & Advocacy\n"
        "UNCT-SWAP Gender Equality Scorecard, 2018, revision 1\n"
        "\n"
        "Rating: Meets (Meets minimum requirements)\n"
        "\n"
        "It rests on:\n"
        "  b: The UNCT has contributed collaboratively to at least one joint advocacy campaign on"
        " GEWE during the past year\n"
        "  c: Interagency Communication Group Annual Work Plan or equivalent visibly includes GEWE"
        " communication and advocacy\n"
        "\n"
        "For Exceeds it lacks:\n"
        "  d: The UNCT has contributed collaboratively to communication or advocacy in at least one"
        " non-traditional thematic area during the past year\n"
        "\n"
        "Best still reachable: Exceeds\n"
    )


def test_rate_adds_up_a_measure_and_prints_its_share(run):
    load_edition()
    printed = run("rate", "1.3", "--measure", "gender-sensitive-indicators=15/16,15/29,8/33")

    assert "\nRating: Meets (Meets minimum requirements)\n" in printed
    assert "\n  gender-sensitive-indicators: 38 of 78 (48.7 %)\n  fifth: Between" in printed
    assert "\nFor Exceeds it lacks:\n  half: More than one-half" in printed
    assert printed.endswith("Best still reachable: Meets\n")


def test_rate_names_each_smallest_set_for_the_next_level(run):
    load_edition()
    lines = run("rate", "4.1", "c").splitlines()
    start = lines.index("For Approaches it lacks, either:")
    assert [line[:6] for line in lines[start + 1 : start + 6]] == [
        "    a:",
        "  or:",
        "    b:",
        "  or:",
        "    d:",
    ]


def test_rate_with_nothing_met_is_missing(run):
    load_edition()
    printed = run("rate", "4.3")
    assert "Rating: Missing (Missing requirements)" in printed
    assert "It rests on:\n  nothing; no criterion is met\n" in printed


def test_rate_at_the_highest_level_asks_for_nothing_more(run):
    load_edition()
    printed = run("rate", "1.2", "a-all", "b")
    assert "Rating: Exceeds (Exceeds minimum requirements)" in printed
    assert "lacks" not in printed


def test_rate_lists_what_a_met_criterion_proves(run):
    load_edition()
    assert "  b: The UNCT has set, and met, a fin" in run("rate", "6.1", "c")


@pytest.mark.parametrize(("entered", "printed"), [("0/0", "0 of 0"), ("15/0", "15 of 0")])
def test_rate_takes_a_share_of_nothing_as_undecided(run, entered, printed):
    load_edition()
    output = run("rate", "1.3", "--measure", f"gender-sensitive-indicators={entered}")
    assert f"  gender-sensitive-indicators: {printed} (decides nothing)\n" in output
    assert output.endswith("Best still reachable: Exceeds\n")


def test_rate_prints_only_the_parts_that_count(run):
    load_edition()
    assert "15 of 16 (93.8 %)" in run(
        "rate", "1.3", "--measure", "gender-sensitive-indicators=15/16,9/0"
    )


def test_rate_reads_several_measures_of_one_key_as_parts(run):
    load_edition()
    key = "gender-sensitive-indicators"
    assert "23 of 49 (46.9 %)" in run(
        "rate", "1.3", "--measure", f"{key}=15/16", "--measure", f"{key}=8/33"
    )


def test_rate_works_on_the_edition_that_is_named(run):
    load_edition("unct-swap-2023")
    printed = run("rate", "6.1", "a", "b", "--framework", "unct-swap-2023")
    assert "Rating: Approaches" in printed


def test_rate_works_on_the_latest_revision(run):
    first = load_edition()
    second = Framework.objects.get(pk=first.pk)
    Framework.objects.filter(pk=first.pk).update(revision=2)
    second.pk, second.revision = None, 1
    second.save()
    assert "2018, revision 2" in run("rate", "2.2", "b")


KEY = "gender-sensitive-indicators"
MALFORMED = "write KEY=NUMERATOR/DENOMINATOR, for example k=15/16,15/29."


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["1.3", "--framework", "unct-swap-1999"],
            "The edition 'unct-swap-1999' is not loaded; loaded: unct-swap-2018. "
            "Load it with load_framework FILE.",
        ),
        (
            ["1.4"],
            "unct-swap-2018 has no PI '1.4'; it has 1.1, 1.2, 1.3, 2.1, 2.2, 2.3, 3.1, 3.2, 4.1, "
            "4.2, 4.3, 5.1, 5.2, 6.1, 7.1.",
        ),
        (["1.10"], "unct-swap-2018 has no PI '1.10'; it has 1.1, "),
        (["2.2", "e"], "PI 2.2 has no criterion 'e'; it has a, b, c, d."),
        (["2.2", ""], "PI 2.2 has no criterion ''; it has a, b, c, d."),
        (["1.3", ""], "PI 1.3 has no criterion ''; it has fifth, third, half."),
        (["1.1", "a"], "PI 1.1: (a) stands for a-majority and a-all; name one."),
        (
            ["5.1", "c"],
            "PI 5.1: the measure senior-members decides c, not a tick. "
            "Give --measure senior-members=NUMERATOR/DENOMINATOR.",
        ),
        (["1.3", "half"], f"PI 1.3: the measure {KEY} decides half, not a tick."),
        (["1.3", "--measure", "women=1/2"], f"PI 1.3 has no measure 'women'; it has {KEY}."),
        (["2.2", "--measure", "women=1/2"], "PI 2.2 has no measure 'women'; it has none."),
        (["1.3", "--measure", f"{KEY}=20/16"], f"{KEY}: 20/16: the first cannot exceed the sec"),
        (["1.3", "--measure", f"{KEY}=-1/5"], f"{KEY}: -1/5: neither number may be below 0."),
        (["1.3", "--measure", f"{KEY}=1/2,-1/5"], f"{KEY}: -1/5: neither number may be below 0."),
        (["1.3", "--measure", KEY], f"'{KEY}': {MALFORMED}"),
        (["1.3", "--measure", f"{KEY}="], f"'{KEY}=': {MALFORMED}"),
        (["1.3", "--measure", f"{KEY}=half"], f"'{KEY}=half': {MALFORMED}"),
        (["1.3", "--measure", f"{KEY}=1/2,"], f"'{KEY}=1/2,': {MALFORMED}"),
        (["1.3", "--measure", f"{KEY}=1.5/2"], f"'{KEY}=1.5/2': {MALFORMED}"),
        (["1.3", "--measure", f"{KEY}=1/2/3"], f"'{KEY}=1/2/3': {MALFORMED}"),
        (["1.3", "--measure", f"{KEY}=١/٢"], MALFORMED),
    ],
)
def test_rate_refuses_in_one_sentence_that_names_what_is_known(arguments, sentence):
    load_edition()
    refused = refusal("rate", *arguments)
    assert sentence in str(refused)
    assert refused.returncode == 2


def test_rate_says_to_load_an_edition_when_there_is_none():
    refused = refusal("rate", "1.1")
    assert str(refused) == (
        "The edition 'unct-swap-2018' is not loaded; loaded: none. "
        "Load it with load_framework FILE."
    )
    assert refused.returncode == 2
