// The Observatory's reading of policies (mdn/mdn-http-observatory src/analyzer/cspParser.js), its oddities included.
#pragma once

#include <QMap>
#include <QStringList>

#include <optional>

namespace cockpit {

using MdnCsp = QMap<QString, QStringList>; // directive -> sources, each once

struct MdnParsedCsp
{
    MdnCsp directives;
    bool hasReportTwice = false; // report-uri or report-to came twice: forgiven, and noted
    bool operator==(const MdnParsedCsp &) const = default;
};

// Header values and meta contents may hold several policies.
QStringList splitMdnPolicies(const QStringList &values);
// What all policies allow. Empty when the Observatory calls the header invalid: a policy that is too short, a directive
// that comes twice, a path that cannot be decoded.
std::optional<MdnParsedCsp> parseMdnCsp(const QStringList &policies);
// A meta tag cannot carry these.
MdnParsedCsp withoutHeaderOnly(MdnParsedCsp csp);

} // namespace cockpit
