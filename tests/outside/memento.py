"""Memento (RFC 7089): three versions of a mandate and a reordering, walked by the protocol's own client library."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from memento_client import MementoClient

FOUNDING = Path(__file__).parents[2] / "migrations" / "founding"
MANDATE, LIST = "05-", "04-"
EDITS = [
    (MANDATE, "assurer la", "assurer toute la"),
    (MANDATE, "assurer toute la", "assurer partout la"),
    (LIST, "5, 6,", "6, 5,"),
]

origin, binary, work = sys.argv[1:]
original = f"{origin}/fr/mandats/representation-a-l-etranger"


def publish(step, prefix, old, new):
    """Publishes one founding file, edited."""
    source = next(FOUNDING.glob(f"{prefix}*.toml"))
    texts = Path(work, "texts")
    texts.mkdir(exist_ok=True)
    text = (texts / source.name if (texts / source.name).exists() else source).read_text(encoding="utf-8")
    assert old in text, f"{source.name} does not say {old}"
    (texts / source.name).write_text(text.replace(old, new, 1), encoding="utf-8")
    note = f'note = {{ fr = "Étape {step}", en = "Step {step}" }}\nminor = false\n'
    (texts / "release.toml").write_text(note, encoding="utf-8")
    subprocess.run([binary, "import", str(texts), "--data", str(Path(work, "data"))], check=True, stdout=subprocess.DEVNULL)


def versions(of):
    """What the TimeMap of a page lists, the first first."""
    path = of.removeprefix(origin)
    with urllib.request.urlopen(f"{origin}/timemap{path}") as answer:
        links = MementoClient.parse_link_header(answer.read().decode())
    listed = [(datum["datetime"][0], uri) for uri, datum in links.items() if "datetime" in datum]
    return sorted((parsedate_to_datetime(date).replace(tzinfo=None), uri) for date, uri in listed)


def told(info, relation):
    """The address of a Memento of a relation, or none."""
    memento = info["mementos"].get(relation)
    return memento and memento["uri"][0]


for step, edit in enumerate(EDITS, start=1):
    # An import a second, so that a date between two versions exists.
    time.sleep(2)
    publish(step, *edit)

client = MementoClient()
known = versions(original)
assert len(known) == 3, known
addresses = [uri for _, uri in known]
assert len(versions(f"{origin}/fr/mandats")) == 4, "its members' versions and its own order"

instants = [date for date, _ in known]
for place, (date, uri) in enumerate(known):
    info = client.get_memento_info(original, date)
    assert info["original_uri"] == original, info
    assert info["timegate_uri"] == f"{origin}/timegate{original.removeprefix(origin)}", info
    assert told(info, "closest") == uri and info["mementos"]["closest"]["datetime"] == date, info
    assert told(info, "first") == addresses[0] and told(info, "last") == addresses[-1], info
    assert told(info, "prev") == (addresses[place - 1] if place else None), info
    assert told(info, "next") == (addresses[place + 1] if place + 1 < len(known) else None), info
    # From the Memento back to its original, and to the same versions.
    assert client.get_memento_info(uri, date)["original_uri"] == original

for date, expected in [
    (instants[0] - timedelta(days=3650), addresses[0]),
    (instants[1] - timedelta(seconds=1), addresses[0]),
    (instants[1] + timedelta(seconds=1), addresses[1]),
    (datetime(2100, 1, 1), addresses[-1]),
]:
    found = told(client.get_memento_info(original, date), "closest")
    assert found == expected, f"{date}: {found}"

wrong = urllib.request.Request(f"{origin}/timegate/fr", headers={"Accept-Datetime": "yesterday"})
try:
    urllib.request.urlopen(wrong)
    raise AssertionError("a date that is none was taken for one")
except urllib.error.HTTPError as error:
    assert error.code == 400, error
print(f"{len(known)} versions walked")
