"""Random SPF zones and senders: well-formed, odd and damaged ones. The same seed and number give the same case."""
import ipaddress
import random
from dataclasses import dataclass, field

from spf_world import SERVFAIL

LOCAL_PARTS = ["anna", "anna.maria", "anna-lists", "anna+shop=eu", "a_b-c.d", "", "Bert", "x" * 64, '"an@na"',
               "y" * 40]
MACRO_LETTERS = "sslloddddiivvhhpSLODIH"
DELIMITERS = ["", "", "", "", ".", "-", "+", "-+", "_", "=", "/", ","]
ODD_MACROS = ["%{d0}", "%%_", "%%-", "%%%_", "%{x}", "%{dr2}", "%{d", "%d", "%", "%%%", "%{c}",
              "%{dR}", "%{d:}", "%{}", "%{d01}"]
ODD_TOPS = ["relay", "relay.123", "relay.1x", "relay.x-", "relay.-x", "relay.x-1", "192.0.2.1", "relay.x_y", ".org",
            "a..b.org"]
ODD_TERMS = ["all:", "all/8", "-all.", "--all", "!all", "mailhost", "ipv4:192.0.2.1", "include", "exists", "exists:",
             "ptr/24", "ip4", "ip6:", "=x", "1a=b", "-a=b", "redirect:x.org", "a:", "mx/", "a//", "spf1", "all=no",
             "ip4:192.0.2.1,", "ip4:192.0.2.1/24//64", "redirect=", "exp=", "Include=x", "ip4:%{i}", "a/24/64"]
ODD_ADDRESSES = ["192.0.2", "192.0.2.256", "192.0.02.1", "2001:db8:::1", "::ffff:198.18.0.1", "fe80::1%1", "1:2"]
ODD_LENGTHS = ["/33", "/032", "//129", "//064", "/", "/00", "//0/0", "/128"]
V4_LENGTHS = ["/0", "/8", "/15", "/16", "/24", "/31", "/32"]
V6_LENGTHS = ["//0", "//32", "//48", "//64", "//127", "//128"]
ODD_RECORDS = ["v=spf10 +all", "V=SPF1 -all", "v=spf1", " v=spf1 +all", "v=spf1-all", "v=spf1\t+all"]
UNKNOWN_MODIFIERS = ["site=4711", "x-y_z.1=%{d}", "moo=", "moo=a=b", "site=100%", "moo=%{l}%%", "MOO=1", "op=auth"]


@dataclass
class Case:
    number: int
    client: str
    mail_from: str
    helo: str
    zone: dict = field(default_factory=dict)
    policies: dict = field(default_factory=dict)  # domain: its text records, for people


def txt(text):
    raw = text.encode("latin-1")
    return ("TXT", [raw[i:i + 255] for i in range(0, len(raw), 255)] or [b""])


class Maker:
    def __init__(self, seed, number):
        self.r = random.Random(f"{seed}/{number}")
        self.base = f"c-{number}.example.com"
        high, low = divmod(number, 250)
        self.v4 = ipaddress.ip_address(f"198.18.{high}.{low + 1}")
        self.v6 = ipaddress.ip_address(f"2001:db8:{number:x}::10")
        self.is_v6 = self.r.random() < 0.3
        self.client = self.v6 if self.is_v6 else self.v4
        self.hosts = []
        self.zone = {}
        self.domains = [f"d{i}.{self.base}" for i in range(self.r.choice([1, 1, 2, 3, 4, 6]))]
        # Most zones are sound, so that evaluation comes to its end; the others have all that can go wrong.
        self.oddness = self.r.choice([0, 0, 0, 0.02, 0.1])
        self.damage = self.r.choice([0, 0, 0, 0, 0.3])

    def odd(self):
        return self.r.random() < self.oddness

    def near(self, address):
        bits = self.r.choice([1, 8, 8, 16, 30 if address.version == 4 else 90])
        return str(type(address)(int(address) ^ (1 << (bits - 1))))

    def addresses(self, kind):
        if kind == "here":
            return [("A", str(self.v4)), ("AAAA", str(self.v6))]
        if kind == "near":
            return [("A", self.near(self.v4)), ("AAAA", self.near(self.v6))]
        if kind == "one":
            return [("AAAA", str(self.v6))] if self.is_v6 else [("A", str(self.v4))]
        if kind == "other":
            return [("A", str(self.v4))] if self.is_v6 else [("AAAA", str(self.v6))]
        return [("A", "203.0.113.9"), ("AAAA", "2001:db8:ffff::9")]

    def host(self, name, kind):
        self.hosts.append(name)
        if kind == "gone":
            return
        if kind == "down":
            self.zone[name] = SERVFAIL
        elif kind == "text":
            self.zone[name] = [txt("nothing but text")]
        elif kind == "alias":
            self.zone[name] = [("CNAME", self.r.choice(self.hosts))]
        else:
            self.zone[name] = self.addresses(kind)

    def make_hosts(self):
        kinds = ["here", "near", "far", "far", "far", "one", "other", "alias", "alias", "gone", "text"]
        for i in range(self.r.randint(2, 6)):
            kind = "down" if self.r.random() < 0.03 else self.r.choice(kinds)
            self.host(f"h{i}.{self.base}", kind)
        self.zone[f"*.wild.{self.base}"] = self.addresses("far")
        self.zone[f"?.half.{self.base}"] = self.addresses(self.r.choice(["here", "near", "far"]))
        for domain in [*self.hosts, *self.domains]:
            if self.r.random() < 0.4 and self.zone.get(domain) != SERVFAIL and domain not in self.aliases():
                count = self.r.choice([1, 1, 2, 3, 10, 11])
                names = [self.r.choice(self.hosts) for _ in range(min(count, 3))]
                names += [f"m{i}.wild.{self.base}" for i in range(count - len(names))]
                if self.r.random() < 0.05:
                    names = ["."]
                unique = list(dict.fromkeys(names))
                self.zone.setdefault(domain, []).extend(("MX", (10 * i, name)) for i, name in enumerate(unique))

    def aliases(self):
        return {n for n, records in self.zone.items() if records != SERVFAIL and records and records[0][0] == "CNAME"}

    def make_reverse(self):
        name = self.client.reverse_pointer
        names = [self.r.choice([*self.hosts, *self.domains, f"x.wild.{self.base}", "relay.elsewhere.example.org"])
                 for _ in range(self.r.choice([0, 0, 1, 1, 2, 5]))]
        if self.r.random() < 0.03:
            self.zone[name] = SERVFAIL
        elif names:
            self.zone[name] = [("PTR", n) for n in dict.fromkeys(names)]

    def macro(self):
        if self.odd():
            return self.r.choice(ODD_MACROS)
        if self.r.random() < 0.06:
            return self.r.choice(["%%", "%-", "%_"])
        parts = [MACRO_LETTERS, ["", "", "", "1", "2", "3", "9"], ["", "", "r"], DELIMITERS]
        return "%{" + "".join(self.r.choice(part) for part in parts) + "}"

    def domain_spec(self, names):
        if self.odd():
            return self.r.choice(ODD_TOPS)
        roll = self.r.random()
        if roll < 0.6:
            return self.r.choice(names)
        if roll < 0.68:
            return f"h{self.r.randint(0, 5)}.%{{{self.r.choice(['d3', 'o3', 'D3'])}}}"
        if roll < 0.76:
            return self.macro() + "." + ".".join(["q" * 60] * self.r.choice([1, 3, 4])) + f".half.{self.base}"
        return f"{self.macro()}.{self.r.choice(['half', 'half', 'half', 'none'])}.{self.base}"

    def lengths(self):
        if self.r.random() < 0.6:
            return ""
        if self.odd():
            return self.r.choice(ODD_LENGTHS)
        return self.r.choice(["", *V4_LENGTHS]) + self.r.choice(["", *V6_LENGTHS])

    def network(self):
        v6 = self.r.random() < 0.35
        far = ipaddress.ip_address("2001:db8:ffff::" if v6 else "203.0.113.0")
        address = self.r.choice([self.v6 if v6 else self.v4, far])
        text = self.r.choice([str(address), self.near(address)])
        if self.odd():
            text = self.r.choice(ODD_ADDRESSES)
        length = self.r.choice(["", "", *(v[1:] for v in V6_LENGTHS)] if v6 else ["", "", *V4_LENGTHS])
        if self.odd():
            length = self.r.choice(ODD_LENGTHS)
        return f"ip{6 if v6 else 4}:{text}{length}"

    def mechanism(self):
        kind = self.r.choices(["ip", "a", "mx", "ptr", "exists", "include"], [30, 18, 14, 8, 14, 16])[0]
        if kind == "ip":
            return self.network()
        if kind in ("a", "mx"):
            target = ":" + self.domain_spec([*self.hosts, *self.domains]) if self.r.random() < 0.75 else ""
            return kind + target + self.lengths()
        if kind == "ptr":
            return "ptr" + (":" + self.domain_spec([self.base, *self.domains]) if self.r.random() < 0.6 else "")
        if kind == "exists":
            return "exists:" + self.domain_spec(self.hosts)
        return "include:" + self.target()

    def target(self):
        if self.r.random() < 0.12:
            return self.r.choice([*self.hosts, f"nowhere.{self.base}", self.domain_spec(self.hosts)])
        return self.r.choice(self.domains)

    def term(self):
        if self.odd():
            return self.r.choice(ODD_TERMS)
        if self.r.random() < 0.06:
            modifier = self.r.choice(UNKNOWN_MODIFIERS)
            return modifier if self.r.random() < 0.5 or self.oddness else "site=4711"
        qualifier = self.r.choices(["", "+", "-", "~", "?"], [10, 1, 2, 2, 2])[0]
        return self.in_some_case(qualifier + self.mechanism())

    def in_some_case(self, text):
        return text.upper() if self.r.random() < 0.02 and "%" not in text else text

    def record(self):
        terms = [self.term() for _ in range(self.r.choices([0, 1, 2, 3, 4, 6, 9, 12], [1, 3, 4, 4, 4, 3, 2, 1])[0])]
        if self.r.random() < 0.1:  # at the limit of two that find nothing
            terms[:0] = [f"{self.r.choice(['a', 'exists'])}:no.none.{self.base}"] * self.r.choice([1, 2, 2])
        if self.r.random() < 0.08:  # near the limit of ten
            terms += [f"a:far.wild.{self.base}"] * self.r.randint(7, 11)
        if self.r.random() < 0.02:  # beyond what one datagram holds
            terms += [f"ip4:203.0.113.{i}" for i in range(90)]
        if self.r.random() < 0.65:
            terms.append(self.r.choice(["-all", "-all", "~all", "?all", "all", "-ALL"]))
        if self.r.random() < 0.25:
            terms.insert(self.r.randint(0, len(terms)), self.in_some_case("redirect=") + self.target())
        if self.r.random() < 0.5:
            name = f"why{self.r.randint(0, 3)}.{self.base}" if self.r.random() < 0.9 else self.domain_spec(self.hosts)
            terms.insert(self.r.randint(0, len(terms)), self.in_some_case("exp=") + name)
        text = " ".join(["v=spf1", *terms])
        if self.r.random() < 0.05:
            text = text.replace(" ", "  ") + " "
        return self.damaged(text) if self.r.random() < self.damage else text

    def damaged(self, text):
        for _ in range(self.r.choice([1, 1, 2])):
            from_version_on = 6 if len(text) > 6 and self.r.random() < 0.9 else 0
            i = self.r.randrange(from_version_on, len(text) + 1)
            strange = self.r.choice(" :/=%{}.,-+~?0129adrxX\"\\'\t\n\x00\x7f\xe9")
            before, after = text[:i], text[i:]
            text = self.r.choice([before, before + after[1:], before + strange + after, before + strange + after[1:],
                                  before + after[:3] + after])
        return text

    def explanation(self):
        words = ["Not from %{i}.", "Ask", "postmaster@%{d}", "%{s}", "100%%", "here:%_", "%{c}", "%{h}", "%{r}", "by"]
        parts = [self.r.choice(words) if self.r.random() < 0.6 else self.macro() for _ in range(self.r.randint(1, 5))]
        return " ".join(parts)

    def texts_of(self, domain):
        roll = self.r.random()
        if roll < 0.03:
            return ["nothing of ours"]
        if roll < 0.05:
            return [self.record(), self.record()]
        if roll < 0.07:
            return [self.r.choice(ODD_RECORDS)]
        return [self.record(), *(["site-token=1"] if self.r.random() < 0.2 else [])]

    def make_policies(self):
        shown = {}
        for domain in self.domains:
            if self.r.random() < 0.03 and domain != self.domains[0]:
                self.zone[domain] = SERVFAIL
                shown[domain] = [SERVFAIL]
                continue
            shown[domain] = self.texts_of(domain)
            self.zone.setdefault(domain, []).extend(txt(text) for text in shown[domain])
            self.zone[domain] += self.addresses(self.r.choice(["here", "far", "far"])) if self.r.random() < 0.5 else []
        for i in range(3):
            texts = [self.explanation() for _ in range(self.r.choice([1, 1, 1, 2]))]
            self.zone[f"why{i}.{self.base}"] = [txt(text) for text in texts]
            shown[f"why{i}.{self.base}"] = texts
        return shown

    def sender(self):
        local = self.r.choice(LOCAL_PARTS[:4] if self.r.random() < 0.7 else LOCAL_PARTS)
        if self.r.random() < 0.96:
            return f"{local}@{self.domains[0]}"
        strange = [f"nowhere.{self.base}", "localhost", f"a..{self.base}", "[192.0.2.1]"]
        return f"{local}@{self.r.choice([*strange, self.hosts[0], self.domains[0].upper()])}"


def make_case(seed, number):
    maker = Maker(seed, number)
    maker.make_hosts()
    maker.make_reverse()
    shown = maker.make_policies()
    client = f"::ffff:{maker.v4}" if not maker.is_v6 and maker.r.random() < 0.15 else str(maker.client)
    helo = maker.r.choice([maker.domains[0], maker.hosts[0], "mx-out.relay.example.net"])
    mail_from = "" if maker.r.random() < 0.06 else maker.sender()
    return Case(number, client, mail_from, helo, maker.zone, shown)
