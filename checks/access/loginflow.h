// access.login-flow: signing in works from start to end, as a browser on a computer and on a phone does it: page, form,
// redirects, a private page behind it, signing out. A wrong password and a wrong anti-forgery token are refused, nobody
// is led to a stranger's site afterwards, cookies are set as they should be, and no token stands in an address. Where
// people sign in by another service as well, the beginning of that is read, too (oauthflow.h), also without an account
// that signs in itself.
// observed: "actor", "page", "devices": [{"device","signed_in": bool,"steps": [status],"inside": standing,
// "after_sign_out": standing|"not_tried"}], "wrong_password": refused|taken, "wrong_csrf":
// refused|taken|"not_asked_for", "led_away": bool, "cookies": [{"name","secure","http_only","same_site"}], "requests",
// "oauth" (oauthflow.h; where there is such a sign-in), not_seen (models/unseen.h).
#pragma once

#include "checks/access/sessiontrial.h"
#include "checks/web/setcookie.h"

namespace cockpit {

enum class Device { Computer, Phone };
QString toWord(Device value);
QByteArray userAgentOf(Device value); // of a browser that many people have

struct DeviceFlow
{
    Device device = Device::Computer;
    std::vector<HttpResponse> answers; // of the sign-in, in order
    QString problem;                   // why there was no session, a sentence; empty: signed in
    int tries = 1;
    std::optional<SeenStanding> inside;
    std::optional<HttpResponse> signOut;
    std::optional<SeenStanding> afterSignOut; // with what the browser has then
};

enum class TryEnd { NotTried, Refused, Taken };

struct FlowTry
{
    TryEnd end = TryEnd::NotTried;
    SeenStanding seen = {}; // of the private page; only when Taken
};

struct LoginFlowLook
{
    QString actor;
    PrivateAnswer page;
    std::vector<DeviceFlow> devices;
    FlowTry wrongPassword;
    FlowTry wrongCsrf;
    std::optional<HttpResponse> ledAway; // the answer that leads to a stranger's site
    QString ledBy = {};                  // the address that it was tempted with
    std::vector<Secret> tokens;          // that must not stand in addresses
    QString brokenOff = {};              // a sentence
    std::optional<SessionStanding> control;
    std::vector<Secret> known;
    int requests = 0;
};

Judged judgeLoginFlow(const LoginFlowLook &look);
Check loginFlowCheck();

// A page, the login and the redirects behind it.
constexpr int kFlowRequests = 5;
constexpr int kMostTemptations = 3;
constexpr int kLoginFlowCeiling = SessionTrial::kBeginRequests + 2 * (2 * kFlowRequests + 3) // two devices, twice each
                                  + 2 * (kFlowRequests + 1)                                  // wrong values
                                  + kMostTemptations * kFlowRequests + kSignInRequests + 1;

} // namespace cockpit
