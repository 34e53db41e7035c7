"""pyspf (Debian's python3-spf) on data in memory, as it is and with single rules of RFC 7208 put right.

Each class below corrects one rule, named by its section. Where pyspf and we disagree, the disagreement is explained
when pyspf with corrections comes to our result: so nothing is explained away by how a record happens to look.
"""
import re

import spf

MACRO = re.compile(r"%(?:[%_-]|\{[slodiphcrtv]\d*r?[-.+,/_=]*\})", re.IGNORECASE)
MODIFIER = re.compile(r"([a-z][a-z0-9_.-]*)=(.*)", re.IGNORECASE | re.DOTALL)
PERCENT = "\x00"  # stands for %% while pyspf expands; records with such a byte are refused before


def answer_from(world):
    """In place of pyspf's own look-up: its form of the answers that a name server would send."""

    def look_up(name, kind, strict=True, timeout=0):
        word, answers = world.ask(name, kind)
        if word == "SERVFAIL":
            raise spf.TempError("DNS SERVFAIL")
        return [((owner, t), list(value) if t == "TXT" else value) for owner, t, value in answers]

    return look_up


class Sender:
    section = "4.3"
    why = "The domain follows the last at sign, and an empty local part is postmaster in every macro."

    def __init__(self, i, s, h, **more):
        identity = s or h
        local, at, domain = identity.rpartition("@")
        local = local if at and local else "postmaster"
        super().__init__(i, f"{local}@{domain}", h, **more)
        self.l, self.o, self.d = local, domain, domain


class Domain:
    section = "4.3"
    why = "One label alone is no domain that could have a policy."

    def dns_spf(self, domain):
        return super().dns_spf(domain) if "." in domain else None


class Characters:
    section = "4.6.1, 7.1"
    why = "Terms and macro strings are made of visible characters."

    def check0(self, text, recursion):
        if text and any(not " " <= c <= "~" for c in text):
            raise spf.PermError("character")
        return super().check0(text, recursion)


class Modifiers:
    section = "6"
    why = "Modifiers are named without regard to case, and unknown ones may be repeated."

    def check0(self, text, recursion):
        version, *terms = (text or "").split(" ")
        terms = [self.renamed(i, term) for i, term in enumerate(terms)]
        return super().check0(" ".join([version, *terms]), recursion)

    @staticmethod
    def renamed(i, term):
        found = MODIFIER.fullmatch(term)
        if not found:
            return term
        name = found[1].lower()
        return f"{name if name in ('redirect', 'exp') else f'x{i}'}={found[2]}"


class SelfInclude:
    section = "4.6.4"
    why = "Including oneself is no fault of the text: it ends at the limit, and only when it is reached."

    class Other(str):
        __hash__ = str.__hash__

        def __eq__(self, other):
            return False

    def validate_mechanism(self, mech):
        if mech.lstrip("+-~?").lower() == "include":
            raise spf.PermError("include without a domain")  # to pyspf it is one of the record's own
        return super().validate_mechanism(mech)

    def expand_domain(self, arg):
        return self.Other(super().expand_domain(arg))

    def check1(self, text, domain, recursion):
        return super().check1(text, str(domain), recursion)


class Redirect:
    section = "4.6.4, 6.1"
    why = "A redirect is one of the ten when it is followed, not when it is read."

    level = None

    def check0(self, text, recursion):
        outer, self.level = self.level, recursion
        if re.search(r" redirect=", text or ""):
            self.lookups -= 1  # pyspf adds it while it reads
        try:
            return super().check0(text, recursion)
        finally:
            self.level = outer

    def check1(self, text, domain, recursion):
        if recursion == self.level:
            self.check_lookups()
        return super().check1(text, domain, recursion)


class DeadAlias:
    section = "4.6.4"
    why = "One question that finds nothing is one void look-up, however many aliases it passed."

    def dns(self, name, kind, cnames=None, ignore_void=False):
        return super().dns(name, kind, cnames, ignore_void or cnames is not None)


class MailServers:
    section = "5.4"
    why = "A mail server that matches ends the term: those behind it need no look-up."

    def dns_mx(self, domain):
        names = self.dns(domain, "MX")
        if len(names) > spf.MAX_MX:
            raise spf.PermError("mail servers")
        return (address for _, name in sorted(names) for address in self.dns_a(name, self.A))

    def cidrmatch(self, addresses, length):
        match = super().cidrmatch
        return any(match([address], length) for address in addresses)


class ClientNames:
    section = "5.5"
    why = "Failures while the client's names are looked up only leave names out."

    def validated_ptrs(self):
        try:
            names = self.dns_ptr(self.i)[:spf.MAX_PTR]
        except spf.TempError:
            return []
        return [name for name in names if self.leads_back(name)]

    def leads_back(self, name):
        before = self.void_lookups
        try:
            return self.cidrmatch(self.dns_a(name, self.A), self.cidrmax)
        except (spf.TempError, spf.PermError):
            return False
        finally:
            self.void_lookups = before


class LetterP:
    section = "4.6.4, 7.3"
    why = "%{p} is no term, so it adds nothing to the limits, and it is chosen anew for each domain."

    def getp(self):
        before, self.p = self.void_lookups, None
        try:
            return super().getp()
        except (spf.TempError, spf.PermError):
            self.p = "unknown"
            return self.p
        finally:
            self.void_lookups = before


class MacroForm:
    section = "7.1"
    why = "Macros have the form of the grammar: letter, digits that are not zero, r in either case, separators."

    def expand(self, text, stripdot=True):
        plain = MACRO.sub(self.normal, text)
        if "%" in MACRO.sub("", text):
            raise spf.PermError("macro")
        return super().expand(plain, stripdot).replace(PERCENT, "%")

    @staticmethod
    def normal(found):
        macro = found[0]
        if macro == "%%":
            return PERCENT
        digits = re.search(r"\d+", macro)
        if digits and int(digits[0]) == 0:
            raise spf.PermError("zero parts")
        return macro if len(macro) == 2 else macro[:3] + macro[3:].replace("R", "r")


class MacroJoin:
    section = "7.1"
    why = "Parts are joined with dots whatever separated them, for every letter."

    def expand(self, text, stripdot=True):
        before, spf.JOINERS = spf.JOINERS, dict.fromkeys("slodiphcrtv", ".")
        try:
            return super().expand(text, stripdot)
        finally:
            spf.JOINERS = before


class LongNames:
    section = "7.3"
    why = "A name that is too long loses labels until it fits; an explanation is no name and keeps all of it."

    def expand(self, text, stripdot=True):
        if not stripdot:  # pyspf shortens what is long: give it the words one by one
            expand = super().expand
            return " ".join(expand(word, stripdot) for word in text.split(" "))
        result = super().expand(text, stripdot)
        while len(result) > 253 and "." in result:
            result = result.split(".", 1)[1]
        return result


ALL = [Sender, Domain, Characters, Modifiers, SelfInclude, Redirect, DeadAlias, MailServers, ClientNames, LetterP,
       MacroForm, MacroJoin, LongNames]


def evaluate(case, receiver, corrections=()):
    """The result, and the explanation of a fail: None when the domain gives none."""
    kind = type("Query", (*corrections, spf.query), {})
    query = kind(case.client, case.mail_from, case.helo, receiver=receiver)
    try:
        result, _, text = query.check()
    except Exception as error:  # pyspf fell over; its result is that
        return f"{type(error).__name__}: {error}", None
    return result, text if result == "fail" and text != spf.EXPLANATIONS["fail"] else None
