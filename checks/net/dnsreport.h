// How DNS facts are shown: evidence, bounded plain text, findings that rest on them.
#pragma once

#include "checks/net/dnsclient.h"
#include "models/finding.h"

namespace cockpit {

// What a stranger published, as printable ASCII of bounded length.
QString shownText(const QByteArray &published, qsizetype longest = 500);
// The same of a name, short enough for a sentence.
QString shownName(const QString &name);

// "TXT example.com" and the records, or what the server said instead.
Evidence evidenceOf(const DnsLookup &question, const DnsAnswer &answer);

// A finding about what stands in the DNS: everybody can read it there, so it is proven.
Finding dnsFinding(const QString &code, Severity severity, Impact impact, const QString &title,
                   const QString &whatWeSaw);

// "The name does not exist" and its like, for people.
QString sentenceOf(const DnsLookup &question, DnsStatus status);
// The same, and why, where the server says so (RFC 8914).
QString sentenceOf(const DnsLookup &question, const DnsAnswer &answer);
// Why the answer says nothing about what exists; empty when it says that there is something, or that there is nothing.
std::optional<Error> gapIn(const DnsLookup &question, const Result<DnsAnswer> &answer);
QString problemOf(const DnsLookup &question, const Result<DnsAnswer> &answer); // the same, in words alone

} // namespace cockpit
