"""Every task of the project: `nox -l` lists them, `nox -s build` builds the site in every language."""

from __future__ import annotations

import shutil
import sys
import tomllib
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["build", "check", "lint", "tests"]

ROOT = Path(__file__).parent
PROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
PYTHONS = ["3.11", "3.12", "3.13"]
#: The Python that runs nox is tested too, so that `nox -s tests` never passes by testing nothing.
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"


def install(session: nox.Session, *groups: str) -> None:
    """Install the project in place, and the dependency groups named."""
    packages = nox.project.dependency_groups(PROJECT, *groups) if groups else ()
    session.install("-e", ".", *packages)


def install_from_npm(session: nox.Session) -> None:
    """Install what PyPI does not have, the Nu Html Checker and Lighthouse, without any script of theirs.

    Where npm is missing nothing is installed, and the tests that need it say so.
    """
    folder = ROOT / "tests" / "browser"
    done = folder / "node_modules" / ".package-lock.json"
    fresh = done.exists() and done.stat().st_mtime >= (folder / "package-lock.json").stat().st_mtime
    if fresh or not shutil.which("npm"):
        return
    command = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder))
    session.run(*command, external=True, env={"PUPPETEER_SKIP_DOWNLOAD": "1"})


@nox.session
def build(session: nox.Session) -> None:
    """Build the site in every language, or in those named: `nox -s build -- zh_CN`."""
    install(session)
    session.run("sphinx-hub", "build", *session.posargs)


@nox.session
def pseudo(session: nox.Session) -> None:
    """Build the site in two pseudo-locales, and fail on every text that is no message."""
    install(session)
    session.run("sphinx-hub", "build", "--pseudo")


@nox.session
def preview(session: nox.Session) -> None:
    """Serve languages here, and show every change at once: `nox -s preview -- zh_CN`."""
    install(session, "preview")
    session.run("sphinx-hub", "preview", *session.posargs)


@nox.session
def update(session: nox.Session) -> None:
    """Extract the messages of the sources and merge them into the catalogs."""
    install(session)
    if any(argument.startswith("--suggest-from") for argument in session.posargs):
        session.install("-e", ".[opencc]")
    session.run("sphinx-hub", "update", *session.posargs)


@nox.session
def check(session: nox.Session) -> None:
    """Check settings, data, glossary and catalogs; every problem with its file and line."""
    install(session)
    session.run("sphinx-hub", "check", *session.posargs)


@nox.session
def anchors(session: nox.Session) -> None:
    """Say which released addresses are lost: build first; `nox -s anchors -- --write` at a release."""
    install(session)
    session.run("sphinx-hub", "anchors", *session.posargs)


@nox.session
def status(session: nox.Session) -> None:
    """Say how much of each language is translated."""
    install(session)
    session.run("sphinx-hub", "status", *session.posargs)


@nox.session
def linkcheck(session: nox.Session) -> None:
    """Follow every link of pages and records, and note which channels work; no part of a build."""
    install(session)
    command = ("sphinx-build", "-b", "linkcheck", "-c", ".", "docs", "_build/linkcheck")
    session.run(*command, *session.posargs, success_codes=[0, 1])  # broken links are what it is for
    session.run("sphinx-hub", "links")


@nox.session
def lint(session: nox.Session) -> None:
    """Look over the code: ruff (rules and format), mypy, and the contract of the floors."""
    install(session, "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("lint-imports")


@nox.session(python=PYTHONS if HERE in PYTHONS else [*PYTHONS, HERE])
def tests(session: nox.Session) -> None:
    """Run all tests, those of `browser` too, on each Python that is here; arguments go to pytest."""
    install(session, "tests", "browser")
    install_from_npm(session)
    # Neighbours stay together, since many of them share a site that is built once.
    session.run("pytest", "-n", "auto", "--dist", "worksteal", "--cov", "--cov-report=term", *session.posargs)


@nox.session(default=False)
def browser(session: nox.Session) -> None:
    """Read the built pages as readers do, and check them: tests/browser alone; arguments go to pytest."""
    install(session, "tests", "browser")
    install_from_npm(session)
    session.run("pytest", "-n", "auto", "--dist", "worksteal", *(session.posargs or ["tests/browser"]))


@nox.session(default=False)
def lighthouse(session: nox.Session) -> None:
    """Have Lighthouse judge the home page, a post and the search page on a phone; fails below 95 of 100."""
    install(session, "tests", "browser")
    install_from_npm(session)
    session.run("python", "tests/browser/lighthouse.py", *session.posargs)


@nox.session(default=False)
def benchmarks(session: nox.Session) -> None:
    """Time checks and updates of catalogs beside the tools that others use."""
    install(session, "tests")
    session.run("python", "tests/benchmarks/catalogs.py")


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Time builds of generated sites beside stock Sphinx: `nox -s bench -- --pages 20 200 --runs 3`."""
    # `nox -s bench -- preview` times previews instead, beside sphinx-autobuild; `search`, the search;
    # `updates`, updates of catalogs, beside gettext and sphinx-intl.
    for name in ("preview", "search", "updates"):
        if session.posargs[:1] == [name]:
            install(session, "bench")
            session.run("python", f"tests/benchmarks/{name}.py", *session.posargs[1:])
            return
    install(session)
    session.run("python", "tests/benchmarks/builds.py", *session.posargs)


@nox.session(name="tests-lowest", default=False)
def tests_lowest(session: nox.Session) -> None:
    """Run the tests with the lowest version of each dependency that pyproject.toml allows."""
    bounds = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    groups = nox.project.dependency_groups(PROJECT, "tests", "browser")
    session.install(*groups, *(bound.replace(">=", "==") for bound in bounds))
    session.install("-e", ".", "--no-deps")
    session.run("pytest", *session.posargs)
