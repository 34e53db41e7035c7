// Does an authorization server of our own hand its answers to the registered address alone? "Exact string matching" of
// redirect_uri (RFC 9700 section 4.1.3), asked signed out: what matters is where an answer leads, before anybody signs
// in.
#pragma once

#include "checks/access/oauthrequest.h"
#include "checks/actors/wire.h"

#include <vector>

namespace cockpit {

// Never registered by anybody (RFC 2606 section 2).
inline const QString kForeignRedirectHost = QStringLiteral("launch-cockpit.invalid");

enum class RedirectChange {
    OtherHost,  // https://launch-cockpit.invalid/cb
    HostSuffix, // https://app.example.com.launch-cockpit.invalid/callback
    UserInfo,   // https://app.example.com@launch-cockpit.invalid/callback
    LongerPath, // https://app.example.com/callback/launch-cockpit
};
QString toWord(RedirectChange value);

// With the true address: all four. Without a web address in the request: OtherHost alone.
std::vector<RedirectChange> changesFor(const AuthorizationRequest &request);
QString changedRedirect(const QString &trueRedirect, RedirectChange change);

struct RedirectTry
{
    RedirectChange change = RedirectChange::OtherHost;
    QString redirectUri = {};
    ActiveRequest request = {};
    std::optional<HttpResponse> answer = {};
};

enum class RedirectVerdict {
    Refused, // an error, or an answer that goes nowhere near the changed address
    Taken,   // the answer leads to the changed address
    Carried, // a sign-in page goes on with it, as with the true one: perhaps it is looked at later
    Unclear,
};
QString toWord(RedirectVerdict value);

// control: the answer to the same request with the true address; null where there is none.
RedirectVerdict verdictOf(const RedirectTry &tried, const HttpResponse *control);
// The control tells: it leads to the true address, or to where people sign in.
bool isGoodControl(const HttpResponse &control, const QString &trueRedirect);

struct RedirectTrial
{
    std::optional<RedirectTry> control = {}; // with the true address
    std::vector<RedirectTry> tries = {};

    bool isControlled() const;
};

} // namespace cockpit
