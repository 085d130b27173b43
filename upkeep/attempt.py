"""A run that must succeed without anyone looking on: tried again after growing pauses, and given up after a few."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from typing import TypeVar

from upkeep.errors import UpkeepError
from upkeep.stop import Stopped, Tell, Wait

#: Seconds before each further try. A share that is being mounted or a person's own run is soon over; what is still
#: wrong after an hour and a half needs a person.
PAUSES = (60.0, 300.0, 1200.0, 3600.0)

Result = TypeVar("Result")


class RunFailed(UpkeepError):
    """A run failed at every try; the message is that of the last."""


def attempt(
    run: Callable[[], Result],
    *,
    wait: Wait,
    tell: Tell,
    expected: tuple[type[Exception], ...],
    pauses: Sequence[float] = PAUSES,
) -> Result:
    """Run, and run again after each of the pauses (seconds) until it succeeds.

    `expected` are the errors whose message says enough; of any other, where it happened is told as well.
    Raises Stopped where the run or the waiting was ended, RunFailed after the last try.
    """
    for tries, pause in enumerate((*pauses, None), 1):
        try:
            return run()
        except Stopped:
            raise
        except Exception as error:  # whatever it was, tomorrow's run must not suffer from it
            told = str(error) if isinstance(error, expected) else "".join(traceback.format_exception(error)).strip()
            if pause is None:
                raise RunFailed(f"更新没有成功，共试了 {tries} 次：{told}") from error
            tell(f"更新没有成功，{pause / 60:.0f} 分钟后再试：{told}")
            if wait(pause):
                raise Stopped("收到停止的要求，没有再试；下次会接着做。") from error
    raise AssertionError("the last pause is None")
