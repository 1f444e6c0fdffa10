"""What an address must be: https, plain, free of trackers; and whose site it is on."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from sphinx_hub.problems import Code
from sphinx_hub.records.refusal import refusal

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

#: Query parameters that say who shared a link, or where, and never what it shows. Compared in
#: lower case; those that end in ``*`` are beginnings of names.
TRACKING_PARAMETERS: Final[tuple[str, ...]] = (
    # campaigns: Google Analytics, Matomo, HubSpot, Mailchimp, Marketo
    "utm_*", "mtm_*", "pk_*", "hsa_*", "_hsenc", "_hsmi", "mc_cid", "mc_eid", "mkt_tok",
    # clicks: Google, Meta, Microsoft, Yandex, TikTok, X, LinkedIn, Instagram
    "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "fbclid", "msclkid", "yclid", "ttclid", "twclid",
    "li_fat_id", "igsh", "igshid", "_ga", "_gl", "ref_src", "ref_url",
    # Alibaba and Bilibili
    "spm", "spm_id_from", "scm", "vd_source", "buvid", "seid", "bbid",
    # where and by whom a page was passed on: WeChat, Weibo, Zhihu, CSDN and others
    "from", "from_source", "from_spmid", "from_voters_page", "isappinstalled", "chksm", "mpshare", "srcid",
    "sharer_*", "share_*", "shareuid", "sharefrom", "depth_1-utm_source", "ops_request_misc", "biz_id",
)  # fmt: skip

# RFC 3986: what may stand in an address at all; everything else is written with a percent sign.
_NOT_ALLOWED: Final = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST: Final = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z])[a-z0-9-]{{1,62}}[a-z0-9]", re.IGNORECASE)
_HOST_LENGTH: Final = 253


def https_url(value: str) -> str:
    """Check an address and give it back as it is.

    :raises PydanticCustomError: it is no well-formed https URL, or carries a tracking parameter.
    """
    reason = _malformed(value)
    if reason:
        raise refusal(Code.RECORD_URL, f"{value!r}: {reason}")
    found = tracking_parameters(value)
    if found:
        raise refusal(Code.RECORD_TRACKING, f"{value!r}: remove what only tracks readers: {', '.join(found)}")
    return value


def _malformed(url: str) -> str | None:
    """What is wrong with the form of ``url``, or None."""
    wrong = _NOT_ALLOWED.search(url)
    if wrong:
        return f"U+{ord(wrong[0]):04X} ({wrong[0]!a}) cannot stand in an address: percent-encode it"
    if not url.startswith("https://"):
        return "an address begins with https://"
    if _PERCENT.search(url):
        return "a percent sign is followed by two hexadecimal digits"
    return _malformed_host(url)


def _malformed_host(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        return str(error)
    if "@" in parts.netloc:
        return "an address has no user name or password"
    if not _HOST.fullmatch(host) or len(host) > _HOST_LENGTH:
        return "the host must be a full domain name, such as example.org"
    return "the port is missing after the colon" if port is None and parts.netloc.endswith(":") else None


def tracking_parameters(url: str) -> tuple[str, ...]:
    """The tracking parameters in the query or fragment of ``url``, in their order."""
    parts = urlsplit(url)
    names = [
        name
        for component in (parts.query, parts.fragment.rpartition("?")[2])
        for name, _ in parse_qsl(component, keep_blank_values=True)
    ]
    return tuple(dict.fromkeys(name for name in names if _tracks(name.lower())))


def _tracks(name: str) -> bool:
    return any(
        name.startswith(known[:-1]) if known.endswith("*") else name == known for known in TRACKING_PARAMETERS
    )


def same_registrable_domain(url: str, other: str) -> bool:
    """Whether the hosts of two addresses lie on one registrable domain, as the Public Suffix List has it."""
    host, other_host = urlsplit(url).hostname or "", urlsplit(other).hostname or ""
    return host == other_host or registrable_domain(url) == registrable_domain(other)


def registrable_domain(url: str) -> str:
    """The part of the host that one owner registers: ``csdn.net`` of ``https://huggingface.blog.csdn.net/``.

    The host itself when it is a public suffix, so that two sites below one suffix never match.
    """
    host = (urlsplit(url).hostname or "").lower()
    return _suffixes().privatesuffix(host) or host


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 reads a list of 10,000 rows

    return PublicSuffixList()
