"""Text in a calendar, every character as it is."""

from icalendar import vText


class Text(vText):
    """Words for people; the package makes a line's end of the \\N in “C:\\New”."""

    def to_ical(self) -> bytes:
        """The words with what means something in a calendar escaped (RFC 5545, 3.3.11)."""
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\r\n", "\\n").replace("\n", "\\n").encode()
