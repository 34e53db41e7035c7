#include "checks/actors/entrycaller.h"

#include "checks/actors/limitsignal.h"
#include "checks/actors/routeaddress.h"
#include "checks/web/address.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(EntryCaller)
};

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

// The recorded body with the page's hidden fields: its own values of them are old.
QByteArray withHidden(const QByteArray &body, const std::vector<HiddenField> &hidden)
{
    QByteArrayList items;
    for (const QByteArray &item : body.split('&')) {
        const QString name = QString::fromUtf8(QByteArray::fromPercentEncoding(item.split('=').constFirst()));
        const bool isHidden = std::ranges::any_of(hidden, [&](const HiddenField &field) { return field.name == name; });
        if (!isHidden && !item.isEmpty())
            items.append(item);
    }
    for (const HiddenField &field : hidden)
        items.append(field.name.toUtf8().toPercentEncoding() + '=' + field.value.reveal().toPercentEncoding());
    return items.join('&');
}

} // namespace

EntryCaller::EntryCaller(const EntryPoint &entry, Wire &wire, ActorSession *session)
    : m_entry(entry), m_wire(wire), m_session(session)
{
}

void EntryCaller::forgetVisit()
{
    m_hasForm = false;
    m_jar.clear();
    m_hidden.clear();
    m_csrf.reset();
}

Result<HttpResponse> EntryCaller::send(ActiveRequest request)
{
    if (m_session)
        return m_session->ask(std::move(request));
    if (const Secret cookies = m_jar.headerFor(request.url, now()); !cookies.isEmpty())
        request.headers.push_back({"Cookie", cookies.reveal()});
    auto answer = m_wire.send(request);
    if (answer)
        m_jar.take(*answer, now());
    return answer;
}

Result<void> EntryCaller::readForm()
{
    if (m_hasForm || m_entry.formPage.isEmpty())
        return {};
    const auto page = send({.method = "GET", .url = m_entry.formPage});
    if (!page)
        return tl::unexpected<Error>(page.error());
    m_hidden = hiddenFieldsIn(page->body);
    m_csrf = csrfTokenIn(*page, m_jar);
    m_hasForm = true;
    return {};
}

Result<ActiveRequest> EntryCaller::request(const EntryValues &values)
{
    if (const auto form = readForm(); !form)
        return tl::unexpected<Error>(form.error());
    HoleValues holes = values.more;
    holes[u"user"_s] = Secret(values.user.toUtf8());
    holes[u"password"_s] = values.password;
    holes[u"token"_s] = values.token;
    holes[u"csrf"_s] = m_csrf ? m_csrf->value : Secret();
    holes.try_emplace(u"code"_s);
    ActiveRequest request{.method = m_entry.route.method.toLatin1(), .url = m_entry.url};
    request.writes = request.method != "GET" && m_entry.kind != EntryKind::Login;
    if (!m_entry.contentType.isEmpty()) {
        const auto body = filled(m_entry.body, holes, m_entry.contentType);
        if (!body)
            return tl::unexpected<Error>(body.error());
        request.body = m_hidden.empty() ? body->reveal() : withHidden(body->reveal(), m_hidden);
        request.headers.push_back({"Content-Type", m_entry.contentType});
    }
    for (const auto &[name, value] : m_entry.headers) {
        const auto text = filled(value, holes, {});
        if (!text)
            return tl::unexpected<Error>(text.error());
        request.headers.push_back({name.toLatin1(), text->reveal()});
    }
    if (request.method != "GET" && !m_session)
        request.headers.push_back({"Origin", originOf(request.url)});
    if (m_csrf && !m_session)
        request.headers.push_back({m_csrf->header, m_csrf->value.reveal()});
    return request;
}

Result<HttpResponse> EntryCaller::ask(const EntryValues &values)
{
    auto request = this->request(values);
    return request ? send(std::move(*request)) : Result<HttpResponse>(tl::unexpected<Error>(request.error()));
}

bool isSentBack(const EntryPoint &entry, const HttpResponse &answer)
{
    const auto location = answer.header("location");
    if (answer.status < 300 || answer.status >= 400 || !location)
        return false;
    const QUrl leads = entry.url.resolved(QUrl::fromEncoded(*location));
    const auto isPlace = [&](const QUrl &place) {
        return !place.isEmpty() && leads.host() == place.host() && leads.path() == place.path();
    };
    return isPlace(entry.url) || isPlace(entry.formPage);
}

Result<QString> whyItTellsNothing(const EntryPoint &entry, Wire &wire, ActorSession *session)
{
    EntryPoint invented = entry;
    invented.url.setPath(entry.url.path() + u'-' + probeWord(entry.url.toString()));
    invented.url.setQuery(QString());
    invented.formPage = {};
    const auto answer = EntryCaller(invented, wire, session).ask({.user = u"lc@example.com"_s});
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    if (limitIn(*answer, now()))
        return Text::tr("%1 was limited before anything was tried.").arg(routeName(entry.route));
    if (answer->status < 400 || answer->status >= 500)
        return Text::tr("%1: an address that does not exist is answered with status %2, so that the answers tell "
                        "nothing.")
            .arg(routeName(entry.route), QString::number(answer->status));
    return QString();
}

} // namespace cockpit
