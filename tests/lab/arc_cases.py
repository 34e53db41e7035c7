"""Messages that were passed on, with chains of ARC made by dkimpy, whole and damaged. The same seed and number give the
same case, but for the keys."""
import random
import re

import dkim

from dkim_cases import KEY_ODDITIES, Case, Maker

HOPS = [b"lists.example", b"forward.example", b"Mail.Uni.example", b"a.b.example"]
RESULTS = [b"spf=pass smtp.mailfrom=example.com; dmarc=pass header.from=example.com", b"dkim=fail header.d=example.com",
           b"dmarc=none header.from=example.com", b"spf=fail smtp.mailfrom=example.com"]
FIELDS = re.compile(rb"(?im)^(arc-(?:seal|message-signature|authentication-results)):(?:.*\r\n)(?:[ \t].*\r\n)*")


class Sealer(dkim.ARC):
    """dkimpy's sealer with tags of our own choice."""
    change = staticmethod(lambda fields: fields)

    def gen_header(self, fields, *others, **named):
        return super().gen_header(self.change(fields), *others, **named)


class ArcMaker(Maker):
    def tags(self, fields):
        changed = dict(fields)
        is_seal = b"cv" in changed
        if self.chance(0.03):
            changed[b"i"] = self.r.choice([b"0", b"1", b"7", b"51", b"x"])
            self.note(f"i={changed[b'i'].decode()}")
        if is_seal and self.chance(0.06):
            changed[b"cv"] = self.r.choice([b"none", b"pass", b"fail"])
            self.note(f"cv={changed[b'cv'].decode()}")
        if self.chance(0.03):
            changed[b"z9"] = b"anything"
            self.note("a tag that nobody knows")
        if not is_seal and self.chance(0.05):
            changed[b"c"] = self.r.choice([b"simple/relaxed", b"relaxed/simple", b"relaxed"])
            self.note(f"c={changed[b'c'].decode()}, for which it was not made")
        # b= stays the last: dkimpy folds it there.
        return [(name, value) for name, value in changed.items() if name != b"b"] + [(b"b", changed[b"b"])]

    def pass_on(self, message, instance):
        domain = self.r.choice(HOPS)
        selector = self.r.choice([b"s1", b"key.2026"])
        status = b"arc=pass; " if instance > 1 else b""
        if instance > 1 and self.chance(0.05):
            status = b"arc=fail; "
            self.note("found the chain broken")
        server = b"mx%d." % instance + domain
        found = b"Authentication-Results: " + server + b"; " + status + self.r.choice(RESULTS) + b"\r\n"
        kind = self.r.choice(["rsa1024", "rsa2048"])
        sealer = Sealer(found + message)
        sealer.change = self.tags
        present = {name.lower() for name, _ in sealer.headers}
        chosen = [b"from"] + [name for name in (b"subject", b"to", b"date", b"cc") if name in present and self.chance(0.8)]
        if self.chance(0.1):
            chosen.append(b"reply-to")  # covers that there is none
        self.note(f"passed on by {domain.decode()} with {kind}, h={b':'.join(chosen).decode()}")
        fields = sealer.sign(selector, domain, self.keys.private[kind], server, include_headers=chosen)
        record = self.keys.records[kind]
        if self.chance(0.08):
            oddity = self.r.choice(list(KEY_ODDITIES))
            self.note(f"key: {oddity}")
            record = KEY_ODDITIES[oddity](record)
        name = (selector + b"._domainkey." + domain).decode().lower()
        if self.chance(0.98):
            self.case.keys[name] = record.decode("latin-1")  # of two hops at one place, the later key stands there
        else:
            self.note("key: not published")
        return b"".join(fields) + found + message

    # What a mailing list does before it passes a message on.
    def handle(self, message):
        head, _, body = message.partition(b"\r\n\r\n")
        if self.chance(0.3):
            self.note("adds a footer")
            body += b"\r\n-- \r\nthe list\r\n"
        if self.chance(0.3):
            self.note("adds a Received line")
            head = b"Received: from a.example by b.example; Sat, 28 Nov 2026 10:00:00 +0000\r\n" + head
        return head + b"\r\n\r\n" + body

    # On the way, after the last seal.
    def spoil(self, message):
        sets = list(FIELDS.finditer(message))
        one = self.r.choice(sets).group(0) if sets else b""
        ways = {
            "a footer": lambda: message + b"footer\r\n",
            "empty lines at the end": lambda: message + b"\r\n\r\n",
            "one more Received on top": lambda: b"Received: from x by y; now\r\n" + message,
            "one more Subject on top": lambda: b"Subject: Buy\r\n" + message,
            "one more From below": lambda: message.replace(b"\r\n\r\n", b"\r\nFrom: Eve <eve@evil.example>\r\n\r\n", 1),
            "a field of the chain lost": lambda: message.replace(one, b"", 1),
            "a field of the chain doubled": lambda: one + message,
            "a field of the chain moved to the top": lambda: one + message.replace(one, b"", 1),
            "a field of the chain in capitals": lambda: message.replace(
                one, one.partition(b":")[0].upper() + b":" + one.partition(b":")[2], 1),
            "a field of the chain refolded": lambda: message.replace(one, one.replace(b"; ", b";\r\n\t"), 1),
            "the first results changed": lambda: message.replace(b"header.from=example.com", b"header.from=evil.example"),
            "a seal spoilt": lambda: message.replace(b" b=", b" b=A", 1),
            "a status changed": lambda: message.replace(b"cv=none", b"cv=pass", 1),
            "a number changed": lambda: message.replace(b"i=1;", b"i=2;", 1),
            "a domain changed": lambda: message.replace(b"d=lists.example", b"d=evil.example", 1),
            "a seal with h=": lambda: message.replace(b"cv=", b"h=from; cv=", 1),
            "the body lost a letter": lambda: message[:-4] + message[-3:],
            "line feeds alone": lambda: message.replace(b"\r\n", b"\n"),
        }
        way = self.r.choice(list(ways))
        self.note(way)
        return ways[way]()

    def make(self):
        message = b"".join(self.header()) + b"\r\n" + self.body()
        for instance in range(1, self.r.choice([1, 1, 2, 2, 3, 4]) + 1):
            message = self.pass_on(self.handle(message), instance)
        for _ in range(self.r.choice([0, 0, 0, 1, 1, 2])):
            message = self.spoil(message)
        self.case.message = message
        return self.case


def make_arc_case(seed, number, keys):
    """None where dkimpy refuses to seal what an earlier server left."""
    maker = ArcMaker(seed, number, keys)
    try:
        return maker.make()
    except dkim.DKIMException:
        return None
