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

// Nothing was found, and nothing stays open.
inline bool isClean(const Judged &judged)
{
    return judged.outcome == Outcome::Pass && judged.findings.empty() && unseenIn(judged.observed).empty();
}

// Times are counted and not taken, as a busy machine lets them vary: what a practice product did for its last answer.
template<typename Product>
AnswerTime workOf(Product &product)
{
    return
        [&product](const HttpResponse &) { return static_cast<double>(product.journal().lines().back().work.count()); };
}

// Of a server that does the same for everything.
inline double alikeTime(const HttpResponse &)
{
    return 20;
}

// Of the shop's routes: those that a person marks as safe, so that they are tried.
inline bool mayWrite(const ShopRouteLine &line)
{
    return line.path == "/api/sign-up" || line.path == "/api/invitations";
}

} // namespace cockpit::test
