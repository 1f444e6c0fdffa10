"""The .po files: read, compile, count. No Sphinx here: a translator's tools must start in a blink."""
