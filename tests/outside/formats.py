"""Every other form of a page, read back by libraries that are not ours and by the formats' own schemas."""

import json
import struct
import subprocess
import sys
import urllib.request
from pathlib import Path

import bibtexparser
import citeproc
import feedparser
import jsonschema
import rispy
import rnc2rng
import vobject
from citeproc.source.json import CiteProcJSON
from lxml import etree, html
from sectxt import Parser

HERE = Path(__file__).parent
FOUNDING = HERE.parents[1] / "migrations" / "founding"
WORDS = {"type": "string"}
# The part of the CSL project's schema (csl-data.json) that web pages use: what this accepts, the whole accepts.
CSL = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "type": {"const": "webpage"},
            "id": WORDS,
            "author": {
                "type": "array",
                "items": {"type": "object", "properties": {"literal": WORDS}, "additionalProperties": False},
            },
            "issued": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 2,
                        "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "number"}},
                    }
                },
            },
            **dict.fromkeys(["title", "container-title", "publisher", "version", "language", "URL"], WORDS),
        },
    },
}
# The sitemap's schema leaves other names to their own; of XHTML's a sitemap uses one.
XHTML = b"""<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xhtml">
  <element name="link"><complexType>
    <attribute name="rel" type="token" use="required" fixed="alternate"/>
    <attribute name="hreflang" type="language" use="required"/>
    <attribute name="href" type="anyURI" use="required"/>
  </complexType></element>
</schema>"""
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml", "a": "http://www.w3.org/2005/Atom"}
PERSON = "representants/jean-lemire"
PAGES = ["/fr/mission", "/en/vision", "/fr/mandats/veille-et-recherches", f"/fr/{PERSON}", "/en/representatives/jean-lemire"]

origin, binary, work = sys.argv[1:]
read = 0


def get(path):
    global read
    read += 1
    with urllib.request.urlopen(origin + path) as answer:
        return answer.read()


def publish():
    """A second version of the vision, so that feeds have a difference to tell."""
    texts = Path(work, "formats")
    texts.mkdir()
    [source] = FOUNDING.glob("03-*.toml")
    text = source.read_text(encoding="utf-8")
    edited = text.replace("agile et performante", "souple et performante", 1)
    assert edited != text
    (texts / source.name).write_text(edited, encoding="utf-8")
    note = 'note = { fr = "Ajout & précision", en = "Added <detail>" }\nminor = false\n'
    (texts / "release.toml").write_text(note, encoding="utf-8")
    subprocess.run([binary, "import", str(texts), "--data", str(Path(work, "data"))], check=True, stdout=subprocess.DEVNULL)


def atom_grammar():
    """The grammar in XML. An empty namespace cannot be declared there, and need not be: it is spelled out where used."""
    grammar = rnc2rng.dumps(rnc2rng.load(str(HERE / "atom.rnc")))
    return etree.RelaxNG(etree.fromstring(grammar.replace(' xmlns:local=""', "").encode()))


def feeds():
    grammar = atom_grammar()
    for path in ["/fr/fil.atom", "/en/feed.atom", "/fr/vision.atom", "/en/mandates.atom", f"/fr/{PERSON}.atom"]:
        raw = get(path)
        document = etree.fromstring(raw)
        assert grammar.validate(document), f"{path}: {grammar.error_log}"
        assert document.findall("a:author/a:name", NAMES), f"{path}: nobody is its author"
        feed = feedparser.parse(raw)
        assert feed.bozo == 0 and feed.entries, path
        assert len({entry.id for entry in feed.entries}) == len(feed.entries), path
        assert all(entry.updated and entry.published and entry.content for entry in feed.entries), path
        for entry in feed.entries[:3]:
            get(entry.link.removeprefix(origin))
    vision = feedparser.parse(get("/fr/vision.atom"))
    told = vision.entries[0]
    assert "<ins>" in told.content[0].value and told.summary == "Ajout & précision", told
    # The grammar refuses what is no feed.
    del document[0]
    document.remove(document.find("a:id", NAMES))
    assert not grammar.validate(document)


def citations(path):
    items = json.loads(get(path + ".csl.json"))
    jsonschema.Draft7Validator(CSL).validate(items)
    [csl] = items
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, CiteProcJSON(items), citeproc.formatter.plain)
    bibliography.register(citeproc.Citation([citeproc.CitationItem(csl["id"])]))
    [cited] = map(str, bibliography.bibliography())
    for told in [csl["title"], csl["author"][0]["literal"], str(csl["issued"]["date-parts"][0][0]), csl["URL"]]:
        assert told in cited, f"{path}: {told} is not in {cited}"
    [ris] = rispy.loads(get(path + ".ris").decode())
    bibtex = bibtexparser.bparser.BibTexParser(ignore_nonstandard_types=False)
    [entry] = bibtexparser.loads(get(path + ".bib").decode(), bibtex).entries
    assert entry["ENTRYTYPE"] == "online" and entry["title"].strip("{}") == csl["title"] == ris["title"], path
    assert entry["author"].strip("{}") == csl["author"][0]["literal"] == ris["authors"][0], path
    assert entry["url"] == csl["URL"] == ris["urls"][0], path
    # What is cited is there, and cites itself alike.
    permanent = csl["URL"].removeprefix(origin)
    assert json.loads(get(permanent + ".csl.json")) == items, path


def contact(path):
    raw = get(f"{path}.vcf")
    assert raw.count(b"\n") == raw.count(b"\r\n") and max(map(len, raw.split(b"\r\n"))) <= 75
    card = vobject.readOne(raw.decode())
    assert card.version.value == "4.0" and card.fn.value == "Jean Lemire" and len(card.title_list) == 2
    assert card.url.value == origin + path and card.uid.value.startswith(f"{origin}/d/")
    plain = get(f"{path}.txt").decode()
    assert plain.startswith("Jean Lemire\n") and plain.count("\n\n") >= 6


def heads(path):
    page = html.fromstring(get(path).decode())
    [data] = page.xpath('//script[@type="application/ld+json"]/text()')
    graph = json.loads(data)
    assert graph["@context"] == "https://schema.org"
    own = graph["@graph"][0]
    nodes = {node["@type"]: node for node in graph["@graph"]}
    ids = {node["@id"] for node in graph["@graph"]}
    for node in graph["@graph"]:
        for name in ("isPartOf", "publisher", "breadcrumb"):
            assert name not in node or node[name]["@id"] in ids, f"{path}: {name} leads nowhere"
    organization, site = nodes["GovernmentOrganization"], nodes["WebSite"]
    assert organization["name"] and organization["url"] and organization["parentOrganization"]["name"], path
    assert "{q}" in site["potentialAction"]["target"]["urlTemplate"] and site["potentialAction"]["query-input"], path
    assert own["inLanguage"] and own["dateModified"] and own["url"] == own["@id"] == origin + path, path
    assert own["name"] and ("workTranslation" in own or "translationOfWork" in own), path
    if path.endswith("jean-lemire"):
        person = own["mainEntity"]
        assert own["@type"] == "ProfilePage" and person["@type"] == "Person" and person["name"] == "Jean Lemire"
        assert person["jobTitle"] and person["worksFor"]["roleName"] and person["description"]
        steps = nodes["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == [1, 2, 3] and all(step["name"] for step in steps)
    meta = {node.get("property"): node.get("content") for node in page.xpath("//meta[@property]")}
    for name in ["og:type", "og:title", "og:description", "og:url", "og:site_name", "og:locale", "og:image:alt"]:
        assert meta[name], f"{path}: no {name}"
    image = get(meta["og:image"].removeprefix(origin))
    assert image[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", image[16:24]) == (1200, 630), path
    for form in page.xpath('//link[@rel="alternate"][@type]/@href'):
        get(form)


def sitemap():
    Path(work, "xhtml.xsd").write_bytes(XHTML)
    locations = {NAMES["s"]: (Path(sys.prefix) / "package" / "schema" / "sitemap.xsd").as_uri(), NAMES["x"]: "xhtml.xsd"}
    imports = "".join(f'<import namespace="{name}" schemaLocation="{file}"/>' for name, file in locations.items())
    both = Path(work, "both.xsd")
    both.write_text(f'<schema xmlns="http://www.w3.org/2001/XMLSchema">{imports}</schema>', encoding="utf-8")
    schema = etree.XMLSchema(etree.parse(both))
    document = etree.fromstring(get("/sitemap.xml"))
    assert schema.validate(document), schema.error_log
    named = {}
    for url in document.findall("s:url", NAMES):
        address = url.findtext("s:loc", namespaces=NAMES)
        named[address] = {link.get("href") for link in url.findall("x:link", NAMES)}
        assert "/au/" not in address and "/as-of/" not in address, address
    for address, others in named.items():
        assert address in others and all(named[other] == others for other in others), address
    assert f"Sitemap: {origin}/sitemap.xml" in get("/robots.txt").decode()
    return len(named)


def security():
    parsed = Parser(get("/.well-known/security.txt"), is_local=True)
    assert parsed.is_valid() and not parsed.errors, parsed.errors


publish()
feeds()
for page in PAGES:
    citations(page)
for page in [f"/fr/{PERSON}", "/en/representatives/jean-lemire"]:
    contact(page)
for page in ["/fr", "/en", "/fr/mandats", *PAGES]:
    heads(page)
pages = sitemap()
security()
print(f"{read} documents read back, {pages} pages in the sitemap, each alternate reciprocal")
