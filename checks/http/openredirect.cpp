#include "checks/http/openredirect.h"

#include "checks/http/loginpages.h"
#include "checks/net/location.h"
#include "checks/web/address.h"
#include "checks/web/movement.h"
#include "checks/web/obstacle.h"
#include "checks/web/parsedpage.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QUrlQuery>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OpenRedirect)
};

constexpr std::size_t kMostPages = 2;
constexpr int kEffortMinutes = 30;

// Pages where people sign in, as far as they answer like one: what refuses or fails says nothing.
std::vector<QUrl> loginPages(const Look &look, const Host &host)
{
    const auto walk = look.seen.ask(FollowRedirects{httpsAddress(host)});
    if (!*walk)
        return {};
    const HtmlPage front = pageOrNothing((*walk)->last, look.seen);
    std::vector<QUrl> pages;
    for (const QUrl &url : loginAddresses(front, host, look.facts.routes)) {
        const auto answer = look.seen.ask(HttpGet{url});
        const bool isThere = *answer && (*answer)->status < 400 && !obstacleIn(**answer);
        if (isThere && pages.size() < kMostPages)
            pages.push_back(url);
    }
    return pages;
}

QStringList acceptedAlone(const Look &look, const QUrl &login, const QString &address)
{
    std::vector<HttpGet> questions;
    questions.reserve(static_cast<std::size_t>(returnParameters().size()));
    for (const QString &parameter : returnParameters())
        questions.push_back({.url = temptation(login, address, {parameter})});
    const auto answers = look.seen.askAll(questions);
    QStringList accepts;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (*answers[i] && leadsToStranger(**answers[i]))
            accepts << returnParameters().at(static_cast<qsizetype>(i));
    }
    return accepts;
}

std::optional<OpenRedirect> openRedirectAt(const Look &look, const QUrl &login)
{
    for (const QString &address : strangerAddresses()) {
        const auto answer = look.seen.ask(HttpGet{.url = temptation(login, address, returnParameters())});
        if (*answer && leadsToStranger(**answer))
            return OpenRedirect{login.host(), acceptedAlone(look, login, address), **answer};
    }
    return std::nullopt;
}

} // namespace

const QStringList &strangerAddresses()
{
    static const QStringList addresses{u"https://"_s + kStrangerHost + u'/', u"//"_s + kStrangerHost,
                                       u"/\\"_s + kStrangerHost};
    return addresses;
}

const QStringList &returnParameters()
{
    static const QStringList names{u"next"_s, u"redirect"_s, u"returnTo"_s, u"url"_s, u"continue"_s};
    return names;
}

QUrl temptation(const QUrl &login, const QString &address, const QStringList &parameters)
{
    QUrlQuery query;
    for (const QString &parameter : parameters)
        query.addQueryItem(parameter, QString::fromLatin1(QUrl::toPercentEncoding(address)));
    QUrl url = login;
    url.setQuery(query);
    return url;
}

bool leadsToStranger(const HttpResponse &answer)
{
    if (!isRedirectStatus(answer.status))
        return false;
    const QUrl to = locationTarget(answer.url, answer.header("location").value_or(QByteArray()));
    return to.host() == kStrangerHost;
}

std::vector<OpenRedirect> openRedirects(const Look &look)
{
    std::vector<OpenRedirect> found;
    for (const Host &host : look.target.hosts) {
        if (host.role == HostRole::Mail)
            continue;
        for (const QUrl &login : loginPages(look, host)) {
            if (auto open = openRedirectAt(look, login)) {
                found.push_back(std::move(*open));
                break; // one is enough to show the fault of a host
            }
        }
    }
    return found;
}

Finding openRedirectFinding(const OpenRedirect &open)
{
    const QString where = quoted(open.answer.header("location").value_or(QByteArray()));
    const QString by =
        open.accepts.isEmpty() ? Text::tr("its parameters for where to go next") : open.accepts.join(u", "_s);
    Finding finding = makeFinding(
        u"open_redirect"_s, Severity::Medium, Proof::Proven, Impact::AccountTakeover,
        Text::tr("Your sign-in page sends visitors to any address"),
        Text::tr(
            "%1 answers with status %2 and leads to “%3”, an address that a link put into %4. Wanted: only pages of "
            "your own.")
            .arg(open.answer.url.toDisplayString(), QString::number(open.answer.status), where, by));
    finding.host = open.host;
    finding.effortMinutes = kEffortMinutes;
    finding.evidence = {evidenceOf(open.answer)};
    return finding;
}

} // namespace cockpit
