"""All rules of a message beside its translation, in the order in which they speak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinx_hub.catalogs.check.block_rules import BLOCK_RULES
from sphinx_hub.catalogs.check.language_rules import LANGUAGE_RULES
from sphinx_hub.catalogs.check.markup_rules import MARKUP_RULES
from sphinx_hub.catalogs.check.name_rules import NAME_RULES
from sphinx_hub.catalogs.check.punctuation_rules import PUNCTUATION_RULES
from sphinx_hub.catalogs.check.term_rules import term_rule
from sphinx_hub.catalogs.check.value_rules import VALUE_RULES

if TYPE_CHECKING:
    from sphinx_hub.catalogs.check.pair import Rule

RULES: Final[tuple[Rule, ...]] = (
    *MARKUP_RULES, *BLOCK_RULES, *VALUE_RULES, *NAME_RULES, *LANGUAGE_RULES, *PUNCTUATION_RULES, term_rule,
)  # fmt: skip
