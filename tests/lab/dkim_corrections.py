"""dkimpy's verifier, and rule by rule what RFC 6376 and its updates want differently. A disagreement is explained when
dkimpy with some of these rules put right comes to our result."""
import re
import time

import dkim
import dkim.canonicalization as canonicalization

FAR_FUTURE = 10 ** 12
# What dkimpy throws at messages, signatures and keys that are none.
REFUSALS = (dkim.DKIMException, dkim.util.InvalidTagValueList, AssertionError, ValueError, KeyError, IndexError, TypeError)


class Rule:
    def __init__(self, name, section, why):
        self.name, self.section, self.why = name, section, why


FROM_TWICE = Rule("from_twice", "RFC 6376 section 5.4.2",
                  "a signature covers as many fields of a name as h= has; dkimpy adds one more From of its own accord")
END_OF_BODY = Rule("end_of_body", "RFC 6376 section 3.4.4",
                   "blanks at the end of every line go, also of a last line that has no CRLF")
LENGTH = Rule("length", "RFC 6376 section 3.5, l=", "the length must not be larger than the canonical body")
SHA1 = Rule("sha1", "RFC 8301 section 3.1", "rsa-sha1 is not to be accepted, nor a key for it alone")
KEY_FLAGS = Rule("key_flags", "RFC 6376 section 3.6.1",
                 "v= comes first, s= without email or * is for something else, and with t=s the domain of i= is d=")
CAPITALS = Rule("capitals", "RFC 6376 section 3.5 with RFC 5234 section 2.3",
                "the words of a= and c= are literals of ABNF, whose case does not matter")
QUERY = Rule("query", "RFC 6376 section 3.5, q=", "unknown query methods in the list are ignored")
CLOCK = Rule("clock", "RFC 6376 section 3.5, t= and x=",
             "verifiers MAY refuse what was signed in the future and what has expired: we do not and do, dkimpy does "
             "and gives ten hours")
BLANK_NAME = Rule("blank_name", "RFC 5322 section 4.5",
                  "blanks before the colon are obsolete, but have to be understood")
LINE_ENDS = Rule("line_ends", "RFC 5322 section 2.3",
                 "a carriage return alone cannot stand in a message: we take it for a line end that a paste has changed")
ALL = [FROM_TWICE, END_OF_BODY, LENGTH, SHA1, KEY_FLAGS, CAPITALS, QUERY, CLOCK, BLANK_NAME, LINE_ENDS]


class Fields(list):
    """The names of h=, which nobody adds to."""

    def append(self, _):
        pass


def tags_of(record):
    return dkim.util.parse_tag_value(record)


def words_of(value):
    return [word.strip().lower() for word in value.split(b":") if word.strip()]


class Verifier(dkim.DKIM):
    def __init__(self, message, keys, rules):
        self.keys, self.rules = keys, rules
        super().__init__(prepared(message, rules))

    def is_valid(self, index):
        patched = {}
        if END_OF_BODY in self.rules:
            patched["strip_trailing_whitespace"] = lambda text: re.sub(b"[\t ]+(\r\n|\\Z)", b"\\1", text)
        before = {name: getattr(canonicalization, name) for name in patched}
        vars(canonicalization).update(patched)
        try:
            return bool(self.verify(idx=index, dnsfunc=self.record))
        except REFUSALS:
            return False
        finally:
            vars(canonicalization).update(before)

    def record(self, name, timeout=5):
        return self.keys.get(name.decode("latin-1").rstrip(".").lower(), "").encode("latin-1")

    def verify_headerprep(self, idx=0):
        fields = [(x, y) for x, y in self.headers if x.lower() == b"dkim-signature"]
        tags = dkim.util.parse_tag_value(fields[idx][1])
        if CAPITALS in self.rules:
            tags.update({name: tags[name].lower() for name in (b"a", b"c") if name in tags})
        if SHA1 in self.rules and tags.get(b"a") == b"rsa-sha1":
            raise dkim.ValidationError("rsa-sha1")
        if QUERY in self.rules and b"dns/txt" in words_of(tags.get(b"q", b"dns/txt")):
            tags.pop(b"q", None)
        if CLOCK in self.rules:
            tags.pop(b"t", None)
            if int(tags.get(b"x", FAR_FUTURE)) < int(time.time()):
                raise dkim.ValidationError("expired")
        dkim.validate_signature_fields(tags)
        names = [name.strip().lower() for name in tags[b"h"].split(b":")]
        return tags, Fields(names) if FROM_TWICE in self.rules else names, fields

    def verify_sig_process(self, sig, include_headers, sig_header, dnsfunc):
        record = tags_of(self.record(sig[b"s"] + b"._domainkey." + sig[b"d"]))
        if LENGTH in self.rules and b"l" in sig:
            forms = canonicalization.CanonicalizationPolicy.from_c_value(sig.get(b"c", b"simple/simple"))
            if int(sig[b"l"]) > len(forms.canonicalize_body(self.body)):
                raise dkim.ValidationError("l=")
        if SHA1 in self.rules and b"sha256" not in words_of(record.get(b"h", b"sha256")):
            raise dkim.ValidationError("h= of the key")
        if KEY_FLAGS in self.rules:
            check_flags(record, sig)
        return super().verify_sig_process(sig, include_headers, sig_header, dnsfunc)


def check_flags(record, sig):
    services = words_of(record.get(b"s", b"*"))
    is_first = b"v" not in record or next(iter(record)) == b"v"
    domain = sig.get(b"i", sig[b"d"]).rpartition(b"@")[2].lower()
    is_strict = b"s" in words_of(record.get(b"t", b""))
    if not is_first or not {b"*", b"email"} & set(services) or (is_strict and domain != sig[b"d"].lower()):
        raise dkim.ValidationError("key record")


def prepared(message, rules):
    if LINE_ENDS in rules:
        message = re.sub(b"\r\n|\r|\n", b"\r\n", message)
    if BLANK_NAME in rules:
        head, gap, body = message.partition(b"\r\n\r\n")
        message = re.sub(rb"(?m)^([!-9;-~]+)[ \t]+:", rb"\1:", head) + gap + body
    return message


def evaluate(case, index, rules=()):
    """Whether dkimpy takes the signature for genuine, with these rules put right."""
    try:
        return Verifier(case.message, case.keys, rules).is_valid(index)
    except REFUSALS:  # no message at all to it
        return False


def rules_behind(case, index, result):
    """The fewest rules whose correction leads dkimpy to the result, or None."""
    rules = list(ALL)
    if evaluate(case, index, rules) != result:
        return None
    for rule in list(rules):
        fewer = [r for r in rules if r is not rule]
        if evaluate(case, index, fewer) == result:
            rules = fewer
    return rules
