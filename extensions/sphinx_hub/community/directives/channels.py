"""``channel-list``: where else readers find the hub."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from babel import Locale
from docutils import nodes

from sphinx_hub.community import words
from sphinx_hub.community.directives import parts
from sphinx_hub.community.directives.base import RecordDirective, option_spec
from sphinx_hub.community.nodes import (
    drawing,
    html_only,
    record_image,
    record_link,
)
from sphinx_hub.community.options import columns
from sphinx_hub.community.qr import qr_svg
from sphinx_hub.community.wording import filled, listed
from sphinx_hub.i18n import disclosure, disclosure_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_hub.community.options import Choices
    from sphinx_hub.records import Channel, Record


class ChannelList(RecordDirective):
    """Channels as rows, as cards, or as names within a line."""

    directive_name = "channel-list"
    plural = "channels"
    columns = columns("3")
    option_spec = option_spec(directive_name)

    def show(self, records: Sequence[Record], choices: Choices) -> nodes.Element:
        """The ``records`` in the style asked for."""
        if choices.style == "inline":
            return self._line(records)
        if choices.style == "cards":
            return self.grid([self.placed(record) for record in records], choices)
        rows = [nodes.list_item("", self.placed(record), classes=["hub-channel"]) for record in records]
        grid = ["sd-row", *choices.columns] if choices.columns else []
        for row in rows if grid else ():
            row["classes"] += ["sd-col", "sd-d-flex-row"]
        return nodes.bullet_list("", *rows, classes=["hub-channels", "hub-records", *grid])

    def card(self, record: Record, *, home: bool) -> nodes.container:
        """One channel."""
        channel, page = cast("Channel", record), self.page
        kind = words.word(words.CHANNEL_KINDS[channel.kind])
        line: list[list[nodes.Node]] = [[nodes.Text(kind)]]
        if channel.login:
            line.append([parts.badge(words.needs_login(), "hub-badge--login")])
        body = (
            parts.head(
                page,
                channel,
                parts.title(page, channel, home=home, account=channel.account),
                parts.other_names(page, channel),
                parts.paragraph(*parts.dotted(line), classes=["hub-kind"]),
            ),
            *parts.told(page, channel, channel.summary),
            parts.facts(
                (
                    ("languages", self._languages(channel)),
                    ("region", self._region(channel)),
                    ("checked", parts.day(page, channel.checked)),
                )
            ),
            self._qr(channel),
            parts.sources(channel),
        )
        return parts.card(channel, body, parts.footer(page, channel, channel.verified))

    def _line(self, records: Sequence[Record]) -> nodes.paragraph:
        """Names with links, listed as the language does; they lead to the accounts, or to the home here."""
        names: list[nodes.Node] = []
        for record in records:
            channel = cast("Channel", record)
            mark = parts.mark(self.page, channel)
            name: nodes.Node = parts.reference(self.page, channel)
            if channel.account:
                said = parts.said(self.page.site.name(channel))
                name = record_link("", "", said, refuri=channel.account, rel="me noopener")
            names.append(nodes.inline("", "", mark, name, classes=["hub-inline"]))
        return parts.paragraph(*listed(names, self.page.site.locale), classes=["hub-channels-inline"])

    def _languages(self, channel: Channel) -> list[nodes.Node]:
        names = [nodes.Text(language_name(tag, self.page.site.locale)) for tag in channel.languages]
        return listed(names, self.page.site.locale)

    def _region(self, channel: Channel) -> list[nodes.Node]:
        known: str | None = self.page.site.locale.territories.get(channel.region or "")
        return [nodes.Text(known)] if known else []

    def _qr(self, channel: Channel) -> nodes.Node | None:
        """The QR code, closed until a reader asks; a builder without pictures shows the address instead."""
        name = self.page.site.name(channel).text
        picture: nodes.Node
        if isinstance(channel.qr, str):
            label = filled(words.qr_image_alternative(), name=name)
            picture = record_image("", uri=f"/{channel.qr}", label=label, classes=["hub-qr__code"])
        elif channel.qr and channel.account:
            label = filled(words.qr_alternative(), name=name, address=channel.account)
            picture = drawing(svg=qr_svg(channel.account, label))
        else:
            return None
        heading = filled(words.qr_heading(), name=name)
        caption = parts.paragraph(nodes.Text(words.qr_caption()), classes=["hub-qr__caption"])
        inside = disclosure(
            "",
            disclosure_heading("", heading, translatable=False),
            parts.block(picture, caption, classes=["hub-qr__figure"]),
            classes=["hub-qr"],
            is_div=True,
        )
        return html_only("", inside, is_div=True)


def language_name(tag: str, locale: Locale) -> str:
    """The name of the language ``tag`` in the language ``locale``: "简体中文" for ``zh-Hans``."""
    spoken = Locale.parse(tag, sep="-")
    names = locale.languages
    written = "_".join(part for part in (spoken.language, spoken.script, spoken.territory) if part)
    known: str | None = names.get(written)
    return known or spoken.get_display_name(locale) or tag
