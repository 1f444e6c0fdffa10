"""The checker of catalogs: what in a translation breaks a page, or misleads its reader.

It reads any .po file, of this project or another, and needs neither Sphinx nor a build.
"""
