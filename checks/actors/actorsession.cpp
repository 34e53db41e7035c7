#include "checks/actors/actorsession.h"

#include "checks/actors/sentheaders.h"
#include "checks/actors/signinattempt.h"
#include "checks/actors/wiresocket.h"

#include <QCoreApplication>
#include <QDateTime>

#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ActorSession)
};

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

// Products with pages look for the token among the fields of the form, and not in a header.
void addForgeryField(ActiveRequest &request, const Session &session)
{
    if (isSafeMethod(request.method) || !session.csrfToken || session.csrfField.isEmpty() || !request.body.isEmpty())
        return;
    request.body = session.withForgeryField({});
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
}

// A key of the product's that was recorded with the sign-in goes with every request to that host: Supabase refuses
// those without its "apikey", whoever asks.
std::vector<Header> productKeysFor(const SignIn &how, const QUrl &url)
{
    std::vector<Header> headers;
    for (const auto &[name, value] : how.headers) {
        const bool isKey = name.compare("apikey"_L1, Qt::CaseInsensitive) == 0 ||
                           name.compare("x-api-key"_L1, Qt::CaseInsensitive) == 0;
        if (isKey && !value.contains("{{"_L1) && QUrl(how.url).host() == url.host())
            headers.push_back({name.toLatin1(), value.toUtf8()});
    }
    return headers;
}

// RFC 6750 section 3.1: "expired, revoked, malformed, or invalid for other reasons"; 401 alone may be a rule.
bool saysTokenHasEnded(const Result<HttpResponse> &answer)
{
    if (!answer || answer->status != 401)
        return false;
    const auto challenge = answer->header("www-authenticate");
    return challenge && challenge->toLower().contains("invalid_token");
}

bool bringsOwnSession(const ActiveRequest &request, const Session &session)
{
    return hasHeader(request.headers, "Cookie") || hasHeader(request.headers, session.tokenHeader);
}

} // namespace

ActorSession::ActorSession(TestActor actor, Wire &wire) : m_actor(std::move(actor)), m_wire(&wire) {}

ActorSession::ActorSession(TestActor actor, Wire &wire, std::shared_ptr<SharedSession> own)
    : m_actor(std::move(actor)), m_wire(&wire), m_session(std::move(own)), m_isOwn(true)
{
}

Result<void> ActorSession::signIn()
{
    if (m_session)
        return {};
    const auto answer = m_wire->seen().ask(SignedIn{m_actor});
    if (!*answer)
        return tl::unexpected<Error>(answer->error());
    m_session = **answer;
    return {};
}

Session ActorSession::session() const
{
    if (!m_session)
        return {};
    const std::lock_guard lock(m_session->mutex);
    return m_session->session;
}

void ActorSession::replaceSession(Session session)
{
    Q_ASSERT(m_isOwn);
    const std::lock_guard lock(m_session->mutex);
    m_session->session = std::move(session);
    m_session->since = now();
    m_session->anewAt = Clock::now();
}

void ActorSession::dressAs(const Session &session, ActiveRequest &request) const
{
    for (const Header &header : session.headersFor(request.url, request.method, now()))
        addUnlessThere(request.headers, header);
    for (const Header &header : productKeysFor(m_actor.signIn, request.url))
        addUnlessThere(request.headers, header);
    if (!isSafeMethod(request.method) && saysForm(request.headers))
        request.body = session.withForgeryField(request.body);
    request.carriesSecret = true;
}

void ActorSession::dress(ActiveRequest &request) const
{
    dressAs(session(), request);
    if (request.actor.isEmpty())
        request.actor = m_actor.name;
}

Result<ActiveRequest> ActorSession::prepared(ActiveRequest request)
{
    if (auto ready = signIn(); !ready)
        return tl::unexpected<Error>(ready.error());
    // Undoing goes out with what there is.
    if (request.errand != ActiveErrand::Undo) {
        if (auto fresh = refreshIfDue(); !fresh)
            return tl::unexpected<Error>(fresh.error());
    }
    dress(request);
    return request;
}

void ActorSession::keepCookies(const HttpResponse &answer)
{
    if (!answer.header("set-cookie"))
        return;
    std::vector<Secret> values;
    {
        const std::lock_guard lock(m_session->mutex);
        m_session->session.jar.take(answer, now());
        values = m_session->session.secrets();
    }
    for (const Secret &value : values)
        m_wire->gate()->learnSecret(value);
}

Result<HttpResponse> ActorSession::ask(ActiveRequest request)
{
    std::vector<ActiveRequest> one;
    one.push_back(std::move(request));
    return std::move(askAll(std::move(one), false).front());
}

Result<WireOpening> ActorSession::open(ActiveRequest handshake)
{
    if (auto ready = signIn(); !ready)
        return tl::unexpected<Error>(ready.error());
    const bool keeps = !bringsOwnSession(handshake, session());
    const auto dressed = prepared(std::move(handshake));
    if (!dressed)
        return tl::unexpected<Error>(dressed.error());
    auto opened = m_wire->open(*dressed);
    if (opened && keeps)
        keepCookies(opened->answer);
    return opened;
}

std::vector<Result<HttpResponse>> ActorSession::askAll(std::vector<ActiveRequest> requests, bool atOnce)
{
    std::vector<bool> keeps;
    const std::vector<ActiveRequest> plain = isAskedAnew() ? requests : std::vector<ActiveRequest>();
    for (ActiveRequest &request : requests) {
        auto dressed = signIn().and_then([&] {
            keeps.push_back(!bringsOwnSession(request, session()));
            return prepared(request);
        });
        if (!dressed)
            return {requests.size(), tl::unexpected<Error>(dressed.error())};
        request = std::move(*dressed);
    }
    auto answers = m_wire->sendAll(requests, atOnce);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (i < plain.size() && keeps[i] && isSafeMethod(plain[i].method) && saysTokenHasEnded(answers[i]))
            answers[i] = askedAgain(plain[i], std::move(answers[i]));
        if (answers[i] && keeps[i])
            keepCookies(*answers[i]);
    }
    return answers;
}

Result<QString> ActorSession::whoAmI()
{
    if (auto ready = signIn().and_then([this] { return refreshIfDue(); }); !ready)
        return tl::unexpected<Error>(ready.error());
    Session mine = session();
    const CookieJar before = mine.jar;
    auto name = whoIs(mine, m_actor, *m_wire);
    // Some products hand out a new session with each answer; what another worker kept meanwhile is newer.
    const std::lock_guard lock(m_session->mutex);
    if (m_session->session.jar == before)
        m_session->session.jar = std::move(mine.jar);
    return name;
}

Result<ActorSession> ActorSession::freshSession()
{
    if (!asksToSignIn(m_actor.signIn.kind))
        return failure(
            ErrorKind::NotPermitted,
            Text::tr("%1 uses a pasted session, and this would end it: record how it signs in.").arg(m_actor.name));
    auto session = sessionOf(m_actor, *m_wire);
    if (!session)
        return tl::unexpected<Error>(session.error());
    auto own = std::make_shared<SharedSession>();
    own->session = std::move(*session);
    return ActorSession(m_actor, *m_wire, std::move(own));
}

Result<void> ActorSession::verifyOwn() const
{
    if (m_isOwn)
        return {};
    return failure(ErrorKind::NotPermitted, Text::tr("Other checks still need this session of %1.").arg(m_actor.name));
}

Result<HttpResponse> ActorSession::signOut()
{
    if (auto own = verifyOwn(); !own)
        return tl::unexpected<Error>(own.error());
    const SignIn &how = m_actor.signIn;
    if (how.logoutUrl.isEmpty())
        return failure(ErrorKind::NotFound, Text::tr("%1 has no address to sign out at.").arg(m_actor.name));
    const QByteArray method = how.logoutMethod.isEmpty() ? QByteArray("POST") : how.logoutMethod.toLatin1();
    ActiveRequest request = signInRequest(m_actor, method, QUrl(how.logoutUrl));
    dress(request);
    addForgeryField(request, session());
    return m_wire->send(request);
}

Result<void> ActorSession::refreshNow()
{
    return verifyOwn().and_then([this] { return renew(); });
}

} // namespace cockpit
