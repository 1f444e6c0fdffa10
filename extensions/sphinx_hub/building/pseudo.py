"""The proof that every text of a site is a message: the site in two languages that nobody speaks.

In them each message stands between marks. What a page shows outside of marks no translator has ever seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import sphinx

import sphinx_hub
from sphinx_hub.building.languages import BuildResult, build_languages
from sphinx_hub.building.pages_scan import holes_of_site
from sphinx_hub.building.update import extract_messages
from sphinx_hub.catalogs.interface import write_template
from sphinx_hub.catalogs.pseudo import pseudo_catalogs, pseudo_interface
from sphinx_hub.problems import Code, Problem
from sphinx_hub.settings import PSEUDO_LANGUAGES

if TYPE_CHECKING:
    from sphinx_hub.building.progress import Progress
    from sphinx_hub.settings import Settings


@dataclass(frozen=True, kw_only=True)
class PseudoResult:
    """What became of the pseudo-locales."""

    complaints: str
    """What kept the messages from being extracted; empty where nothing did."""
    builds: tuple[BuildResult, ...] = ()
    problems: tuple[Problem, ...] = ()
    """The texts that are no messages."""


def build_pseudo(settings: Settings, *, jobs: int, progress: Progress) -> PseudoResult:
    """Build the pseudo-locales beside the site, in ``pseudo-html``, and look over their pages.

    Nothing of the site itself or of its catalogs is touched.
    """
    extraction = extract_messages(settings)
    if extraction.exit_code:
        return PseudoResult(complaints=extraction.complaints)
    folder = settings.output_path.parent / "pseudo"
    own = folder / "sphinx_hub.pot"
    write_template(Path(sphinx_hub.__file__).resolve().parent, own)
    templates = [Path(sphinx.__file__).parent / "locale" / "sphinx.pot", own]
    for language in PSEUDO_LANGUAGES:
        target, rtl = settings.catalogs_of(language.locale), language.direction == "rtl"
        pseudo_catalogs(extraction.folder, target, language.locale, rtl=rtl)
        pseudo_interface(templates, target, language.locale, rtl=rtl)
    # The folder above the output stays the same: catalogs and doctrees are found from there.
    beside = replace(settings, output=str(Path(settings.output).with_name("pseudo-html")))
    builds = build_languages(beside, PSEUDO_LANGUAGES, jobs=jobs, fresh=True, progress=progress)
    problems: list[Problem] = []
    for build in builds:
        if build.exit_code:
            continue
        if build.translated != build.messages:
            message = f"{build.messages - build.translated} messages were not put into the pages"
            problems.append(Problem(build.output, 1, Code.TEXT_UNMARKED, message))
        problems += [
            Problem(hole.page, 1, Code.TEXT_UNMARKED, f"{hole.selector}: {hole.text!r} is no message")
            for hole in holes_of_site(build.output, build.language.tag)
        ]
    return PseudoResult(complaints="", builds=tuple(builds), problems=tuple(problems))
