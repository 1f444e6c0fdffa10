"""Addresses within the repository on the web: of a file, of a line in it, of the editor.

Which forge a repository stands on, its host says, or the key ``forge`` of the settings. The forms are those
of `GitHub <https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/creating-a-permanent-link-to-a-code-snippet>`_,
GitLab (``/-/blob/``) and Gitea (``/src/branch/``); Gitee has GitHub's, Codeberg and Forgejo have Gitea's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from sphinx_hub.settings import Settings


class _Forms(NamedTuple):
    """How a forge writes its addresses, behind that of the repository."""

    view: str
    edit: str
    plain: str
    """What shows a file as it is written, and not as it looks: only so does it have lines."""


_FORMS: Final = {
    "github": _Forms("blob/{branch}/{path}", "edit/{branch}/{path}", "?plain=1"),
    "gitlab": _Forms("-/blob/{branch}/{path}", "-/edit/{branch}/{path}", "?plain=1"),
    "gitea": _Forms("src/branch/{branch}/{path}", "_edit/{branch}/{path}", "?display=source"),
}
#: What the host of a forge is called that is not GitHub's, or has its forms.
_HOSTS: Final = {"gitlab": "gitlab", "gitea": "gitea", "forgejo": "gitea", "codeberg": "gitea"}


def file_address(settings: Settings, path: str, line: int = 0) -> str:
    """The file ``path`` of the repository, at ``line`` where one is given; empty without a repository.

    The page that shows a file opens at the line, and offers to edit it there. The editor ignores the line.
    """
    forms = _forms(settings)
    address = _address(settings, forms.view, path)
    return f"{address}{forms.plain}#L{line}" if address and line else address


def edit_address(settings: Settings, path: str) -> str:
    """Where the file ``path`` of the repository is edited; empty where there is no repository."""
    return _address(settings, _forms(settings).edit, path)


def _address(settings: Settings, form: str, path: str) -> str:
    if not settings.repository:
        return ""
    place = form.format(branch=quote(settings.branch), path=quote(path))
    return f"{settings.repository.rstrip('/')}/{place}"


def _forms(settings: Settings) -> _Forms:
    host = urlsplit(settings.repository).hostname or ""
    by_host = next((forge for name, forge in _HOSTS.items() if name in host), "github")
    return _FORMS[settings.forge or by_host]
