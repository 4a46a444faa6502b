"""What a PDF is made of, as JSON, read by pikepdf (which did not write it): inks, boxes, fonts, PDF/A claims, tags."""
import json
import sys

import pikepdf

COLOURS = {"g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "ri", "gs"}


def number(value):
    return round(float(value), 3)


def space(resources, name):
    """A colour space by its resource name: its family, and for a profile the number of its components."""
    if name.startswith("/Device"):
        return name[1:]
    found = resources["/ColorSpace"][name]
    if isinstance(found, pikepdf.Array):
        family = str(found[0])[1:]
        return f"{family}/{found[1]['/N']}" if family == "ICCBased" else family
    return str(found)[1:]


def inks(resources, content, seen):
    current = {}
    for operands, operator in pikepdf.parse_content_stream(content):
        name = str(operator)
        if name in ("cs", "CS"):
            current[name] = space(resources, str(operands[0]))
        elif name in ("sc", "scn", "SC", "SCN"):
            of = current["cs" if name.islower() else "CS"]
            seen.add(" ".join([of, *(str(number(n)) for n in operands)]))
        elif name in ("BI", "Do", "INLINE IMAGE"):
            seen.add(name)
        elif name in COLOURS:
            seen.add(" ".join([name.lower(), *(str(o) if name == "gs" else str(number(o)) for o in operands)]))
    for form in resources.get("/XObject", {}).values():
        inks(form.get("/Resources", {}), form, seen)


def tags(element, out):
    if isinstance(element, pikepdf.Array):
        for child in element:
            tags(child, out)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        row = {"tag": str(element["/S"])[1:]}
        for key in ("/Alt", "/Lang"):
            if key in element:
                row[key[1:].lower()] = str(element[key])
        out.append(row)
        if "/K" in element:
            tags(element["/K"], out)


with pikepdf.open(sys.argv[1]) as pdf:
    seen, boxes, fonts, content = set(), [], [], 0
    for page in pdf.pages:
        inks(page.get("/Resources", {}), page, seen)
        box = lambda name: [number(n) for n in page[name]] if name in page else None
        boxes.append({name[1:]: box(name) for name in ("/MediaBox", "/TrimBox", "/BleedBox")})
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            fonts.append({"name": str(font["/BaseFont"]), "embedded": embedded, "unicode": "/ToUnicode" in font})
    structure = []
    if "/StructTreeRoot" in pdf.Root:
        tags(pdf.Root["/StructTreeRoot"]["/K"], structure)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        claims = {key: xmp.get(key) for key in ("pdfaid:part", "pdfaid:conformance", "dc:description", "pdf:Keywords", "dc:title")}
    intents = pdf.Root.get("/OutputIntents", [])
    print(json.dumps({
        "version": pdf.pdf_version,
        "inks": sorted(seen),
        "boxes": boxes,
        "fonts": [dict(t) for t in sorted({tuple(sorted(f.items())) for f in fonts})],
        "xmp": claims,
        "intents": [str(intent["/S"]) for intent in intents if "/DestOutputProfile" in intent],
        "info": {str(key)[1:]: str(value) for key, value in pdf.docinfo.items()},
        "lang": str(pdf.Root.get("/Lang", "")),
        "marked": bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)),
        "tags": structure,
    }, ensure_ascii=False))
