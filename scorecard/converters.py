"""What an address may say in its parts."""


class CodeConverter:
    """<code:...>: of a team (KAZ) or of a PI (2.2).

    Anything else in that place is no address of ours, above all not a NUL character, at which
    PostgreSQL raises.
    """

    regex = r"[0-9A-Za-z.]+"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value
