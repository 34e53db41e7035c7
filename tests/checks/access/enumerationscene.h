// What the tests of access.enumeration share.
#pragma once

#include "checks/access/enumeration.h"
#include "checks/access/enumerationlook.h"
#include "models/unseen.h"
#include "tests/checks/access/mailscene.h"

#include <algorithm>

namespace cockpit::test {

// "tells_by_time POST /api/login"
inline QStringList found(const Judged &judged)
{
    QStringList words;
    for (const Finding &finding : judged.findings)
        words.append(finding.code + u' ' + finding.subject);
    words.sort();
    return words;
}

// Nothing was found; what stays open are times alone, which a busy machine lets vary.
inline bool isClean(const Judged &judged)
{
    const std::vector<Unseen> open = unseenIn(judged.observed);
    return judged.findings.empty() && (judged.outcome == Outcome::Pass || judged.outcome == Outcome::Info) &&
           std::ranges::all_of(open, [](const Unseen &one) { return one.code == QLatin1String("tells_by_time"); });
}

// Of the shop's routes: those that a person marks as safe, so that they are tried.
inline bool mayWrite(const ShopRouteLine &line)
{
    return line.path == "/api/sign-up" || line.path == "/api/invitations";
}

} // namespace cockpit::test
