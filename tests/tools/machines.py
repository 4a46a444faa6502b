#!/usr/bin/env python3
"""What other people's programs read in a built site: `machines.py OUTPUT` prints it as JSON.

The feeds by atoma (which refuses one without an id or a title) and feedparser, the list by Python's csv,
the points by geojson, the festivals by icalendar. The tests compare it with what was written; nothing is judged here."""

import csv
import json
import sys
from pathlib import Path

import atoma
import feedparser
import geojson
import icalendar

output = Path(sys.argv[1])


def feed(path):
    text = path.read_bytes()
    one, other = atoma.parse_atom_bytes(text), feedparser.parse(text)
    return {
        "id": one.id_,
        "title": one.title.value,
        "self": [link.href for link in one.links if link.rel == "self"],
        "authors": [author.name for author in one.authors],
        "updated": one.updated.isoformat(),
        "entries": [
            {"id": entry.id_, "title": entry.title.value, "summary": entry.summary.value,
             "updated": entry.updated.isoformat(), "links": [link.href for link in entry.links]}
            for entry in one.entries
        ],
        "second": {
            "fault": str(other.bozo_exception) if other.bozo else None,
            "version": other.version,
            "language": other.feed.get("language"),
            "entries": [{"id": entry.id, "title": entry.title, "link": entry.link, "dated": bool(entry.updated_parsed)}
                        for entry in other.entries],
        },
    }


def calendar(path):
    one = icalendar.Calendar.from_ical(path.read_bytes())
    return {
        "faults": [fault for each in [one, *one.walk("VEVENT")] for fault in each.errors],
        "name": str(one["X-WR-CALNAME"]),
        "events": [
            {"uid": str(event["UID"]), "stamp": event.decoded("DTSTAMP").isoformat(), "first": event.decoded("DTSTART").isoformat(),
             "end": event.decoded("DTEND").isoformat(), "summary": str(event["SUMMARY"]), "description": str(event["DESCRIPTION"]),
             "status": str(event["STATUS"]), "url": str(event["URL"])}
            for event in one.walk("VEVENT")
        ],
    }


points = geojson.loads((output / "data/entries.geojson").read_text(encoding="utf-8"))
table = (output / "data/entries.csv").read_bytes()
print(json.dumps({
    "feeds": {path.relative_to(output).as_posix(): feed(path) for path in sorted(output.glob("*/atom.xml"))},
    "calendars": {path.relative_to(output).as_posix(): calendar(path) for path in sorted(output.glob("data/festivals/**/*.ics"))}
    | {path.relative_to(output).as_posix(): calendar(path) for path in sorted(output.glob("data/festivals/*.ics"))},
    "points": {
        "faults": points.errors() or [],
        "features": [{"id": one.id, "at": one.geometry.coordinates, "title": one.properties["title"],
                      "page": one.properties["page"]} for one in points.features],
    },
    "table": {
        "bom": table.startswith(b"\xef\xbb\xbf"),
        "rows": list(csv.reader(table.decode("utf-8-sig").splitlines(keepends=True), strict=True)),
    },
}, ensure_ascii=False))
