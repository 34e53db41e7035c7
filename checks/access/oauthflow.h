// The beginning of a sign-in by another service, as access.login-flow sees it: what authorization request the product
// makes, twice, and whether an authorization server of its own hands codes to strangers (RFC 9700). Nobody signs in,
// nothing is followed to another company's host, and no answer is taken back to the product.
// observed.oauth: [{"origin","where","endpoint","response_type","state": changes|constant|missing,"pkce":
// S256|plain|missing,"nonce": bool,"guarded_by": state|pkce|nonce|"","redirect","redirect_tries": [{"change",
// "verdict","status"}],"control": bool}].
#pragma once

#include "checks/access/oauthredirect.h"
#include "checks/access/oauthstart.h"
#include "checks/engine/check.h"

#include <vector>

namespace cockpit {

struct OAuthAsk
{
    ActiveRequest request = {};             // the last one of ours
    std::vector<HttpResponse> answers = {}; // in their order
    std::optional<AuthorizationRequest> led = {};
    bool setsCookie = false; // any of the answers
};

struct OAuthSeen
{
    OAuthStart start;
    std::vector<OAuthAsk> asks = {};               // two, as two visitors; none where the request is in a script
    std::optional<AuthorizationRequest> told = {}; // the first
    bool goesToApp = false;                        // the true redirect_uri is a page whose scripts take the code
    RedirectTrial trial = {};                      // empty: another company's server
};

struct OAuthLook
{
    std::vector<OAuthSeen> starts = {};
    QString domain = {};
    QStringList ownHosts = {};
    QString brokenOff = {}; // a sentence
    std::vector<Secret> known = {};
};

// Where one begins; nothing is sent but what any visitor reads. Those that stand ready first; kMostOAuthStarts.
std::vector<OAuthStart> oauthStartsOf(const Look &look);
// Asks at those; as far as the wire has requests left.
OAuthLook lookAtOAuth(const Look &look, Wire &wire, const std::vector<OAuthStart> &starts);

// Each twice: the page with the form, the start, one step behind it; then the true redirect_uri and four others.
constexpr int kOAuthAskRequests = 3;
constexpr int kOAuthStartRequests = 2 * kOAuthAskRequests + 5;
constexpr int kOAuthCeiling = static_cast<int>(kMostOAuthStarts) * kOAuthStartRequests;

// Which part keeps a stranger from having a visitor signed in with the stranger's code (RFC 9700 section 4.7): it is
// there, and differs between two visitors.
enum class OAuthGuard { None, State, Challenge, Nonce };
QString toWord(OAuthGuard value);
OAuthGuard guardOf(const OAuthSeen &seen);

// The judgement of the account's own sign-in, with what was seen here. Where that could not be had, what was seen here
// still counts.
Judged withOAuth(Judged judged, const OAuthLook &look);

} // namespace cockpit
