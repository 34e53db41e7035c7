"""DNS data in memory: asked directly, or by a name server of dnslib on loopback over UDP and TCP.

A name has a list of (type, value), or SERVFAIL. Values: addresses and names as text, MX (preference, name), TXT a list
of byte strings. Aliases are followed as a recursive resolver does; "*" is a wildcard, and "?" one that covers half of
all names: whether a name is exactly the right one can then be seen in the result.
"""
import socket
import zlib

from dnslib import AAAA, CNAME, MX, PTR, QTYPE, RCODE, RR, TXT, A, DNSLabel
from dnslib.server import BaseResolver, DNSLogger, DNSServer

SERVFAIL = "SERVFAIL"
LONGEST_CHAIN = 10
UDP_BYTES = 1232


class World:
    def __init__(self):
        self.names = {}
        self.parents = set()  # names with something below them exist, though without records

    def add(self, zone):
        for name, records in zone.items():
            name = name.lower()
            self.names[name] = records
            while "." in name:
                name = name.split(".", 1)[1]
                self.parents.add(name)

    def records_of(self, name):
        """None: the name does not exist."""
        if name in self.names:
            return self.names[name]
        if name in self.parents:
            return []
        above = name
        while "." in above:
            above = above.split(".", 1)[1]
            if "*." + above in self.names:
                return self.names["*." + above]
            if "?." + above in self.names:
                return self.names["?." + above] if zlib.crc32(name.encode("latin-1")) % 2 else None
            if above in self.names or above in self.parents:
                return None
        return None

    def ask(self, name, kind):
        """The response code as a word, and the answers as (name, type, value), aliases first."""
        answers = []
        name = name.lower().rstrip(".")
        for _ in range(LONGEST_CHAIN):
            records = self.records_of(name)
            if records is None:
                return "NXDOMAIN", answers
            if records == SERVFAIL:
                return SERVFAIL, []
            answers += [(name, kind, value) for t, value in records if t == kind]
            alias = [value for t, value in records if t == "CNAME"]
            if not alias:
                return "NOERROR", answers
            answers.append((name, "CNAME", alias[0]))
            name = alias[0].lower()
        return SERVFAIL, []


def data_of(kind, value):
    if kind == "MX":
        return MX(value[1], value[0])
    return {"A": A, "AAAA": AAAA, "CNAME": CNAME, "PTR": PTR, "TXT": TXT}[kind](value)


def label_of(name):
    return DNSLabel([part.encode("latin-1") for part in name.split(".")])


class Answering(BaseResolver):
    def __init__(self, world):
        self.world = world

    def resolve(self, request, handler):
        name = b".".join(request.q.qname.label).decode("latin-1")
        word, answers = self.world.ask(name, QTYPE[request.q.qtype])
        reply = request.reply()
        reply.header.rcode = getattr(RCODE, word)
        for owner, kind, value in answers:
            reply.add_answer(RR(label_of(owner), getattr(QTYPE, kind), ttl=60, rdata=data_of(kind, value)))
        if handler.protocol == "udp" and len(reply.pack()) > UDP_BYTES:
            reply.header.tc = 1  # dnslib would leave out the question too, and such an answer counts as forged
            reply.rr = []
        return reply


class Server:
    """Listens on one free port; used as a context."""

    def __init__(self, world):
        silent = DNSLogger(log="-request,-reply,-truncated,-error,-recv,-send,-data")
        for _ in range(20):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
            try:
                self.both = [DNSServer(Answering(world), address="127.0.0.1", port=self.port, tcp=tcp,
                                       logger=silent) for tcp in (False, True)]
                return
            except OSError:
                continue  # somebody else took the port
        raise OSError("no free port")

    def __enter__(self):
        for server in self.both:
            server.start_thread()
        return self

    def __exit__(self, *_):
        for server in self.both:
            server.stop()
            server.server.server_close()
