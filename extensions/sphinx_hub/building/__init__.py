"""All languages at once: what ``sphinx-hub build``, ``preview`` and ``update`` do."""
