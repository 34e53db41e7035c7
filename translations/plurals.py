#!/usr/bin/env python3
"""Fills the plural forms of the English catalogue: "%n day(s)" becomes "%n day" and "%n days".

Usage: plurals.py cockpit_en.ts   (after lupdate; called by the target update_translations)
A sentence in which more than the noun changes stands in SINGULAR with its whole singular form.
"""
import re
import sys
import xml.etree.ElementTree as ElementTree

SINGULAR = {
    "%n file(s) in %1 were read in part: they are too large.": "%n file in %1 was read in part: it is too large.",
    "%n file(s) in %1 are encrypted and were not read.": "%n file in %1 is encrypted and was not read.",
    "%n part(s) of %1 are damaged.": "%n part of %1 is damaged.",
    "%n archive(s) in %1 are nested too deep and were not opened.":
        "%n archive in %1 is nested too deep and was not opened.",
    "%n name(s) in %1 lead out of the folder that it would be unpacked to.":
        "%n name in %1 leads out of the folder that it would be unpacked to.",
    "%n file(s) of more than %1 were not read.": "%n file of more than %1 was not read.",
    "%n file(s) are kept in Git LFS, outside of the repository, and were not read.":
        "%n file is kept in Git LFS, outside of the repository, and was not read.",
    "%n object(s) or pack(s) are broken and could not be read: %1. Run: git fsck":
        "%n object or pack is broken and could not be read: %1. Run: git fsck",
    "%n submodule(s) have a history of their own: %1. Look at each by itself.":
        "%n submodule has a history of its own: %1. Look at it by itself.",
    "%n file(s) have more secrets than are listed.\n": "%n file has more secrets than are listed.\n",
    "%n line(s) say launch-cockpit:allow without a reason, which counts for nothing.\n":
        "%n line says launch-cockpit:allow without a reason, which counts for nothing.\n",
    "%n secret(s) allowed by a remark on their line.\n": "%n secret allowed by a remark on its line.\n",
    "%n page(s) of administration draw by their script what a stranger sees, so whether they ask for a login is not "
    "known, for example %1. Open them in a private window.":
        "%n page of administration draws by its script what a stranger sees, so whether it asks for a login is not "
        "known: %1. Open it in a private window.",
    "%n route(s) seem to be for members by their address alone, and leave their answer to caches. Say in your list of "
    "routes who may use them, so that they can be judged.":
        "%n route seems to be for members by its address alone, and leaves its answer to caches. Say in your list of "
        "routes who may use it, so that it can be judged.",
    "%n private route(s) refuse strangers, as they should, so what caches may keep of a member's answer was not seen. No "
    "login page and no answer with a session was found here.":
        "%n private route refuses strangers, as it should, so what caches may keep of a member's answer was not seen. No "
        "login page and no answer with a session was found here.",
    "%n of the routes were asked with the origins that tell most, and not with one of every kind.":
        "%n of the routes was asked with the origins that tell most, and not with one of every kind.",
    "needs %n answer(s)": "needs %n answer",
    "all %n hold": "the one line holds",
    "None of %n well-known file(s) can be downloaded": "The one well-known file cannot be downloaded",
    "%1 leads through %n aliases; some resolvers give up.": "%1 leads through %n alias; some resolvers give up.",
    "%n line(s) of the minimum bar are not proven yet.": "%n line of the minimum bar is not proven yet.",
    "%n private address(es) refuse strangers": "%n private address refuses strangers",
    "%n form(s) of the address lead to one place": "%n form of the address leads to one place",
    "%n part(s) of the SPF record of %1 lead nowhere (%2). Large receivers give up after 2.":
        "%n part of the SPF record of %1 leads nowhere (%2). Large receivers give up after 2.",
    "%n part(s) lead nowhere; large receivers give up after %1.":
        "%n part leads nowhere; large receivers give up after %1.",
    "All of %n reference(s) to other names lead somewhere": "The one reference to another name leads somewhere",
    "All of %n name(s) that answer are in your lists": "The one name that answers is in your lists",
    "%n name(s) added. The next run looks at them, too.": "%n name added. The next run looks at it, too.",
    ", %n do not tell": ", %n does not tell",
    "%n set(s) of records differ from what was accepted on %1":
        "%n set of records differs from what was accepted on %1",
    "%n set(s) of records are as accepted on %1": "%n set of records is as accepted on %1",
    "%n route(s) of other companies were left out, for example of %1.":
        "%n route of another company was left out, of %1.",
    "%n route(s) were found that are not in the list": "%n route was found that is not in the list",
    "%1 of %n old address(es) lead where they should": "%1 of %n old address leads where it should",
    "%1 of %n address(es) lead where they should.": "%1 of %n address leads where it should.",
    "%n file(s) of code could not be read to the end: no answer, or too long for us. What is in them is not known.":
        "%n file of code could not be read to the end: no answer, or too long for us. What is in it is not known.",
    "%n further private route(s) were not asked.": "%n further private route was not asked.",
    "None of the %n file(s) that %1 loads could be looked at: no answer, a refusal or an error in its place.":
        "The only file that %1 loads could not be looked at: no answer, a refusal or an error in its place.",
    "%n further route(s) of this host were not asked.": "%n further route of this host was not asked.",
    "%n request(s) that lead to error pages got no answer, or a limit or a test for robots in its place. Check again later.":
        "%n request that leads to error pages got no answer, or a limit or a test for robots in its place. Check again later.",
    "%n style(s) and script(s) of the page could not be read to the end.":
        "%n style or script of the page could not be read to the end.",
    "%n old address(es) get the same page as an address that nobody uses, which tells nothing.":
        "%n old address gets the same page as an address that nobody uses, which tells nothing.",
    "%n old address(es) were not asked for in this run; the next ones begin with them.":
        "%n old address was not asked for in this run; the next one begins with it.",
    "%n address(es) showed no page to read, so routes may be missing here. Check again when they answer.":
        "%n address showed no page to read, so routes may be missing here. Check again when it answers.",
    "%n byte(s) of %1. What stands in them is left out.": "%n byte of %1. What stands in it is left out.",
    "%n old address(es) added. The next runs open them.": "%n old address added. The next run opens it.",
}
ENDING = re.compile(r"\((e?s)\)")


def forms_of(source):
    return SINGULAR.get(source, ENDING.sub("", source)), ENDING.sub(r"\1", source)


def main(path):
    tree = ElementTree.parse(path)
    for message in tree.getroot().iter("message"):
        if message.get("numerus") != "yes":
            continue
        translation = message.find("translation")
        translation.attrib.pop("type", None)
        for form in translation.findall("numerusform"):
            translation.remove(form)
        for text in forms_of(message.findtext("source")):
            ElementTree.SubElement(translation, "numerusform").text = text
    ElementTree.indent(tree, "    ")
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n')
        out.write(ElementTree.tostring(tree.getroot(), encoding="unicode") + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
