"""The kind of a lesson, and what it costs to see, from its link and its title."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_WORD = re.compile(r"[a-z0-9]+")

_HOSTS = {
    "video": "youtube.com youtu.be vimeo.com twitch.tv bilibili.com panopto.com",
    "lab": "colab.research.google.com kaggle.com mybinder.org "
    "codelabs.developers.google.com "
    "leetcode.com hackerrank.com exercism.org",
    "slides": "slideshare.net speakerdeck.com slides.com",
    "reading": "arxiv.org medium.com substack.com wikipedia.org dev.to readthedocs.io "
    "openreview.net aclanthology.org gist.github.com stackoverflow.com distill.pub",
}
_ENDINGS = {
    "video": (".mp4", ".webm", ".mkv"),
    "lab": (".ipynb",),
    "slides": (".ppt", ".pptx", ".key"),
    "reading": (".pdf", ".md", ".epub", ".txt", ".rst"),
}
_WORDS = {
    "quiz": "quiz quizzes exam exams midterm",
    "assignment": "assignment assignments homework pset psets exercise exercises",
    "project": "project projects capstone",
    "lab": "lab labs notebook notebooks colab workshop tutorial codelab",
    "slides": "slides slide deck",
    "video": "video videos lecture lectures talk talks webinar watch screencast",
    "reading": "read reading readings book books paper papers article articles blog "
    "post chapter chapters docs documentation guide notes essay survey cheatsheet",
}
_HOST_BEGINNINGS = {"blog.": "reading", "docs.": "reading", "doc.": "reading"}
_PATH_WORDS = {"blog": "reading", "docs": "reading", "wiki": "reading"}
_COURSE_HOSTS = ["coursera.org", "edx.org", "udemy.com", "udacity.com"]
_COURSE_WORDS = frozenset(
    [
        *("course", "courses", "specialization", "specialisation", "nanodegree"),
        *("bootcamp", "mooc", "playlist", "certificate"),
    ]
)
_FILMED = frozenset(["video", "videos", "lecture", "lectures"])
_COURSE_CODE = re.compile(
    r"\b(?:CS|COS|EE|ECE|EECS|DS-GA|MATH|STAT)[ -]?[0-9]{2,4}[A-Z]?\b"
)
_BOOK_WORDS = frozenset(["book", "books", "textbook", "ebook"])
_PAID = ["udemy.com", "oreilly.com", "pluralsight.com", "educative.io", "manning.com"]
_ACCOUNT = ["coursera.org", "edx.org", "udacity.com", "kaggle.com"]


def guess_kind(title: str, url: str | None) -> str | None:
    """The kind that the link's place or, failing that, the title's words tell.

    The title goes first for slides and before weak signs, such as a repository.
    """
    words = set(_words(title))
    if "slides" in words:
        return "slides"
    return _kind_of_place(url) or _kind_of_words(words) or _weak_kind(url)


def guess_size(title: str, url: str | None) -> str | None:
    """`course` or `book` where a title or link means something larger than a lesson."""
    words = set(_words(title))
    if "series" in words and words & _FILMED:
        return "course"
    if words & _COURSE_WORDS or _COURSE_CODE.search(title):
        return "course"
    if _is_at(url, _COURSE_HOSTS) or _path(url) == "/playlist":
        return "course"
    return "book" if words & _BOOK_WORDS else None


def guess_access(url: str | None) -> str:
    """`paid` or `account` for the places that are known for it, else `free`."""
    if _is_at(url, _PAID):
        return "paid"
    return "account" if _is_at(url, _ACCOUNT) else "free"


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _is_at(url: str | None, hosts: list[str]) -> bool:
    host = _host(url) if url else ""
    ends = tuple(f".{each}" for each in hosts)
    return bool(host) and f".{host}".endswith(ends)


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def _path(url: str | None) -> str:
    try:
        return urlsplit(url or "").path.lower()
    except ValueError:
        return ""


def _kind_of_place(url: str | None) -> str | None:
    if not url:
        return None
    path = _path(url)
    for kind, endings in _ENDINGS.items():
        if path.endswith(endings):
            return kind
    if path.startswith("/presentation/"):
        return "slides"
    for kind, hosts in _HOSTS.items():
        if _is_at(url, hosts.split()):
            return kind
    host = _host(url)
    for begin, kind in _HOST_BEGINNINGS.items():
        if host.startswith(begin):
            return kind
    return None


def _kind_of_words(words: set[str]) -> str | None:
    for kind, known in _WORDS.items():
        if words.intersection(known.split()):
            return kind
    return None


def _weak_kind(url: str | None) -> str | None:
    parts = _path(url).split("/") if url else []
    for part in parts:
        if part in _PATH_WORDS:
            return _PATH_WORDS[part]
    if _is_at(url, ["github.com", "gitlab.com"]):
        return "lab" if "tree" in parts or len(parts) <= 3 else "reading"
    return None
