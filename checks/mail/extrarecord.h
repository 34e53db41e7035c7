// The TXT records of the optional extras (MTA-STS, TLS-RPT, BIMI): of all texts at a name those that begin with the
// version count, and exactly one may be left (RFC 8461 section 3.1, RFC 8460 section 3).
#pragma once

#include "checks/mail/taglist.h"
#include "checks/net/dnsclient.h"
#include "models/finding.h"

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

} // namespace cockpit
