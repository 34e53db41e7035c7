// http.security-txt: a contact for people who find a security fault is published (RFC 9116). Optional extra.
// observed: url, status, headers{content-type}, chain, "found", "place": "well_known"|"root"|null, "contacts": [..],
// "expires"|null, "languages"|null, "signed".
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

namespace cockpit {

struct SecurityTxt
{
    QStringList contacts;
    QStringList expires; // as they are written: exactly one is allowed
    QStringList canonical;
    QStringList languages;
    bool isSigned = false; // in an OpenPGP cleartext frame; the signature is not checked
    bool operator==(const SecurityTxt &) const = default;
};

// field = name ":" SP value, one a line; "#" begins a comment. Empty when no line is such a field: it is another file,
// a single-page app's page for instance.
std::optional<SecurityTxt> parseSecurityTxt(const QByteArray &text);

// Where it was looked for, in order: under /.well-known/, then at the root, where it was before the RFC.
struct SecurityTxtLook
{
    std::vector<RedirectChain> walks;
};

Check securityTxtCheck();
// look.walks: at least one.
Judged judgeSecurityTxt(const SecurityTxtLook &look, const QDateTime &now);

} // namespace cockpit
