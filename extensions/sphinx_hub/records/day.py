"""What day it is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def today() -> date:
    """The day on which statuses are computed: now in UTC, or what ``SOURCE_DATE_EPOCH`` pins.

    :raises ValueError: the variable is set and is not a number of seconds.
    """
    pinned = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(pinned), UTC) if pinned else datetime.now(UTC)
    return moment.date()
