"""Runs the checks and picks what a test asks about."""

from report.checks import preflight


def found(assessment, key):
    """The checks of one kind, in their order."""
    return [check for check in preflight(assessment) if check.key == key]


def codes(assessment, key):
    return [check.code for check in found(assessment, key)]


def sentence(assessment, key):
    """The sentence of the only check of a kind."""
    (check,) = found(assessment, key)
    return check.sentence
