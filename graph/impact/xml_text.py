"""Text as XML takes it."""


def xml_text(text: str) -> str:
    """The text without control characters, of which XML 1.0 forbids most; the library escapes the rest."""
    return "".join(character for character in text if character.isprintable())
