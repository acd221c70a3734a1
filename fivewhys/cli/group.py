"""What holds for every command: where global options may stand, and how it ends on an error."""

import sys
from itertools import islice
from typing import Any

import typer
from typer.core import TyperGroup

from fivewhys.cli.printing import CANCELLED, fail, say


class Commands(TyperGroup):
    """The commands, with one line on standard error for whatever can go wrong in them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the global options behind a command too: people write them there."""
        return super().parse_args(ctx, _global_first(args))

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the program; what was typed wrongly is told in one line too, with status 1."""
        try:
            status = super().main(*args, **{**options, "standalone_mode": False})
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
            what = error.strerror or str(error)
            fail(f"{error.filename}: {what}." if error.filename else f"{what}.")
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


def _told() -> tuple[type[Exception], ...]:
    """The errors whose text is a sentence for the person."""
    from fivewhys.files import NotWritten
    from fivewhys.imports import Unreadable
    from fivewhys.models.commands import Refused
    from fivewhys.store.problems import StoreProblem

    return NotWritten, Unreadable, Refused, StoreProblem
