#!/usr/bin/env python3
"""Fills the plural forms of the English catalogue: "%n day(s)" becomes "%n day" and "%n days".

Usage: plurals.py cockpit_en.ts   (after lupdate; called by the target update_translations)
A sentence in which more than the noun changes stands in SINGULAR with its whole singular form.
"""
import re
import sys
import xml.etree.ElementTree as ElementTree

SINGULAR = {
    "%n request(s) were not sent for lack of a budget, or as the product asked for fewer.":
        "%n request was not sent for lack of a budget, or as the product asked for fewer.",
    "%n answer(s) do not tell.":
        "%n answer does not tell.",
    "%n way(s) around a refusal were found":
        "%n way around a refusal was found",
    "Only %n line(s) of build logs are there: too few to say that your builds print nothing that they should not. Save the whole log of a build.":
        "Only %n line of build logs is there: too few to say that your builds print nothing that they should not. Save the whole log of a build.",
    "%n value(s) are marked, and hidden.":
        "%n value is marked, and hidden.",
    "At least %n commit(s) have it":
        "At least %n commit has it",
    "%n commit(s) have it":
        "%n commit has it",
    "%n agreed case(s) hold. There is %1.":
        "%n agreed case holds. There is %1.",
    "%n cell(s) were not asked for lack of requests or of a session: the table says which. The most important ones went first.":
        "%n cell was not asked for lack of requests or of a session: the table says which. The most important ones went first.",
    "%n cell(s) of the table are as the rules say":
        "%n cell of the table is as the rules say",
    "%n built file(s) name %1 address(es) of the product, and none of a test":
        "%n built file names %1 address of the product, and none of a test",
    "%n address(es) are not production's":
        "%n address is not production's",
    "%n private route(s) refused this look, or a firewall in front of them did, so what caches may keep of a "
    "member's answer was not seen. No login page and no answer with a session was found here.":
        "%n private route refused this look, or a firewall in front of it did, so what caches may keep of a "
        "member's answer was not seen. No login page and no answer with a session was found here.",
    "%n password(s), code(s) or token(s) stand in the build logs, readable.":
        "%n password, code or token stands in the build logs, readable.",
    "%n list(s) of all settings stand in the build logs. What is masked today is not masked when it is set in "
    "another place or changed by a script.":
        "%n list of all settings stands in the build logs. What is masked today is not masked when it is set in "
        "another place or changed by a script.",
    "%n traced command(s) (set -x) give a value to the name of a secret.":
        "%n traced command (set -x) gives a value to the name of a secret.",
    "%n of the routes were not asked as every kind of site, because the run was over or they did not answer as "
    "the product would: %1.":
        "%n of the routes was not asked as every kind of site, because the run was over or it did not answer as "
        "the product would: %1.",
    "%n route(s) refuse everybody with the status 403, your own sites too, as routes do that need a login. "
    "What they allow for a customer who is signed in was not seen: %1.":
        "%n route refuses everybody with the status 403, your own sites too, as routes do that need a login. What "
        "it allows for a customer who is signed in was not seen: %1.",
    "%n secret(s) that were found are not in the inventory: take them over on the page \"Secrets\".":
        "%n secret that was found is not in the inventory: take it over on the page \"Secrets\".",
    "%n package(s) were not looked up, because they have no exact version or come from another place than a "
    "registry%1.":
        "%n package was not looked up, because it has no exact version or comes from another place than a "
        "registry%1.",
    "%n setting(s) are read with a default and are not set in production: %1.":
        "%n setting is read with a default and is not set in production: %1.",
    "%n name(s) of settings reach the browser":
        "%n name of a setting reaches the browser",
    "%n file(s) in the history have more secrets than are listed.":
        "%n file in the history has more secrets than are listed.",
    "%n commit(s) or folder(s) of the history are broken: places in them may be missing.":
        "%n commit or folder of the history is broken: places in it may be missing.",
    "%n link(s) were not followed.":
        "%n link was not followed.",
    "%n file(s) of settings lead out of the folder by a link and were not looked at: %1.":
        "%n file of settings leads out of the folder by a link and was not looked at: %1.",
    "%n file(s) hold more than can be listed.":
        "%n file holds more than can be listed.",
    "Your inventory says of %n secret(s) that they may do more than they need: %1.":
        "Your inventory says of %n secret that it may do more than it needs: %1.",
    "Nobody has said of %n secret(s) whether they may do more than they need: %1. Say it on the page "
    "\"Secrets\".":
        "Nobody has said of %n secret whether it may do more than it needs: %1. Say it on the page \"Secrets\".",
    "%1 of %n secret(s) may do no more than they need":
        "%1 of %n secret may do no more than it needs",
    "%n file(s) in %1 were left out: there is more than is read at once.":
        "%n file in %1 was left out: there is more than is read at once.",
    "%n token(s) stand in the logs, readable.":
        "%n token stands in the logs, readable.",
    "%n of them are part of an address.":
        "%n of them is part of an address.",
    "%n password(s) or one-time code(s) stand in the logs, readable.":
        "%n password or one-time code stands in the logs, readable.",
    "%n session cookie(s) stand in the logs with their value.":
        "%n session cookie stands in the logs with its value.",
    "%n card number(s) or security code(s) stand in the logs in full.":
        "%n card number or security code stands in the logs in full.",
    "%n known test number(s) of a card stand in the logs: a real one would, too.":
        "%n known test number of a card stands in the logs: a real one would, too.",
    "%n prompt(s) to a language model stand in the logs.":
        "%n prompt to a language model stands in the logs.",
    "%n whole request(s) or message(s) stand in the logs.":
        "%n whole request or message stands in the logs.",
    "Only %n line(s) are there: too few to say that nothing is written that should not be. Name the log of a "
    "busy day.":
        "Only %n line is there: too few to say that nothing is written that should not be. Name the log of a busy "
        "day.",
    "%n pipeline file(s) in %1 were left out: they are too large, or too many.":
        "%n pipeline file in %1 was left out: it is too large, or there are too many.",
    "Only %n message(s) are there: too few to say what your prompts hold. Export the conversations of a few "
    "days, with the results of tools.":
        "Only %n message is there: too few to say what your prompts hold. Export the conversations of a few days, "
        "with the results of tools.",
    "%n secret(s) that the last look found are not written down: %1.":
        "%n secret that the last look found is not written down: %1.",
    "%1 of %n secret(s) have an owner, a scope, a place and a rotation status":
        "%1 of %n secret has an owner, a scope, a place and a rotation status",
    "%n file(s) were not wholly searched: pictures and their like, and what is compressed or encrypted.":
        "%n file was not wholly searched: pictures and their like, and what is compressed or encrypted.",
    "%n more git repositories below %1 were not looked at: name those that matter.":
        "%n more git repository below %1 was not looked at: name it if it matters.",
    "%n git repositories in folders for other people's packages were not looked at: %1. If one is yours, name it on "
    "the page Code and files.":
        "%n git repository in a folder for other people's packages was not looked at: %1. If it is yours, name it on "
        "the page Code and files.",
    "%n exposed secret(s) are not shown dead: %1. Wanted: a new one in use, and the old one tried and refused.":
        "%n exposed secret is not shown dead: %1. Wanted: a new one in use, and the old one tried and refused.",
    "Nobody has said of %n secret(s) whether they are exposed: %1. Say it on the page \"Secrets\".":
        "Nobody has said of %n secret whether it is exposed: %1. Say it on the page \"Secrets\".",
    "%1, line %2 writes a token into %3; %n place(s) do. The device's safe storage is wanted.":
        "%1, line %2 writes a token into %3; %n place does. The device's safe storage is wanted.",
    "%1, line %2 writes a token into %3; %n place(s) do. A cookie that scripts cannot read (HttpOnly) is safer.":
        "%1, line %2 writes a token into %3; %n place does. A cookie that scripts cannot read (HttpOnly) is safer.",
    "%n private address(es) refuse strangers with the status 403, as every address there does, also one that "
    "does not exist. Sign in and look whether they are there.":
        "%n private address refuses strangers with the status 403, as every address there does, also one that does "
        "not exist. Sign in and look whether it is there.",
    "The inventory is full: %n secret(s) were left out.":
        "The inventory is full: %n secret was left out.",
    "%n secret(s) added by their names.":
        "%n secret added by its name.",
    "%n file(s) in %1 were read in part: they are too large.": "%n file in %1 was read in part: it is too large.",
    "%n file(s) in %1 are encrypted and were not read.": "%n file in %1 is encrypted and was not read.",
    "%n part(s) of %1 are damaged.": "%n part of %1 is damaged.",
    "%n archive(s) in %1 are nested too deep and were not opened.":
        "%n archive in %1 is nested too deep and was not opened.",
    "%n name(s) in %1 lead out of the folder that it would be unpacked to.":
        "%n name in %1 leads out of the folder that it would be unpacked to.",
    "%n file(s) of more than %1 were not read, and may hold text: %2. To search one: git cat-file -p ID | launch-cockpit "
    "secrets - (its ID is the number beside it). Keep such a file outside of git, or in Git LFS.":
        "%n file of more than %1 was not read, and may hold text: %2. To search it: git cat-file -p ID | launch-cockpit "
        "secrets - (its ID is the number beside it). Keep such a file outside of git, or in Git LFS.",
    "%n file(s) are kept in Git LFS, outside of the repository, and were not read.":
        "%n file is kept in Git LFS, outside of the repository, and was not read.",
    "%n object(s) or pack(s) are broken and could not be read: %1. Run: git fsck":
        "%n object or pack is broken and could not be read: %1. Run: git fsck",
    "%n submodule(s) have a history of their own: %1. Look at each by itself.":
        "%n submodule has a history of its own: %1. Look at it by itself.",
    "%n file(s) have more secrets than are listed.\n": "%n file has more secrets than are listed.\n",
    "%n line(s) have a remark that counts for nothing: launch-cockpit:allow needs a reason, and it has to stand in a "
    "comment behind the value.\n":
        "%n line has a remark that counts for nothing: launch-cockpit:allow needs a reason, and it has to stand in a "
        "comment behind the value.\n",
    "%n remark(s) gitleaks:allow of the change give no reason, and excuse nothing in it: write launch-cockpit:allow "
    "REASON.\n":
        "%n remark gitleaks:allow of the change gives no reason, and excuses nothing in it: write launch-cockpit:allow "
        "REASON.\n",
    "%n folder(s) of the change lie in more than %1 others and were not looked at.":
        "%n folder of the change lies in more than %1 others and was not looked at.",
    "%n value(s) were not put into the baseline, because no commit that was looked at has them: whoever gets the file "
    "could guess them. Commit their files first, or look at the versions that git has, too (--history). Where that is not "
    "meant, a remark behind a value (launch-cockpit:allow REASON) accepts it.":
        "%n value was not put into the baseline, because no commit that was looked at has it: whoever gets the file could "
        "guess it. Commit its file first, or look at the versions that git has, too (--history). Where that is not meant, "
        "a remark behind the value (launch-cockpit:allow REASON) accepts it.",
    "%n of them were accepted by the baseline before, and are findings from now on.":
        "%n of them was accepted by the baseline before, and is a finding from now on.",
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
    "; %1 of %n field(s) that should be hidden are hidden":
        "; %1 of %n field that should be hidden is hidden",
    "The built files name more addresses than are compared: %n were left out.":
        "The built files name more addresses than are compared: %n was left out.",
    "%n file(s) need not name what their packages bring along, so that was not looked up: %1.":
        "%n file need not name what its packages bring along, so that was not looked up: %1.",
    "%n file(s) ask for packages, and no lock file says which versions they get: %1. Let your package manager write "
    "one and keep it with the code.":
        "%n file asks for packages, and no lock file says which versions it gets: %1. Let your package manager write "
        "one and keep it with the code.",
    "%n lock file(s) are links, which are not followed: %1.": "%n lock file is a link, which is not followed: %1.",
    "%n setting(s) of production are encrypted in what was exported: whether they are empty or hold an example's "
    "value cannot be seen.":
        "%n setting of production is encrypted in what was exported: whether it is empty or holds an example's value "
        "cannot be seen.",
    "%n setting(s) could not be compared, for their values are encrypted in what was exported: %1. Export them "
    "decrypted, or compare them in your provider's panel.":
        "%n setting could not be compared, for its value is encrypted in what was exported: %1. Export it decrypted, "
        "or compare it in your provider's panel.",
    "None of %n file(s) asked for got an answer.": "The one file asked for got no answer.",
    "%n secret(s) that were found are not written down, so nobody has said what they may do: %1. Take them over on "
    "the page \"Secrets\".":
        "%n secret that was found is not written down, so nobody has said what it may do: %1. Take it over on the page "
        "\"Secrets\".",
    "%n file(s) of settings could not be read: their values were not looked for.":
        "%n file of settings could not be read: its values were not looked for.",
    "%n setting(s) beyond the first %1 were not kept.": "%n setting beyond the first %1 was not kept.",
    "%n file(s) of code are so large that only their beginning was read for names of settings.":
        "%n file of code is so large that only its beginning was read for names of settings.",
    "%n file(s) of code are so large that only their beginning was read.":
        "%n file of code is so large that only its beginning was read.",
    "The run may send %n request(s) in all, and they are used up.":
        "The run may send %n request in all, and it is used up.",
    "%n check(s) that need this": "%n check that needs this",
    "%n do not match your rules": "%n does not match your rules",
    "%n rule(s) are guesses: confirm or change them": "%n rule is a guess: confirm or change it",
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
