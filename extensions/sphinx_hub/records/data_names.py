"""The names of the data files, without the models, which take a tenth of a second to load."""

from __future__ import annotations

from typing import Final

#: Of all data files whose texts are translated. The last has no records of a kind.
DATA_NAMES: Final = ("partners", "collaborations", "achievements", "channels", "people", "tags")
