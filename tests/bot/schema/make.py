"""Makes `slack.json`: a JSON Schema of what Slack takes, from Slack's own types and the limits in their comments.

`make schema` runs it, after `make peers` has fetched `@slack/types` and the generator. The limits are sentences such
as "Maximum length for the text in this field is 75 characters."; one that is phrased in a new way fails the run, so
that a person reads it and it is not lost.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PEERS = HERE.parents[1] / "peers" / "node_modules"
SCHEMA = HERE / "slack.json"

LIMIT = re.compile(r"(?i)(?:maximum|max|less than|limit|between)[^\d.]{0,60}?\d")
LENGTH = re.compile(
    r"(?i)max(?:imum)? length(?: for the `?text`?(?: field)? (?:in|within) (?:this (?:field|object)))?"
    r"(?: for this field)?(?: of| is)? (\d+)|limit ([\d,]+) characters|must be less than (\d+) characters"
)
EACH_LENGTH = re.compile(r"Maximum length for the text in each item is (\d+)")
LEAST_LENGTH = re.compile(r"(?i)minimum length(?: for the `text` in this field)? is (\d+)")
ITEMS = re.compile(r"(?i)max(?:imum)?(?: number of [a-z ]+ is| of)? (\d+)\b(?! characters| table)")
FEW = re.compile(r"Between (\d+) and (\d+) [a-z]+ can be included")
LEAST_ITEMS = re.compile(r"Minimum (\d+), maximum")
CELLS = re.compile(r"max of (\d+) table cells")
NUMBER = re.compile(r"(?i)max(?:imum value is|imum of|)\s?,? ?`?(\d+)`?|between 1 and (\d+)")
LEAST_NUMBER = re.compile(r"(?i)min(?:imum number is|imum of|) `?(\d+)`?|between (\d+) and")
LINK = re.compile(r"\{\s*@link\s+([^}]*)\}")


def main() -> None:
    """Write the schema, and say what went into it."""
    generator = [str(PEERS / ".bin" / "ts-json-schema-generator"), "--path", str(HERE / "roots.ts"), "--no-type-check"]
    made = subprocess.run([*generator, "--jsDoc", "extended"], capture_output=True, text=True, check=True)
    tree = json.loads(made.stdout)
    definitions = tree["definitions"]
    definitions["AnyBlock"] = {"$ref": "#/definitions/KnownBlock"}  # Slack's union also lets in any unknown block
    found = sum(limit(node) for node in described(definitions))
    origin = " and ".join(f"{name} {version_of(name)}" for name in ("@slack/types", "@slack/web-api"))
    comment = f"Made by make.py from the npm packages {origin} (MIT), {found} limits from their comments."
    schema = {"$schema": tree["$schema"], "$comment": comment, "definitions": bare(reached(definitions))}
    SCHEMA.write_text(json.dumps(schema, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    sys.stdout.write(f"{comment}\n")


def version_of(package: str) -> str:
    """Which version of a package was fetched."""
    told = json.loads((PEERS / package / "package.json").read_text(encoding="utf-8"))
    return str(told["version"])


def described(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema that has a comment."""
    if isinstance(node, dict):
        if isinstance(node.get("description"), str):
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from described(each)


def limit(node: dict[str, Any]) -> int:
    """Turn the limits in a schema's comment into rules; gives how many there were.

    Raises:
        SystemExit: the comment names a limit that nothing here understands.
    """
    words = LINK.sub(r"\1", node["description"].replace("\n", " "))
    rules = dict(rules_of(node, words))
    if not rules and LIMIT.search(words):
        sys.exit(f"This limit is phrased in a new way; teach make.py to read it: {words}")
    if "text" in rules:
        whole = {name: node.pop(name) for name in ("$ref", "anyOf") if name in node}
        node["allOf"] = [whole, rules["text"]]  # beside "$ref" nothing counts
    node.update({name: rule for name, rule in rules.items() if name != "text"})
    return len(rules)


def rules_of(node: dict[str, Any], words: str) -> Iterator[tuple[str, Any]]:
    """The keywords that a comment's sentences stand for, by the kind of thing they are said of."""
    match node.get("type"):
        case "array":
            yield from items(node, words)
        case "string":
            yield from (("maxLength", each) for each in lengths(words))
            yield from (("minLength", int(each)) for each in LEAST_LENGTH.findall(words))
        case "number":
            yield from (("maximum", int(next(filter(None, each)))) for each in NUMBER.findall(words))
            yield from (("minimum", int(next(filter(None, each)))) for each in LEAST_NUMBER.findall(words))
        case "object":
            yield from (("maxProperties", int(each)) for each in ITEMS.findall(words))
        case _ if "$ref" in node or "anyOf" in node:
            yield from (("text", {"properties": {"text": {"maxLength": each}}}) for each in lengths(words))


def items(node: dict[str, Any], words: str) -> Iterator[tuple[str, Any]]:
    """The limits of a list."""
    sentence = EACH_LENGTH.sub("", words)
    yield from (("maxItems", int(each)) for each in ITEMS.findall(CELLS.sub("", sentence)))
    yield from (("minItems", int(each)) for each in LEAST_ITEMS.findall(sentence))
    for least, most in FEW.findall(sentence):
        yield from (("minItems", int(least)), ("maxItems", int(most)))
    for each in EACH_LENGTH.findall(words):
        text = {"properties": {"text": {"maxLength": int(each)}}}
        yield "items", {"allOf": [node["items"], text]}
    for each in CELLS.findall(words):
        yield "items", {**node["items"], "maxItems": int(each)}


def lengths(words: str) -> list[int]:
    """Lengths in characters; what must be less than so many may have one less."""
    return [
        int((most or written).replace(",", "")) if not below else int(below) - 1
        for most, written, below in LENGTH.findall(words)
    ]


def reached(definitions: dict[str, Any]) -> dict[str, Any]:
    """The definitions that the roots need."""
    kept: dict[str, Any] = {}
    wanted = ["Message", "Modal", "Home", "App"]
    while wanted:
        name = wanted.pop()
        if name not in kept:
            kept[name] = definitions[name]
            wanted += re.findall(r'"#/definitions/(\w+)"', json.dumps(definitions[name]))
    return kept


def bare(node: Any) -> Any:
    """The schema without its comments."""
    if isinstance(node, dict):
        return {
            name: bare(each) for name, each in node.items() if not (name == "description" and isinstance(each, str))
        }
    return [bare(each) for each in node] if isinstance(node, list) else node


if __name__ == "__main__":
    main()
