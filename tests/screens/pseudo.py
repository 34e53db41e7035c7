#!/usr/bin/env python3
"""Fills a Qt .ts file with a pseudo-language: accented and 40 % longer, so that clipped and untranslated text shows.

Usage: pseudo.py IN.ts OUT.ts
"""
import re
import sys
import xml.etree.ElementTree as ElementTree

ACCENTS = str.maketrans("aeiouyAEIOUYcnsCNS", "áéíóúýÁÉÍÓÚÝçñšÇÑŠ")
KEPT = re.compile(r"(%L?\d+|%n|&[a-zA-Z]|\{[a-z_]+\}|\n)")
PADDING = " lorem ipsum dolor sit amet consetetur sadipscing elitr sed diam"


def pseudo(text):
    parts = KEPT.split(text)
    accented = "".join(p if KEPT.fullmatch(p) else p.translate(ACCENTS) for p in parts)
    extra = max(1, round(len(text) * 0.4))
    padding = (PADDING * (extra // len(PADDING) + 1))[:extra]
    return accented + padding.translate(ACCENTS)


def main(source, target):
    tree = ElementTree.parse(source)
    for message in tree.getroot().iter("message"):
        translation = message.find("translation")
        text = pseudo(message.findtext("source") or "")
        translation.attrib.pop("type", None)
        forms = translation.findall("numerusform")
        if forms:  # one for one, and one for many, as English has it: a catalogue with fewer says nothing of many
            forms.append(ElementTree.SubElement(translation, "numerusform"))
        for form in forms:
            form.text = text
        if not forms:
            translation.text = text
    tree.getroot().set("language", "en_GB")
    tree.write(target, encoding="utf-8", xml_declaration=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
