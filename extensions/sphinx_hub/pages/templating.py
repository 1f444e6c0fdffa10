"""The templates of this package: after the project's own, before the theme's, and for Furo alone."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import sphinx
from jinja2 import FileSystemBytecodeCache
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.util import logging

from sphinx_hub.i18n import is_website
from sphinx_hub.pages.policy import for_maths, forbidden, policy_of, with_policy

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.theming import Theme

logger = logging.getLogger(__name__)

TEMPLATES: Final = Path(__file__).parent / "templates"
BRIDGE: Final = "sphinx_hub.pages.templating.HubTemplates"


def use_templates(_app: Sphinx, config: Config) -> None:
    """On config-inited: load templates through :class:`HubTemplates`, unless the project has its own way.

    Entries of ``templates_path`` would not do: every builder and every theme sees them, so that epub
    would take templates made for Furo, and gettext would add their strings to the project's catalogs.
    """
    if config.template_bridge:
        logger.warning(
            "template_bridge is set to %r: the switcher and the theme's translations are left out",
            config.template_bridge,
            type="hub",
            subtype="templates",
        )
        return
    config.template_bridge = BRIDGE


class HubTemplates(BuiltinTemplateLoader):
    """Sphinx's loader of templates, with a folder more where the theme is Furo or inherits it."""

    has_overrides = False
    """Whether the templates of this package are in use."""

    def init(self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None) -> None:
        """Prepare the search path, as :meth:`sphinx.application.TemplateBridge.init` has it."""
        project = builder.config.templates_path
        if theme is not None and any(path.name == "furo" for path in theme.get_theme_dirs()):
            self.has_overrides = True
            builder.config.templates_path = [*project, str(TEMPLATES)]
        super().init(builder, theme, dirs)
        builder.config.templates_path = project
        if not builder.config.hub_plain:
            folder = Path(builder.doctreedir, "templates")
            folder.mkdir(parents=True, exist_ok=True)
            # A template whose source is another is compiled anew; Sphinx decides how it is read.
            pattern = f"%s.{sphinx.__version__}.cache"
            self.environment.bytecode_cache = FileSystemBytecodeCache(str(folder), pattern)
        self._policy = policy_of(builder.config) if is_website(builder) else None
        self._config = builder.config
        self._reported: set[tuple[str, str]] = set()

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]
        """The page, with its content security policy: only here is it known what stands in it."""
        page = super().render(template, context)
        if self._policy is None or not page.lstrip()[:15].lower().startswith("<!doctype html"):
            return page
        policy, maths = self._policy, str(getattr(self._config, "mathjax_path", ""))
        if maths and f'src="{html.escape(maths)}' in page:
            policy = for_maths(policy, maths)
        for directive, address in forbidden(policy, page):
            host = "{0.scheme}://{0.netloc}".format(urlsplit(address, "https"))
            if (directive, host) not in self._reported:
                self._reported.add((directive, host))
                logger.warning(
                    "the content security policy keeps %s from being loaded: take it into the site, or add"
                    " hub_content_security_policy = {%r: [%r]} to conf.py",
                    address,
                    directive,
                    host,
                    type="hub",
                    subtype="policy",
                    location=context.get("pagename"),
                )
        return with_policy(policy, page)
