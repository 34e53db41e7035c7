// The beginning of a sign-in by another service, as access.login-flow sees it: what authorization request the product
// makes, twice, and whether an authorization server of its own hands codes to strangers (RFC 9700). Nobody signs in,
// nothing is followed to another company's host, and no answer is taken back to the product.
// A form is sent where it has nothing to fill in and its address names a company that signs people in, or where the
// person has marked its route as safe to write.
// observed.oauth: [{"origin","where","endpoint","response_type","state": changes|constant|missing|unknown (not read as
// two visitors),"pkce":
// S256|plain|missing,"nonce": bool,"guarded_by": state|pkce|nonce|"","redirect","redirect_tries": [{"change",
// "verdict","status"}],"control": bool}]. observed.oauth_not_tried: [{"where","why": no_requests|not_pressed|
// led_nowhere|not_covered|silent|not_read}].
#pragma once

#include "checks/access/oauthredirect.h"
#include "checks/access/oauthstart.h"
#include "checks/engine/check.h"

#include <vector>

namespace cockpit {

// Why what may be a beginning was not looked at, or not to its end.
enum class OAuthGap {
    NoRequests, // none were left for it
    NotPressed, // a form that may do more than begin a sign-in
    LedNowhere, // it answered, and with no authorization request that could be read each time
    NotCovered, // on a host that the permission does not cover
    Silent,     // a page to sign in at that did not answer
    NotRead,    // a page that was not read to its end, or not at all, as there is so much to read
};
QString toWord(OAuthGap value);

struct OAuthUntried
{
    QUrl where;
    OAuthGap why = OAuthGap::NoRequests;

    bool operator==(const OAuthUntried &) const = default;
};

struct OAuthBeginnings
{
    std::vector<OAuthStart> starts = {}; // the surest first
    std::vector<OAuthUntried> untried = {};
};

struct OAuthAsk
{
    ActiveRequest request = {};             // the last one of ours
    std::vector<HttpResponse> answers = {}; // in their order
    std::optional<AuthorizationRequest> led = {};
    std::optional<OAuthGap> gap = {}; // without led; neither: nothing is there
    bool setsCookie = false;          // any of the answers
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
    std::vector<OAuthUntried> notTried = {};
    QString brokenOff = {}; // a sentence
    std::vector<Secret> known = {};
};

// Where one begins; nothing is sent but what any visitor reads, by the wire that the look has. Those that stand ready
// first.
OAuthBeginnings oauthStartsOf(const Look &look);
// Asks at those; as far as the wire has requests left.
OAuthLook lookAtOAuth(const Look &look, Wire &wire, const OAuthBeginnings &beginnings);

// What the search for them takes at most of the requests: front pages, pages to sign in at with their scripts, and what
// servers say of themselves. What is not read for want of more is told (OAuthGap::NotRead); with fewer than the second
// number hardly one page is.
constexpr int kOAuthPageReads = 40;
constexpr int kFewestOAuthPageReads = 10;
// Each twice: the page with the form, the start, one step behind it; then what answers at the true redirect_uri, read
// as a visitor, that address at the server, and four others.
constexpr int kOAuthAskRequests = 3;
constexpr int kOAuthRedirectRequests = 6;
constexpr int kOAuthStartRequests = 2 * kOAuthAskRequests + kOAuthRedirectRequests;
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
