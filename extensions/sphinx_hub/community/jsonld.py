"""What search engines read of the records: schema.org in JSON-LD, on the records' own pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx_hub.community.site import anchor_of
from sphinx_hub.records import Achievement, Channel, Collaboration, Partner, Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_hub.community.site import Site
    from sphinx_hub.records import Record

# What could end a script element or a line of JavaScript, as JSON writes it otherwise.
_ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def script_of(data: object) -> str:
    """``data`` as a script element that nothing within it can end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return f'<script type="application/ld+json">{text}</script>'


def page_data(
    site: Site, records: Sequence[Record], page: str | None, publisher: str
) -> dict[str, Any] | None:
    """The graph of a page that is the home of ``records``; None when nothing is to be said.

    :param page: the page's address, where the site knows under which one it is published.
    :param publisher: the name of the site, whose accounts the channels are.
    """
    graph = [thing for record in records if (thing := _thing(site, record, page)) is not None]
    accounts = [record.account for record in records if isinstance(record, Channel) and record.account]
    if accounts:
        graph.append({"@type": "Organization", "name": publisher, "sameAs": accounts})
    if not graph:
        return None
    about = [{"@id": thing["@id"]} for thing in graph if "@id" in thing]
    described = _known({"@type": "WebPage", "url": page, "inLanguage": site.language.tag, "about": about})
    return {"@context": "https://schema.org", "@graph": [described, *graph]}


def _thing(site: Site, record: Record, page: str | None) -> dict[str, Any] | None:
    thing: dict[str, Any] | None = None
    if isinstance(record, Partner):
        thing = _organisation(record)
    elif isinstance(record, Collaboration):
        thing = _event(site, record)
    elif isinstance(record, Achievement):
        thing = _work(site, record)
    elif isinstance(record, Person):
        thing = {
            "@type": "Organization" if record.kind == "team" else "Person",
            "sameAs": list(record.links),
        }
    if thing is None:
        return None
    said = site.phrase(record, _description(record))
    # A description in another language than the page is left to the page that has it.
    described = {"description": said.text} if said.text and not said.lang else {}
    others = [other.text for other in site.other_names(record)]
    return _known(
        {
            "@type": thing.pop("@type"),
            "@id": f"{page}#{anchor_of(record)}" if page else None,
            "name": site.name(record).text,
            "alternateName": others,
            **described,
            **thing,
        }
    )


def _organisation(partner: Partner) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "url": partner.url or partner.hub_url,
        "sameAs": [partner.hub_url] if partner.url and partner.hub_url else [],
    }


def _event(site: Site, collaboration: Collaboration) -> dict[str, Any] | None:
    """An event; schema.org knows none without a start."""
    if collaboration.start is None:
        return None
    partners = (site.hub.partners[name] for name in collaboration.partners)
    modes = []
    if collaboration.place:
        modes.append("Offline")
    if collaboration.online:
        modes.append("Online")
    mode = "Mixed" if len(modes) > 1 else "".join(modes)
    place = site.phrase(collaboration, collaboration.place).text if collaboration.place else None
    return {
        "@type": "EducationEvent" if collaboration.kind == "course" else "Event",
        "startDate": str(collaboration.start),
        "endDate": str(collaboration.end) if collaboration.end else None,
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode" if mode else None,
        "location": {"@type": "Place", "name": place} if place else None,
        "organizer": [
            _known({"@type": "Organization", "name": site.name(partner).text, "url": partner.url})
            for partner in partners
        ],
        "url": collaboration.url,
    }


def _work(site: Site, achievement: Achievement) -> dict[str, Any]:
    same = [url for url in (achievement.homepage, achievement.repository) if url]
    if achievement.kind == "organisation":
        return {"@type": "Organization", "url": achievement.url, "sameAs": same}
    maker = site.phrase(achievement, achievement.organisation).text if achievement.organisation else None
    return {
        # A model is no program that one installs; a system or a Space is software.
        "@type": "CreativeWork" if achievement.kind == "model" else "SoftwareApplication",
        "url": achievement.url,
        "sameAs": same,
        "creator": {"@type": "Organization", "name": maker} if maker else None,
        "subjectOf": {"@type": "ScholarlyArticle", "url": achievement.paper} if achievement.paper else None,
    }


def _description(record: Record) -> str:
    if isinstance(record, Person):
        return record.bio or ""
    return record.recognition if isinstance(record, Achievement) else str(getattr(record, "summary", ""))


def _known(thing: dict[str, Any]) -> dict[str, Any]:
    """``thing`` without what is not known."""
    return {key: value for key, value in thing.items() if value not in (None, [], "")}
