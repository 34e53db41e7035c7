"""Signed messages, whole and damaged, with the keys to verify them. The same seed and number give the same case, but
for the keys, which are made anew in each run."""
import base64
import random
import subprocess
import time
from dataclasses import dataclass, field

import dkim
import nacl.encoding
import nacl.signing

DOMAIN = b"example.com"
WORDS = [b"invoice", b"Welcome", b"to  the", b"team", b"\t", b"\xc3\xbcber", b"a;b=c", b":", b"=?utf-8?q?x?=", b"",
         b"very-long-word-" * 6, b"b=", b"(comment)", b"100%"]
NAMES = [b"To", b"Subject", b"Date", b"Message-ID", b"X-Mailer", b"Received", b"subject", b"CC", b"List-Id", b"X-A",
         b"MIME-Version", b"Content-Type"]
LINES = [b"Hello", b"", b"", b" ", b"\t", b"two  blanks", b"tail ", b"tail\t \t", b" head", b".", b"..", b"From me",
         b"\xff\xfe 8-bit", b"x" * 300, b"--", b"-- ", b"a\tb"]
KEY_ODDITIES = {
    "short": lambda text: text.replace(b"v=DKIM1; ", b""),
    "blanks": lambda text: text[:-40] + b" " + text[-40:],
    "flags": lambda text: text + b"; t=y:s",
    "sha256 alone": lambda text: text + b"; h=sha256",
    "sha1 alone": lambda text: text + b"; h=sha1",
    "both hashes": lambda text: text + b"; h=sha1:sha256",
    "for mail": lambda text: text + b"; s=email",
    "for all": lambda text: text + b"; s=*",
    "for other": lambda text: text + b"; s=other",
    "unknown tag": lambda text: text + b"; x9=1;",
    "version last": lambda text: text.replace(b"v=DKIM1; ", b"") + b"; v=DKIM1",
    "wrong version": lambda text: text.replace(b"DKIM1", b"DKIM2"),
    "revoked": lambda text: text[:text.index(b"p=") + 2],
    "cut off": lambda text: text[:-30],
    "tag twice": lambda text: text + b"; t=y; t=s",
    "no key": lambda text: b"v=spf1 -all",
}


@dataclass
class Keys:
    """Of one run: private keys by algorithm, and the records that go with them."""
    private: dict
    records: dict

    @staticmethod
    def make():
        private, records = {}, {}
        for bits in (1024, 2048):
            pem = subprocess.run(["openssl", "genrsa", "-traditional", str(bits)], capture_output=True, check=True).stdout
            public = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], input=pem, capture_output=True,
                                    check=True).stdout
            private[f"rsa{bits}"] = pem
            records[f"rsa{bits}"] = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
        signer = nacl.signing.SigningKey.generate()
        private["ed25519"] = signer.encode(nacl.encoding.Base64Encoder)
        records["ed25519"] = b"v=DKIM1; k=ed25519; p=" + signer.verify_key.encode(nacl.encoding.Base64Encoder)
        return Keys(private, records)


@dataclass
class Case:
    number: int
    message: bytes
    keys: dict = field(default_factory=dict)  # name: record
    story: list = field(default_factory=list)  # how it was made, for people


class Signer(dkim.DKIM):
    """dkimpy's signer with tags of our own choice in the signature."""
    change = staticmethod(lambda fields: fields)

    def gen_header(self, fields, *others, **named):
        return super().gen_header(self.change(fields), *others, **named)


class Maker:
    def __init__(self, seed, number, keys):
        self.r = random.Random(f"{seed}/{number}")
        self.keys = keys
        self.case = Case(number, b"")

    def chance(self, share):
        return self.r.random() < share

    def note(self, what):
        self.case.story.append(what)

    def header(self):
        fields = [b"From: Anna <anna@example.com>"]
        for _ in range(self.r.randint(0, 9)):
            words = [self.r.choice(WORDS) for _ in range(self.r.randint(0, 6))]
            glue = self.r.choice([b" ", b" ", b"\r\n ", b"\r\n\t ", b"  "])
            colon = self.r.choice([b": ", b": ", b":", b":  ", b":\t"])
            fields.append(self.r.choice(NAMES) + colon + glue.join(word for word in words if word))
            # An empty line would end the header.
            fields[-1] = b"\r\n".join(line for i, line in enumerate(fields[-1].split(b"\r\n")) if i == 0 or line.strip())
        self.r.shuffle(fields)
        return [line + self.r.choice([b"", b"", b" "]) + b"\r\n" for line in fields]

    def body(self):
        lines = [self.r.choice(LINES) for _ in range(self.r.randint(0, 8))]
        end = self.r.choice([b"\r\n", b"\r\n", b"\r\n\r\n\r\n", b"", b" \r\n", b" "])
        return b"\r\n".join(lines) + end

    def tags(self, fields):
        """Changes to a signature that its signer may make."""
        changed = dict(fields)
        if self.chance(0.1):
            changed[b"x"] = str(int(time.time()) + self.r.choice([3600, -86400 * 3, -3600])).encode()
            self.note(f"x= {int(changed[b'x']) - int(time.time())} s from now")
        if self.chance(0.05):
            changed[b"t"] = str(int(time.time()) + 90000).encode()
            self.note("t= tomorrow")
        if self.chance(0.1):
            changed[b"q"] = self.r.choice([b"dns/txt", b"dns/txt:http/well-known", b"http/well-known"])
            self.note(f"q={changed[b'q'].decode()}")
        if self.chance(0.05):
            changed[b"c"] = changed[b"c"].upper()
            self.note("c= in capitals")
        if self.chance(0.05):
            changed[b"a"] = changed[b"a"].upper()
            self.note("a= in capitals")
        if self.chance(0.05):
            changed[b"z9"] = b"anything"
            self.note("a tag that nobody knows")
        if self.chance(0.03):
            changed[b"V"] = b"1"
            self.note("tags that differ by case alone")
        if b"l" in changed and self.chance(0.4):
            changed[b"l"] = str(int(changed[b"l"]) + self.r.choice([1, 1000])).encode()
            self.note("l= beyond the body")
        # b= stays the last: dkimpy folds it there.
        return [(name, value) for name, value in changed.items() if name != b"b"] + [(b"b", changed[b"b"])]

    def sign(self, message):
        kind = self.r.choice(list(self.keys.private))
        forms = (self.r.choice([b"simple", b"relaxed"]), self.r.choice([b"simple", b"relaxed"]))
        selector = self.r.choice([b"s1", b"S2", b"key.2026"])
        domain = self.r.choice([DOMAIN, DOMAIN, b"Mail.example.com", b"other.example"])
        identity = self.r.choice([None, None, b"anna@" + domain, b"@team." + domain])
        algorithm = b"ed25519-sha256" if kind == "ed25519" else self.r.choice([b"rsa-sha256"] * 9 + [b"rsa-sha1"])
        signer = Signer(message)
        signer.change = self.tags
        present = [name.lower() for name, _ in signer.headers if name.lower() not in signer.should_not_sign]
        chosen = [b"from"] + [name for name in present if self.chance(0.7)]
        chosen += [b"from"] if self.chance(0.3) else []
        chosen += [b"reply-to"] if self.chance(0.3) else []  # covers that there is none
        self.r.shuffle(chosen)
        self.note(f"{algorithm.decode()} {b'/'.join(forms).decode()} with {kind}, i={identity}, h={b':'.join(chosen)}")
        signature = signer.sign(selector, domain, self.keys.private[kind], signature_algorithm=algorithm,
                                identity=identity, canonicalize=forms, include_headers=chosen,
                                length=self.chance(0.25))
        record = self.keys.records[kind]
        if self.chance(0.3):
            oddity = self.r.choice(list(KEY_ODDITIES))
            self.note(f"key: {oddity}")
            record = KEY_ODDITIES[oddity](record)
        if self.chance(0.95):
            self.case.keys[(selector + b"._domainkey." + domain).decode().lower()] = record.decode("latin-1")
        else:
            self.note("key: not published")
        return signature + message

    # What happens to a message on its way, harmless or not.
    def damage(self, message):
        head, _, body = message.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        at = self.r.randrange(len(lines))
        word = self.r.choice([b"X", b" ", b"\t"])
        ways = {
            "a letter of the body": lambda: message + b"!" if not body else head + b"\r\n\r\n" + b"Z" + body[1:],
            "empty lines at the end": lambda: message + b"\r\n\r\n",
            "a blank at the end": lambda: message + b" ",
            "a footer": lambda: message + b"\r\n--\r\nlist\r\n",
            "no line end at the end": lambda: message.rstrip(b"\r\n"),
            "blanks doubled in the body": lambda: head + b"\r\n\r\n" + body.replace(b" ", b"  "),
            "blanks at the ends of lines": lambda: head + b"\r\n\r\n" + body.replace(b"\r\n", b" \r\n"),
            "line feeds alone": lambda: message.replace(b"\r\n", b"\n"),
            "a bare carriage return": lambda: head + b"\r\n\r\n" + body[:3] + b"\r" + body[3:],
            "something in a header line": lambda: b"\r\n".join(
                lines[:at] + [lines[at] + word] + lines[at + 1:]) + b"\r\n\r\n" + body,
            "names in capitals": lambda: b"\r\n".join(
                line if line[:1] in b" \t" else line.partition(b":")[0].upper() + b":" + line.partition(b":")[2]
                for line in lines) + b"\r\n\r\n" + body,
            "blank before a colon": lambda: message.replace(b"From: Anna", b"From : Anna", 1),
            "refolded": lambda: b"\r\n".join(line.replace(b" ", b"\r\n\t", 1) if b": " not in line[:20] else line
                                             for line in lines) + b"\r\n\r\n" + body,
            "a line less": lambda: b"\r\n".join(lines[:at] + lines[at + 1:]) + b"\r\n\r\n" + body,
            "one more From on top": lambda: b"From: Eve <eve@evil.example>\r\n" + message,
            "one more From below": lambda: head + b"\r\nFrom: Eve <eve@evil.example>\r\n\r\n" + body,
            "one more Subject on top": lambda: b"Subject: Buy\r\n" + message,
            "one more Subject below": lambda: head + b"\r\nSubject: Buy\r\n\r\n" + body,
            "a reply address": lambda: b"Reply-To: eve@evil.example\r\n" + message,
            "signature spoilt": lambda: message.replace(b" b=", b" b=A", 1),
            "hash spoilt": lambda: message.replace(b"bh=", b"bh=A", 1),
            "version 2": lambda: message.replace(b"v=1;", b"v=2;", 1),
            "another domain": lambda: message.replace(b"d=" + DOMAIN, b"d=evil.example", 1),
            "no body": lambda: head,
            "a line of a mail store": lambda: b"From anna@example.com Sat Nov 28 10:00:00 2026\r\n" + message,
        }
        way = self.r.choice(list(ways))
        self.note(way)
        return ways[way]()

    def make(self):
        message = b"".join(self.header()) + b"\r\n" + self.body()
        for _ in range(self.r.choice([1, 1, 1, 2])):
            message = self.sign(message)
        for _ in range(self.r.choice([0, 0, 1, 1, 2])):
            message = self.damage(message)
        self.case.message = message
        return self.case


def make_case(seed, number, keys):
    return Maker(seed, number, keys).make()
