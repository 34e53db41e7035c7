#include "checks/http/openredirect.h"

#include "checks/http/loginpages.h"
#include "checks/net/location.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/movement.h"
#include "checks/web/obstacle.h"
#include "checks/web/parsedpage.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QUrlQuery>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OpenRedirect)
};

constexpr std::size_t kMostPages = 2;
constexpr int kMostSteps = 4;
constexpr int kEffortMinutes = 30;

// "/login" is often only the way to "/login/", which alone reads the parameters: on to where the host's own redirects
// end. What leads to another host is the last of its own; the stranger's address is never asked for.
QUrl settledAt(const QUrl &login, Observations &seen)
{
    QUrl at = login;
    for (int step = 0; step < kMostSteps; ++step) {
        const auto answer = seen.ask(HttpGet{at});
        if (!*answer || !isRedirectStatus((*answer)->status))
            return at;
        const QUrl to = locationTarget(at, (*answer)->header("location").value_or(QByteArray()));
        if (!to.isValid() || to.scheme() != "https"_L1 || hostOf(to) != hostOf(login))
            return at;
        at = to;
    }
    return login; // in circles
}

// Pages where people sign in, as far as they answer like one: what refuses or fails says nothing.
std::vector<QUrl> loginPages(const Look &look, const Host &host)
{
    const auto walk = look.seen.ask(FollowRedirects{httpsAddress(host)});
    if (!*walk)
        return {};
    const HtmlPage front = pageOrNothing((*walk)->last, look.seen);
    std::vector<QUrl> pages;
    for (const QUrl &url : loginAddresses(front, host, look.facts.routes)) {
        const QUrl page = settledAt(url, look.seen);
        const auto answer = look.seen.ask(HttpGet{page});
        const bool isThere = *answer && (*answer)->status < 400 && !obstacleIn(**answer);
        if (isThere && pages.size() < kMostPages && std::ranges::find(pages, page) == pages.end())
            pages.push_back(page);
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
            return OpenRedirect{hostOf(login), acceptedAlone(look, login, address), **answer};
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
    return hostOf(to) == kStrangerHost;
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
