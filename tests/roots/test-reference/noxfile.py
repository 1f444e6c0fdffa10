import nox


@nox.session
def build(session):
    """Build `everything` here."""


@nox.session(name="tests-lowest", python=["3.11"])
def tests_lowest(session):
    """Test with the oldest packages."""


def helper(session):
    """Is no session."""
