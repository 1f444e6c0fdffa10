"""Waiting for a page under the content security policy."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Error

#: Seconds after which what was waited for is taken not to come.
PATIENCE = 30.0


def until(page: Any, expression: str, arg: object = None) -> None:
    """Wait until an expression holds in ``page``.

    Playwright's ``wait_for_function`` looks again by evaluating text within the page, which the policy
    forbids: it works only where the expression holds at once.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if page.evaluate(expression, arg):
                return
        except Error as error:
            if "context was destroyed" not in str(error):  # the page is loaded anew at this moment
                raise
        page.wait_for_timeout(20)
    raise AssertionError(f"never true: {expression}")
