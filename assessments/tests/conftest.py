from accounts.tests.conftest import coordinator, team

__all__ = ["coordinator", "team"]
