// "Sign in with Harbor ID": the desk as a client of the company's authorization server (deskidentity.h).
#include "app/practice/shop/deskidentity.h"
#include "app/practice/shop/deskstate.h"
#include "app/practice/shop/shopgate.h"

namespace cockpit::desk {

using namespace Qt::StringLiterals;

namespace {

using enum DeskFault;

const QByteArray kTripCookie = "desk_trip";
constexpr std::chrono::seconds kTripLife(600);

QByteArray tripLine(const QByteArray &id, qint64 seconds)
{
    return kTripCookie + '=' + id +
           "; Path=/auth/sso; Secure; HttpOnly; SameSite=Lax; Max-Age=" + QByteArray::number(seconds);
}

void forgetOldTrips(Call &call)
{
    const qint64 now = call.desk.clock.seconds();
    const std::chrono::seconds life = kTripLife;
    std::erase_if(call.store().trips, [&](const auto &entry) { return now - entry.second.since > life.count(); });
}

PageReply broken(const Call &call)
{
    return page(call, "Sign-in did not work", "<p>Begin again from the page to sign in.</p>", 400);
}

QByteArray parameter(const Call &call, const char *name)
{
    return call.query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded).toUtf8();
}

} // namespace

// What comes back must be of this browser: its state is kept for its cookie, and the code is of no use without the
// verifier.
PageReply beginSignOn(Call &call)
{
    forgetOldTrips(call);
    QByteArray where = kAuthorizePath + "?response_type=code&client_id=" + kSignOnClient +
                       "&redirect_uri=" + registeredRedirect(call).toPercentEncoding() + "&scope=openid%20email";
    if (call.has(SignOnUnbound))
        return seeOther(where);
    const SignOnTrip trip{randomText(24), randomText(64), call.desk.clock.seconds()};
    const QByteArray id = randomText(32);
    call.store().trips[id] = trip;
    where += "&state=" + trip.state + "&code_challenge=" + challengeFor(trip.verifier) + "&code_challenge_method=S256";
    PageReply reply = seeOther(where);
    const std::chrono::seconds life = kTripLife;
    reply.add("Set-Cookie", tripLine(id, life.count()));
    return reply;
}

PageReply finishSignOn(Call &call)
{
    forgetOldTrips(call);
    auto &trips = call.store().trips;
    const auto trip = trips.find(shop::cookieOf(call.request, kTripCookie));
    const bool isBound = trip != trips.end() && trip->second.state == parameter(call, "state");
    if (!isBound && !call.has(SignOnUnbound))
        return broken(call);
    const QByteArray verifier = isBound ? trip->second.verifier : QByteArray();
    if (isBound)
        trips.erase(trip);
    const int account = redeemed(call, parameter(call, "code"), registeredRedirect(call), verifier);
    if (account == 0)
        return broken(call);
    call.store().sessions.erase(call.sessionId);
    call.sessionId = newSession(call, account);
    PageReply reply = seeOther("/dashboard");
    reply.add("Set-Cookie", cookieLine(call, call.sessionId));
    reply.add("Set-Cookie", tripLine({}, 0));
    return reply;
}

} // namespace cockpit::desk
