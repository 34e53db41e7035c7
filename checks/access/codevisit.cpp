#include "checks/access/codevisit.h"

#include "checks/actors/entrycaller.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/sentheaders.h"
#include "checks/actors/signin.h"
#include "checks/actors/signinattempt.h"
#include "checks/actors/tokensin.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OneTimeCode)
};

constexpr qsizetype kShortestHandedOut = 8; // bytes

// Names may be spelled in many ways, addresses in one.
bool isSomebodyElse(const QString &name, const TestActor &actor)
{
    return name.contains(u'@') && actor.userName.contains(u'@') &&
           name.compare(actor.userName, Qt::CaseInsensitive) != 0;
}

} // namespace

void CodeVisit::keep(const HttpResponse &answer, const CookieJar &cookies)
{
    m_session.jar = cookies;
    const SignIn &how = m_owner.actor->signIn;
    auto token = tokenIn(answer, how.tokenPointer);
    if (!token && !how.tokenPointer.isEmpty()) // the code may be answered in another form than the password
        token = tokenIn(answer, {});
    if (token) {
        setTokenHeader(m_session, how, "Authorization");
        m_session.token = std::move(token);
    }
    for (const Secret &secret : m_session.secrets())
        m_wire.gate()->learnSecret(secret);
}

Result<void> CodeVisit::begin()
{
    if (!m_route.needsPassword)
        return {};
    const auto login = loginOf(*m_owner.actor);
    if (!login)
        return failure(ErrorKind::BadInput, Text::tr("%1 does not sign in with a password.").arg(m_owner.actor->name));
    EntryCaller caller(*login, m_wire);
    auto request = caller.request(
        {.user = m_owner.actor->userName, .password = m_owner.password, .token = {}, .more = m_owner.values});
    if (!request)
        return tl::unexpected<Error>(request.error());
    request->carriesSecret = true;
    request->actor = m_owner.actor->name;
    const auto answer = caller.send(*request);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    if (answer->status >= 400 || isSentBack(*login, *answer))
        return failure(ErrorKind::NotPermitted,
                       Text::tr("%1 did not take the password of %2 (status %3), so that no code was sent.")
                           .arg(hostOf(login->url), m_owner.actor->name, QString::number(answer->status)));
    m_handedOut = textsIn(answer->body);
    keep(*answer, caller.cookies());
    return {};
}

Result<std::optional<bool>> CodeVisit::isSignedIn()
{
    if (m_owner.actor->whoAmIUrl.isEmpty())
        return std::optional<bool>();
    const auto name = whoIs(m_session, *m_owner.actor, m_wire);
    if (name)
        return std::optional(!isSomebodyElse(*name, *m_owner.actor));
    if (name.error().kind == ErrorKind::NotPermitted) // a stranger's answer
        return std::optional(false);
    return tl::unexpected<Error>(name.error());
}

Result<LinkExchange> CodeVisit::send(const Secret &code)
{
    VisitBody body = visitBodyOf(m_route.point, m_handedOut);
    if (!body.missing.isEmpty())
        return failure(ErrorKind::BadInput,
                       Text::tr("The example of %1 has the field \"%2\", whose value is of one visit, and no answer "
                                "before it hands one out.")
                           .arg(routeName(m_route.point.route), body.missing));
    EntryPoint point = m_route.point;
    point.body = body.text;
    for (const auto &[hole, value] : body.given) {
        if (value.reveal().size() >= kShortestHandedOut) // to mask a "7" wherever it stands would hide what was seen
            m_wire.gate()->learnSecret(value);
    }
    HoleValues values = m_owner.values;
    values.merge(body.given);
    values[u"code"_s] = code;
    EntryCaller caller(point, m_wire);
    caller.bring(m_session.jar);
    auto request = caller.request(
        {.user = m_owner.actor->userName, .password = m_owner.password, .token = {}, .more = std::move(values)});
    if (!request)
        return tl::unexpected<Error>(request.error());
    request->carriesSecret = true;
    request->actor = m_owner.actor->name;
    if (m_session.token)
        addUnlessThere(request->headers, {m_session.tokenHeader, m_session.tokenPrefix + m_session.token->reveal()});
    auto answer = caller.send(*request);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    keep(*answer, caller.cookies());
    return LinkExchange{std::move(*request), std::move(*answer)};
}

} // namespace cockpit
