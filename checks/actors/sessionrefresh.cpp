// New tokens for old ones, and who a session is.
#include "checks/actors/signin.h"
#include "checks/actors/signinattempt.h"
#include "checks/net/urlhost.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

bool isOAuth(const SignIn &how)
{
    return how.kind == SignInKind::OAuthPassword || how.kind == SignInKind::OAuthClient;
}

// Clients that have a secret say it again (RFC 6749 section 6).
void addOAuthBody(ActiveRequest &request, const OAuthSelf &self, const Secret &token, bool secretInBody)
{
    request.body = "grant_type=refresh_token&refresh_token=" + token.reveal().toPercentEncoding();
    for (const auto &[name, value] : self.bodyFields(secretInBody)) {
        if (!value.isEmpty())
            request.body += '&' + name + '=' + value.toPercentEncoding();
    }
    if (!secretInBody && self.secret)
        request.headers.push_back({"Authorization", self.basicHeader()});
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
}

HoleValues valuesOf(const TestActor &actor, const Wire &wire)
{
    const Secret *entry = wire.gate() ? wire.gate()->secretOf(actor.id) : nullptr;
    return entry ? holeValuesFor(actor, *entry) : HoleValues();
}

// As the client says who it is in the header, and once more in the body where that is not understood.
Result<HttpResponse> sendRefresh(const ActiveRequest &plain, const Session &session, const TestActor &actor, Wire &wire)
{
    if (!session.refreshToken || !isOAuth(actor.signIn))
        return wire.send(plain);
    const OAuthSelf self = oauthSelfOf(actor, valuesOf(actor, wire));
    ActiveRequest request = plain;
    addOAuthBody(request, self, *session.refreshToken, false);
    auto answer = wire.send(request);
    const bool isOfClient =
        answer && answer->status >= 400 && (answer->status == 401 || answer->body.contains("invalid_client"));
    if (!isOfClient || !self.secret)
        return answer;
    request = plain;
    addOAuthBody(request, self, *session.refreshToken, true);
    return wire.send(request);
}

// Under the name that it came by.
void addJsonBody(ActiveRequest &request, const SignIn &how, const Secret &token)
{
    const QString name = how.refreshPointer.isEmpty() ? u"refresh_token"_s : how.refreshPointer.section(u'/', -1);
    request.body = QJsonDocument(QJsonObject{{name, QString::fromUtf8(token.reveal())}}).toJson(QJsonDocument::Compact);
    request.headers.push_back({"Content-Type", "application/json"});
}

// The first text under a usual name, at the top or one level below.
QString usualNameIn(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    std::vector<QJsonObject> levels{object};
    for (const QJsonValue value : object)
        levels.push_back(value.toObject());
    for (const QJsonObject &level : levels) {
        for (const QString &name : {u"email"_s, u"userName"_s, u"username"_s, u"login"_s, u"name"_s}) {
            if (!level.value(name).toString().isEmpty())
                return level.value(name).toString();
        }
    }
    return {};
}

QString textOf(const QJsonValue &value)
{
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 15) : value.toString();
}

Result<QString> nameIn(const HttpResponse &answer, const TestActor &actor)
{
    if (looksSignedOut(answer) || answer.status >= 300)
        return failure(ErrorKind::NotPermitted,
                       Text::tr("%1 is not signed in: %2 answers as it does to a stranger (status %3).")
                           .arg(actor.name, hostOf(answer.url), QString::number(answer.status)));
    if (!actor.whoAmIPointer.isEmpty()) {
        const auto value = valueAt(answer.body, actor.whoAmIPointer);
        const QString name = value ? textOf(*value) : QString();
        if (name.isEmpty())
            return failure(ErrorKind::NotPermitted,
                           Text::tr("%1 is not signed in: the answer of %2 names nobody at %3.")
                               .arg(actor.name, hostOf(answer.url), actor.whoAmIPointer));
        return name;
    }
    const bool namesActor = !actor.userName.isEmpty() && answer.body.contains(actor.userName.toUtf8());
    return namesActor ? actor.userName : usualNameIn(answer.body);
}

} // namespace

Result<void> refresh(Session &session, const TestActor &actor, Wire &wire)
{
    const SignIn &how = actor.signIn;
    const QString address = how.refreshUrl.isEmpty() && isOAuth(how) ? how.url : how.refreshUrl;
    if (address.isEmpty() || (!session.refreshToken && session.jar.isEmpty()))
        return failure(ErrorKind::NotFound, Text::tr("%1 has nothing to renew its session with.").arg(actor.name));
    const auto url = filledAddress(address, valuesOf(actor, wire));
    if (!url)
        return tl::unexpected<Error>(url.error());
    ActiveRequest request = signInRequest(actor, "POST", *url);
    request.carriesSecret = true;
    if (session.refreshToken && !isOAuth(how))
        addJsonBody(request, how, *session.refreshToken);
    Session cookiesAlone = session;
    cookiesAlone.token.reset(); // it may have expired, which some products refuse before they look further
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const Header &header : cookiesAlone.headersFor(request.url, request.method, now))
        request.headers.push_back(header);
    const auto answer = sendRefresh(request, session, actor, wire);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    if (const auto obstacle = obstacleIn(*answer); obstacle && *obstacle != Obstacle::Refused)
        return failure(ErrorKind::Unreachable, describe(*obstacle, *answer)); // says nothing about the token
    if (answer->status >= 300 || looksSignedOut(*answer))
        return failure(ErrorKind::NotPermitted,
                       Text::tr("%1 did not renew the session of %2 (status %3).")
                           .arg(hostOf(answer->url), actor.name, QString::number(answer->status)));
    session.jar.take(*answer, now);
    if (auto token = tokenIn(*answer, how.tokenPointer)) {
        session.expiresAt = expiryOf(*answer, *token, now);
        session.token = std::move(token);
    } else if (session.token) {
        return failure(ErrorKind::Protocol,
                       Text::tr("%1 answered, and sent no new token for %2.").arg(hostOf(answer->url), actor.name));
    }
    if (auto token = refreshTokenIn(*answer, how.refreshPointer))
        session.refreshToken = std::move(token);
    return {};
}

Result<QString> whoIs(Session &session, const TestActor &actor, Wire &wire, std::optional<Deadline> undoBy)
{
    if (actor.whoAmIUrl.isEmpty())
        return failure(ErrorKind::NotFound, Text::tr("%1 has no address that tells who is signed in.").arg(actor.name));
    const auto url = filledAddress(actor.whoAmIUrl, valuesOf(actor, wire));
    if (!url)
        return tl::unexpected<Error>(url.error());
    ActiveRequest request = signInRequest(actor, "GET", *url);
    request.carriesSecret = true;
    if (undoBy)
        askToUndo(request, wire, *undoBy);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    request.headers = session.headersFor(request.url, request.method, now);
    const auto answer = wire.send(request);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    session.jar.take(*answer, now);
    // Whoever would take a limit or a broken server for a sign-out signs in for nothing.
    constexpr int kTooMany = 429;
    constexpr int kFirstServerError = 500;
    if (undoBy && (answer->status == kTooMany || answer->status >= kFirstServerError))
        return failure(
            ErrorKind::Unreachable,
            Text::tr("%1 answered with status %2.").arg(hostOf(answer->url), QString::number(answer->status)));
    return nameIn(*answer, actor);
}

} // namespace cockpit
