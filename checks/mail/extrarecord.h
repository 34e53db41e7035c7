// The TXT records of the optional extras (MTA-STS, TLS-RPT, BIMI): of all texts at a name those that begin with the
// version count, and exactly one may be left (RFC 8461 section 3.1, RFC 8460 section 3).
#pragma once

#include "checks/engine/check.h"
#include "checks/mail/taglist.h"
#include "checks/net/dnsclient.h"

#include <vector>

namespace cockpit {

enum class ExtraState { Absent, One, Several, DnsFailure };

struct ExtraRecord
{
    ExtraState state = ExtraState::Absent;
    QByteArray text;     // of the one
    QByteArray nearMiss; // Absent: a text that was surely meant as one ("v=stsv1", the version not first)
};

// version: "v=STSv1". It ends with a semicolon, blanks before it aside, or with the text.
ExtraRecord readExtraRecord(const DnsAnswer &answer, const QByteArray &version);

// Fields between semicolons, in one case, none around "=" (both RFCs); a field may come twice. The error is a sentence.
[[nodiscard]] tl::expected<std::vector<Tag>, QString> parseFields(const QByteArray &text);

// Faults of an extra are small: without it mail flows as it always did.
Finding extraFinding(const QString &code, const QString &title, const QString &whatWeSaw);

// The judgement when the name servers fail: nothing is known of the record.
Judged unknownExtra(const DnsLookup &question, DnsStatus status);
// A file that did not come because of us or the line between: no fact about who publishes it.
bool isNoFact(const Error &error);
// How the judgement of an extra ends: no record and no finding is no fault (status "none"); else the first finding
// speaks, or `sound`.
Judged concludedExtra(Judged judged, const ExtraRecord &record, const QString &absent, const QString &sound);
// How a look at one ends: with what it rests on at every finding; not run when the domain itself is missing.
Judged provenExtra(Judged judged, std::vector<Evidence> evidence, const QString &domain, Observations &seen);

} // namespace cockpit
