"""What holds for every command: where global options may stand, and how it ends on an error."""

import sys
from itertools import islice
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from fivewhys.cli.printing import CANCELLED, fail, say

OPTIONS = "[OPTIONS]"
"""How a usage begins. A command whose arguments depend on its options says them here too."""


def examples(*commands: str) -> str:
    """The last lines of a command's help. The mark in front keeps the lines as they are."""
    return "\n".join(("\b", "Examples:", *(f"  fivewhys {command}" for command in commands)))


class Command(TyperCommand):
    """A command whose usage reads as it is typed."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The options and arguments; Typer alone would put braces around what must be there."""
        if self.options_metavar != OPTIONS:
            return [self.options_metavar or ""]
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]


class Commands(TyperGroup):
    """The commands, with one line on standard error for whatever can go wrong in them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the global options behind a command too: people write them there."""
        return super().parse_args(ctx, _global_first(args))

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the program; what was typed wrongly is told in one line too, with status 1."""
        try:
            status = super().main(*args, **{**options, "standalone_mode": False})
        except OSError as error:
            # Help and the version are written before any command runs.
            say(_of_the_system(error))
            sys.exit(1)
        except Exception as error:
            tell = getattr(error, "format_message", None)
            if tell is None:
                raise
            command = getattr(getattr(error, "ctx", None), "command_path", "fivewhys")
            say(f"{tell()} See: {command} --help")
            sys.exit(1)
        sys.exit(status if isinstance(status, int) else 0)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; where it cannot be done, say so in one line."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            say("Cancelled.")
            raise typer.Exit(CANCELLED) from None
        except (BrokenPipeError, typer.Exit):
            # Whoever read this has seen enough, or has been told already: Typer ends quietly.
            raise
        except OSError as error:
            fail(_of_the_system(error))
        except Exception as error:
            if not isinstance(error, _told()):
                raise
            fail(str(error))


def _global_first(args: list[str]) -> list[str]:
    end = args.index("--") if "--" in args else len(args)
    front: list[str] = []
    rest: list[str] = []
    left = iter(args[:end])
    for arg in left:
        if arg == "--database":
            front += [arg, *islice(left, 1)]
            if front[-1] == arg:
                # Its value is missing: alone, it cannot take the command's name for it.
                return [arg]
        elif arg == "--ascii" or arg.startswith("--database="):
            front.append(arg)
        else:
            rest.append(arg)
    return front + rest + args[end:]


def _of_the_system(error: OSError) -> str:
    what = error.strerror or str(error)
    return f"{error.filename}: {what}." if error.filename else f"{what}."


def _told() -> tuple[type[Exception], ...]:
    """The errors whose text is a sentence for the person."""
    from fivewhys.files import NotWritten
    from fivewhys.imports import Unreadable
    from fivewhys.models.commands import Refused
    from fivewhys.store.problems import StoreProblem

    return NotWritten, Unreadable, Refused, StoreProblem
