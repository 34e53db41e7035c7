// What the tests of access.enumeration share.
#pragma once

#include "checks/access/enumeration.h"
#include "checks/access/enumerationlook.h"
#include "tests/checks/access/mailscene.h"

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

// Of the shop's routes: those that a person marks as safe, so that they are tried.
inline bool mayWrite(const ShopRouteLine &line)
{
    return line.path == "/api/sign-up" || line.path == "/api/invitations";
}

} // namespace cockpit::test
