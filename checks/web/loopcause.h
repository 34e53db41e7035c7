// Why a walk along redirects never arrives: what fights with what.
#pragma once

#include "checks/net/httpclient.h"

namespace cockpit {

enum class LoopCause {
    FlexibleTls,   // HiddenTls behind Cloudflare: its mode "Flexible" most often, a deaf server in any mode
    HiddenTls,     // a proxy ends TLS, and the server does not know or believe that the visitor came by HTTPS
    SchemeFight,   // one rule leads to https, another one back to http
    WwwFight,      // one rule leads to www, another one away from it
    SlashFight,    // one rule puts a slash at the end, another one takes it away
    LoginFight,    // a page and its login send visitors to each other
    MissingCookie, // who does not bring the cookie is sent round again
    Unknown,
};
QString toWord(LoopCause cause);
QString describe(LoopCause cause); // a sentence for people

// Of a chain that ended in RedirectEnd::Loop; Unknown for any other.
LoopCause loopCauseOf(const RedirectChain &chain);

} // namespace cockpit
