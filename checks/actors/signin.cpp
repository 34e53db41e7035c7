#include "checks/actors/signin.h"

#include "checks/actors/signinattempt.h"
#include "checks/web/denial.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

// For the host of its address; without one, for every host that test requests go to.
Result<Session> withCookies(const TestActor &actor, const Secret &header, const Wire &wire)
{
    Session session;
    QStringList addresses{actor.signIn.url, actor.whoAmIUrl};
    addresses.removeAll(QString());
    if (addresses.isEmpty() && wire.gate()) {
        for (const QString &host : wire.gate()->terms().hosts)
            addresses.append(u"https://"_s + host + u'/');
    }
    bool hasTaken = false;
    for (const QString &address : addresses)
        hasTaken = session.jar.takeHeader(header, QUrl(address)) || hasTaken;
    if (!hasTaken)
        return failure(
            ErrorKind::BadInput,
            Text::tr("The value that is kept for %1 is not a cookie: paste it as name=value.").arg(actor.name));
    return session;
}

Session withToken(const TestActor &actor, const Secret &pasted)
{
    Session session;
    setTokenHeader(session, actor.signIn, "Authorization");
    QByteArray value = pasted.reveal().trimmed();
    if (value.toLower().startsWith("bearer "))
        value = value.sliced(7).trimmed();
    session.token = Secret(std::move(value));
    session.expiresAt = expiryOf({}, *session.token, {});
    return session;
}

Session withKey(const TestActor &actor, const Secret &key)
{
    Session session;
    setTokenHeader(session, actor.signIn, "X-API-Key");
    session.tokenPrefix.clear(); // what stands before a key is part of it
    session.token = Secret(key.reveal().trimmed());
    return session;
}

// What stood beside the pasted value goes with it.
Result<Session> withHeaders(Result<Session> session, const TestActor &actor, const HoleValues &values)
{
    auto headers = filledHeaders(actor.signIn, values);
    if (session && !headers)
        return tl::unexpected<Error>(headers.error());
    if (session)
        session->further = std::move(*headers);
    return session;
}

} // namespace

bool looksSignedOut(const HttpResponse &answer)
{
    if (answer.status == 403)
        return false;
    HttpResponse judged = answer;
    if (isPage(answer) && (answer.status < 300 || answer.status >= 400))
        judged.status = 200; // a login page is one under any status
    return admissionOf(judged, InventedAnswers()) == Admission::Denied;
}

void setTokenHeader(Session &session, const SignIn &how, const QByteArray &usual)
{
    session.tokenHeader = how.headerName.isEmpty() ? usual : how.headerName.toLatin1();
    if (session.tokenHeader.compare("authorization", Qt::CaseInsensitive) != 0)
        session.tokenPrefix.clear();
}

Result<Session> signIn(const TestActor &actor, const Secret &secret, Wire &wire)
{
    const HoleValues values = holeValuesFor(actor, secret);
    const Secret &pasted = values.at(u"password"_s);
    switch (actor.signIn.kind) {
    case SignInKind::Form:
    case SignInKind::Json:
        return SignInAttempt(actor, values, wire).byLogin();
    case SignInKind::OAuthPassword:
    case SignInKind::OAuthClient:
        return SignInAttempt(actor, values, wire).byOAuth();
    case SignInKind::Cookie:
        return withHeaders(withCookies(actor, pasted, wire), actor, values);
    case SignInKind::BearerToken:
        return withHeaders(withToken(actor, pasted), actor, values);
    case SignInKind::ApiKey:
        return withHeaders(withKey(actor, pasted), actor, values);
    case SignInKind::SigningKey:
        return failure(ErrorKind::BadInput,
                       Text::tr("%1 is a key that events are signed with: nobody signs in with it.").arg(actor.name));
    }
    Q_UNREACHABLE();
}

Result<Session> signInToUndo(const TestActor &actor, const Secret &secret, Wire &wire, Deadline deadline)
{
    if (!asksToSignIn(actor.signIn.kind))
        return failure(ErrorKind::NotPermitted,
                       Text::tr("%1 uses a pasted session, and nobody can sign in again with it: paste a new one.")
                           .arg(actor.name));
    const HoleValues values = holeValuesFor(actor, secret);
    SignInAttempt attempt(actor, values, wire);
    attempt.undoBy(deadline);
    const bool isLogin = actor.signIn.kind == SignInKind::Form || actor.signIn.kind == SignInKind::Json;
    return isLogin ? attempt.byLogin() : attempt.byOAuth();
}

} // namespace cockpit
