"""dkimpy's verifier of chains, and rule by rule what RFC 8617 (and RFC 6376, whose signatures it uses) wants
differently. A disagreement is explained when dkimpy with some of these rules put right comes to our result."""
import re

import dkim
import dkim.canonicalization as canonicalization

from dkim_corrections import (BLANK_NAME, END_OF_BODY, FROM_TWICE, KEY_FLAGS, LINE_ENDS, REFUSALS, SHA1, Fields, Rule,
                              check_flags, prepared, tags_of, words_of)

ARC_FIELDS = (b"arc-authentication-results", b"arc-message-signature", b"arc-seal")
ORDER = Rule("order", "RFC 8617 section 5.1.1.1",
             "seals cover the sets by their numbers, wherever the fields stand in the header")
NUMBERS = Rule("numbers", "RFC 8617 sections 4.1.1 to 4.2.1",
               "each field has a number from 1 to 50: in the results it stands in front, in the others it is the tag "
               "i=; dkimpy takes the first i= that it finds, and passes over fields without one")
STATUS = Rule("status", "RFC 8617 section 5.2 step 3", "cv= of the first seal is none, of all others pass")
FROM_SIGNED = Rule("from_signed", "RFC 6376 section 5.4 by RFC 8617 section 4.1.2",
                   "a signature of the message covers From")
SIMPLE = Rule("simple", "RFC 6376 section 3.5, c=", "the body's form is simple when it is not named")
OWN_FIELD = Rule("own_field", "RFC 8617 section 4.1.2",
                 "a signature of the message covers its own field, not another that looks like it")
ALL = [FROM_TWICE, END_OF_BODY, SHA1, KEY_FLAGS, BLANK_NAME, LINE_ENDS, ORDER, NUMBERS, STATUS, FROM_SIGNED, SIMPLE,
       OWN_FIELD]


def number_of(name, value):
    text = re.sub(rb"\r\n", b"", value)
    if name.lower() == b"arc-authentication-results":
        found = re.match(rb"\s*i\s*=\s*(\d{1,2})\s*(?:;|$)", text)
    else:
        found = re.fullmatch(rb"(\d{1,2})", tags_of(text).get(b"i", b"").strip())
    number = int(found.group(1)) if found else 0
    if not 1 <= number <= 50:
        raise dkim.ValidationError("number")
    return number


class ArcVerifier(dkim.ARC):
    def __init__(self, message, keys, rules):
        self.keys, self.rules = keys, rules
        super().__init__(prepared(message, rules))
        if ORDER in rules:
            self.put_in_order()

    # Newest first, and of one set the seal before the signature before the results: as dkimpy itself would have it.
    def put_in_order(self):
        chain = [(x, y) for x, y in self.headers if x.lower() in ARC_FIELDS]
        try:
            chain.sort(key=lambda field: (-number_of(*field), -ARC_FIELDS.index(field[0].lower())))
        except REFUSALS:
            return
        self.headers = chain + [(x, y) for x, y in self.headers if x.lower() not in ARC_FIELDS]

    def holds(self):
        patched = {}
        if END_OF_BODY in self.rules:
            patched["strip_trailing_whitespace"] = lambda text: re.sub(b"[\t ]+(\r\n|\\Z)", b"\\1", text)
        before = {name: getattr(canonicalization, name) for name in patched}
        vars(canonicalization).update(patched)
        try:
            self.check_numbers()
            status, results, _ = self.verify(dnsfunc=self.record)
            if STATUS in self.rules:
                for result in results:
                    wanted = b"none" if result["instance"] == 1 else b"pass"
                    if result["cv"] != wanted:
                        return False
            return status == b"pass"
        except REFUSALS:
            return False
        finally:
            vars(canonicalization).update(before)

    def check_numbers(self):
        if NUMBERS in self.rules:
            for name, value in self.headers:
                if name.lower() in ARC_FIELDS:
                    number_of(name, value)

    def record(self, name, timeout=5):
        return self.keys.get(name.decode("latin-1").rstrip(".").lower(), "").encode("latin-1")

    def verify_sig(self, sig, include_headers, sig_header, dnsfunc):
        names = list(include_headers)
        if b"bh" in sig:
            if FROM_SIGNED in self.rules and b"from" not in names:
                raise dkim.ValidationError("From is not covered")
            if SIMPLE in self.rules and b"/" not in sig.get(b"c", b"/"):
                sig[b"c"] += b"/simple"
            if OWN_FIELD in self.rules:
                own = [(x, y) for x, y in self.headers
                       if x.lower() == b"arc-message-signature" and tags_of(y).get(b"b") == sig[b"b"]]
                sig_header = own[0] if own else sig_header
        return super().verify_sig(sig, Fields(names) if FROM_TWICE in self.rules else names, sig_header, dnsfunc)

    def verify_sig_process(self, sig, include_headers, sig_header, dnsfunc):
        record = tags_of(self.record(sig[b"s"] + b"._domainkey." + sig[b"d"]))
        if SHA1 in self.rules and b"sha256" not in words_of(record.get(b"h", b"sha256")):
            raise dkim.ValidationError("h= of the key")
        if KEY_FLAGS in self.rules:
            check_flags(record, {b"d": sig[b"d"]})
        return super().verify_sig_process(sig, include_headers, sig_header, dnsfunc)


def evaluate_arc(case, rules=()):
    """Whether dkimpy takes the chain for one that holds, with these rules put right."""
    try:
        return ArcVerifier(case.message, case.keys, rules).holds()
    except REFUSALS:  # no message at all to it
        return False


def rules_behind_arc(case, result):
    """The fewest rules whose correction leads dkimpy to the result, or None."""
    rules = list(ALL)
    if evaluate_arc(case, rules) != result:
        return None
    for rule in list(rules):
        fewer = [r for r in rules if r is not rule]
        if evaluate_arc(case, fewer) == result:
            rules = fewer
    return rules
