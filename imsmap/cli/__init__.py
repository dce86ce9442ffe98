"""The command line: words in, calls, words out, bytes to disk.

Every command starts through here, so only click and the errors are imported at the top: `--help` needs no more.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import os
import sys
from collections.abc import Sequence

import click

from imsmap.cli.commands import imsmap
from imsmap.cli.speech import say
from imsmap.errors import DataError, ImsmapError


def main() -> None:
    """Run the command line and leave with its exit code: 0 fine, 1 data or files have problems, 2 wrong use."""
    # A command lives for a second and keeps nearly all that it makes; looking for garbage as often as Python does by
    # default takes a quarter of that second.
    gc.set_threshold(1_000_000, 20, 20)
    code = run()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            stream.flush()
    # Everything is written. What libraries would clean up at the end is cleaned up; taking thousands of values apart,
    # which the system frees anyway, would take a tenth of a second more.
    atexit._run_exitfuncs()
    os._exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; whatever goes wrong becomes a clear line on stderr and an exit code."""
    _open_missing_streams()
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or a bare locale can't write every sign; ours are UTF-8, and none may stop the answer.
        with contextlib.suppress(AttributeError, ValueError, OSError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        code = imsmap.main(arguments, prog_name="imsmap", standalone_mode=False)
        sys.stdout.flush()
    except DataError as error:
        say(str(error), plain=True)
        count = len(error.problems)
        say("1 problem; mend it and try again" if count == 1 else f"{count} problems; mend them and try again")
        return error.exit_code
    except ImsmapError as error:
        say(str(error))
        return error.exit_code
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        say(told.getvalue().rstrip("\n"), plain=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("stopped; no file is half-written")
        return 1
    except BrokenPipeError:
        _drop_output()
        return 0
    except OSError as error:
        say(f"{error.filename or 'the output'}: {error.strerror or error}")
        _drop_output()
        return 1
    except MemoryError:
        say("there is not enough memory for this")
        return 1
    except Exception as error:
        if os.environ.get("IMSMAP_TRACE"):
            raise
        say(f"a fault in imsmap itself ({type(error).__name__}: {error}); IMSMAP_TRACE=1 shows where, for a report")
        return 1
    return code if isinstance(code, int) else 0


def _open_missing_streams() -> None:
    """Put nothing in the place of a stream that was closed before the start (`>&-`), which Python gives as None."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))


def _drop_output() -> None:
    """Point stdout at nothing, so that Python does not fail once more when it flushes on leaving."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
