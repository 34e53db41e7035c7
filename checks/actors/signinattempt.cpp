#include "checks/actors/signinattempt.h"

#include "checks/actors/sentheaders.h"
#include "checks/actors/signin.h"
#include "checks/net/location.h"
#include "checks/net/urlhost.h"
#include "models/access/signinfields.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

constexpr int kMostLandings = 3; // redirects behind a login; a page, the login and whoIs() are beside them

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

bool keepsMethod(int status)
{
    return status == 307 || status == 308; // RFC 9110 sections 15.4.8 and 15.4.9
}

bool namesField(const QByteArray &form, const QString &name)
{
    const QByteArray key = name.toUtf8().toPercentEncoding() + '=';
    return form.startsWith(key) || form.contains('&' + key) || form.startsWith(name.toUtf8() + '=') ||
           form.contains('&' + name.toUtf8() + '=');
}

} // namespace

ActiveRequest signInRequest(const TestActor &actor, const QByteArray &method, const QUrl &url)
{
    ActiveRequest request;
    request.method = method;
    request.url = url;
    request.actor = actor.name;
    request.errand = ActiveErrand::SignIn;
    return request;
}

void askToUndo(ActiveRequest &request, const Wire &wire, Deadline deadline)
{
    request.timeoutMs = static_cast<int>(std::max<qint64>(deadline.remaining().count(), 1));
    if (wire.gate() && wire.gate()->covers(hostOf(request.url), ActiveErrand::Undo))
        request.errand = ActiveErrand::Undo;
}

SignInAttempt::SignInAttempt(const TestActor &actor, const HoleValues &values, Wire &wire)
    : m_actor(actor), m_values(values), m_wire(wire)
{
}

QByteArray SignInAttempt::contentType() const
{
    if (!m_actor.signIn.contentType.isEmpty())
        return m_actor.signIn.contentType;
    return m_actor.signIn.kind == SignInKind::Json ? "application/json" : "application/x-www-form-urlencoded";
}

bool SignInAttempt::wantsCsrf() const
{
    const auto &headers = m_actor.signIn.headers;
    return !m_actor.signIn.csrfSource.isEmpty() || m_actor.signIn.bodyTemplate.contains("{{csrf}}"_L1) ||
           std::ranges::any_of(headers, [](const auto &header) { return header.second.contains("{{csrf}}"_L1); });
}

Result<HttpResponse> SignInAttempt::send(ActiveRequest request)
{
    if (const Secret cookies = m_session.jar.headerFor(request.url, now()); !cookies.isEmpty())
        request.headers.push_back({"Cookie", cookies.reveal()});
    for (const Header &header : m_also)
        addUnlessThere(request.headers, header);
    if (m_undoBy)
        askToUndo(request, m_wire, *m_undoBy);
    auto answer = m_wire.send(request);
    if (answer) {
        m_session.jar.take(*answer, now());
        m_answers.push_back(*answer);
    }
    return answer;
}

Result<void> SignInAttempt::readLoginPage()
{
    if (!wantsCsrf())
        return {};
    const QString source = m_actor.signIn.csrfSource.isEmpty() ? m_actor.signIn.url : m_actor.signIn.csrfSource;
    const auto address = filledAddress(source, m_values);
    if (!address)
        return tl::unexpected<Error>(address.error());
    const auto page = send(signInRequest(m_actor, "GET", *address));
    if (!page)
        return tl::unexpected<Error>(page.error());
    m_csrf = csrfTokenIn(*page, m_session.jar);
    if (!m_csrf)
        return failure(ErrorKind::Protocol, Text::tr("The page at %1 hands out no anti-forgery token (status %2).")
                                                .arg(hostOf(page->url), QString::number(page->status)));
    m_hidden = hiddenFieldsIn(page->body);
    if (m_forgedCsrf)
        forgeCsrfIn(m_hidden);
    m_values[u"csrf"_s] = m_csrf->value;
    return {};
}

// The page's own fields stay, but for the one that holds the token.
void SignInAttempt::forgeCsrfIn(std::vector<HiddenField> &fields)
{
    for (HiddenField &field : fields) {
        if (field.value == m_csrf->value)
            field.value = *m_forgedCsrf;
    }
    m_csrf->value = *m_forgedCsrf;
}

// What the page holds and the recorded body does not name is sent back too, as a browser does.
Result<QByteArray> SignInAttempt::loginBody() const
{
    const auto body = filled(m_actor.signIn.bodyTemplate, m_values, contentType());
    if (!body)
        return tl::unexpected<Error>(body.error());
    QByteArray text = body->reveal();
    if (!isFormType(contentType()))
        return text;
    for (const HiddenField &field : m_hidden) {
        if (namesField(text, field.name))
            continue;
        text += (text.isEmpty() ? "" : "&") + field.name.toUtf8().toPercentEncoding() + '=' +
                field.value.reveal().toPercentEncoding();
    }
    return text;
}

Result<void> SignInAttempt::addHeaders(ActiveRequest &request) const
{
    const auto headers = filledHeaders(m_actor.signIn, m_values);
    if (!headers)
        return tl::unexpected<Error>(headers.error());
    for (const auto &[name, value] : *headers)
        request.headers.push_back({name, value.reveal()});
    return {};
}

Result<ActiveRequest> SignInAttempt::loginRequest() const
{
    const SignIn &how = m_actor.signIn;
    const QByteArray method = how.method.isEmpty() ? QByteArray("POST") : how.method.toLatin1();
    const auto address = filledAddress(how.url, m_values);
    if (!address)
        return tl::unexpected<Error>(address.error());
    ActiveRequest request = signInRequest(m_actor, method, *address);
    request.carriesSecret = true;
    auto body = loginBody();
    if (!body)
        return tl::unexpected<Error>(body.error());
    request.body = std::move(*body);
    if (auto added = addHeaders(request); !added)
        return tl::unexpected<Error>(added.error());
    addUnlessThere(request.headers, {"Content-Type", contentType()});
    addUnlessThere(request.headers, {"Origin", originOf(request.url)});
    const QUrl page = how.csrfSource.isEmpty() ? request.url : QUrl(how.csrfSource);
    constexpr auto without = QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment;
    addUnlessThere(request.headers, {"Referer", page.toEncoded(without)});
    if (m_csrf)
        addUnlessThere(request.headers, {m_csrf->header, m_csrf->value.reveal()});
    return request;
}

// The last answer that could be had: where the product leads elsewhere, what came before tells.
HttpResponse SignInAttempt::landing(const ActiveRequest &login, HttpResponse answer)
{
    for (int i = 0; i < kMostLandings && isRedirectStatus(answer.status); ++i) {
        const QUrl to = locationTarget(answer.url, answer.header("location").value_or(QByteArray()));
        const bool repeats = keepsMethod(answer.status);
        const bool isCovered = m_wire.gate() && m_wire.gate()->covers(hostOf(to), ActiveErrand::SignIn);
        if (!to.isValid() || !isCovered || (repeats && originOf(to) != originOf(answer.url)))
            break;
        ActiveRequest next = repeats ? login : signInRequest(m_actor, "GET", to);
        next.url = to;
        next.carriesSecret = true; // the cookies
        auto page = send(next);
        if (!page)
            break;
        answer = std::move(*page);
    }
    return answer;
}

bool SignInAttempt::setsCookies() const
{
    const auto &old = m_before.cookies();
    return std::ranges::any_of(m_session.jar.cookies(),
                               [&](const StoredCookie &cookie) { return std::ranges::find(old, cookie) == old.end(); });
}

// A product that signs the visitor's own session in, which is a fault of its own (fixation): whether somebody is signed
// in is then for whoIs() to tell.
bool SignInAttempt::keepsVisitorsCookie(const HttpResponse &answer) const
{
    return m_actor.signIn.tokenPointer.isEmpty() && !m_actor.whoAmIUrl.isEmpty() && !m_before.isEmpty() &&
           isRedirectStatus(answer.status);
}

Error SignInAttempt::refused(const HttpResponse &answer) const
{
    if (answer.status == 429)
        return {ErrorKind::NotPermitted, Text::tr("%1 says that there were too many sign-ins and let %2 not in.")
                                             .arg(hostOf(answer.url), m_actor.name)};
    if (looksSignedOut(answer) && answer.status < 400)
        return {ErrorKind::NotPermitted,
                Text::tr("%1 asked %2 to sign in again: is the user name or the password wrong, or a field missing?")
                    .arg(hostOf(answer.url), m_actor.name)};
    return {ErrorKind::NotPermitted, Text::tr("%1 did not let %2 in: it answered the sign-in with status %3.")
                                         .arg(hostOf(answer.url), m_actor.name, QString::number(answer.status))};
}

tl::unexpected<Error> SignInAttempt::noSession(const HttpResponse &answer) const
{
    return failure(ErrorKind::Protocol,
                   Text::tr("%1 answered the sign-in of %2 with status %3, and sent neither a cookie nor a token "
                            "where one should be.")
                       .arg(hostOf(answer.url), m_actor.name, QString::number(answer.status)));
}

// A key of the project goes with every later request, too (apikey of Supabase).
void SignInAttempt::keepKeys()
{
    const auto headers = filledHeaders(m_actor.signIn, m_values);
    for (const auto &[name, value] : headers ? *headers : std::vector<std::pair<QByteArray, Secret>>()) {
        if (isApiKeyHeader(QString::fromLatin1(name)))
            m_session.further.emplace_back(name, value);
    }
}

Result<Session> SignInAttempt::readToken(const HttpResponse &answer)
{
    auto token = tokenIn(answer, m_actor.signIn.tokenPointer);
    if (!token)
        return noSession(answer);
    setTokenHeader(m_session, m_actor.signIn, "Authorization");
    m_session.expiresAt = expiryOf(answer, *token, now());
    m_session.token = std::move(token);
    keepKeys();
    return m_session;
}

Result<Session> SignInAttempt::read(const HttpResponse &answer, const HttpResponse &last)
{
    if (answer.status >= 400)
        return tl::unexpected<Error>(refused(answer));
    if (looksSignedOut(last))
        return tl::unexpected<Error>(refused(last));
    m_session.refreshToken = refreshTokenIn(answer, m_actor.signIn.refreshPointer);
    if (const auto proof = csrfTokenIn(last, {})) {
        m_session.csrfHeader = proof->header;
        m_session.csrfToken = proof->value;
        m_session.csrfField = proof->field;
    }
    const QString &where = m_actor.signIn.tokenPointer;
    const bool isCookie = where.isEmpty() ? setsCookies() : m_session.jar.valueOf(where).has_value();
    // Many a cookie beside a token is that of a load balancer.
    const bool hasToken =
        m_actor.signIn.kind == SignInKind::Json && where.isEmpty() && tokenIn(answer, where).has_value();
    if (isCookie && setsCookies() && !hasToken)
        return m_session;
    if (keepsVisitorsCookie(answer))
        return m_session;
    return readToken(answer);
}

Result<Session> SignInAttempt::byLogin()
{
    if (auto ready = readLoginPage(); !ready)
        return tl::unexpected<Error>(ready.error());
    m_before = m_session.jar;
    const auto request = loginRequest();
    if (!request)
        return tl::unexpected<Error>(request.error());
    const auto answer = send(*request);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    return read(*answer, landing(*request, *answer));
}

} // namespace cockpit
