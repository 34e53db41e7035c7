#include "checks/access/oauthflow.h"
#include "checks/actors/stagingaccount.h"
#include "checks/engine/visitpayer.h"
#include "checks/http/loginpages.h"
#include "checks/net/location.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/bundle.h"
#include "checks/web/denial.h"
#include "checks/web/obstacle.h"
#include "checks/web/parsedpage.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMostHosts = 4;
constexpr std::size_t kMostBundles = 2;
constexpr int kMostSteps = 4;
constexpr qsizetype kMostCode = 8LL * 1024 * 1024; // of all scripts together

// Reads what any visitor reads, on hosts that are covered alone.
class Pages
{
public:
    explicit Pages(const Look &look) : m_look(look) {}

    void readAccounts();
    void readHosts();
    OAuthBeginnings take();

private:
    bool covers(const QUrl &url) const { return m_look.seen.active()->covers(hostOf(url)); }
    std::optional<HttpResponse> settledAt(const QUrl &url);
    void readPage(const QUrl &url);
    void readFront(const Host &host);
    void addFrom(const HtmlPage &page, const QUrl &url, const QByteArrayList &scripts);
    void add(const std::vector<OAuthStart> &starts);
    void addGap(const QUrl &where, OAuthGap why);
    QByteArrayList scriptsOf(const HttpResponse &answer);
    void askServerOf(const TestActor &actor);

    const Look &m_look;
    OAuthBeginnings m_found;
    std::vector<QUrl> m_read;
    std::size_t m_bundles = 0;
};

// Where nobody listens nothing begins.
bool isNobodyThere(const Error &error)
{
    return error.kind == ErrorKind::Unreachable || error.kind == ErrorKind::NotFound;
}

// Of what was asked for and did not come.
OAuthGap gapFor(const Error &error)
{
    return error.kind == ErrorKind::NotPermitted ? OAuthGap::NotRead : OAuthGap::Silent;
}

void Pages::add(const std::vector<OAuthStart> &starts)
{
    for (const OAuthStart &start : starts) {
        const bool isAskable = start.origin != OAuthOrigin::Start || covers(start.url);
        const QString key = start.key();
        const bool isNew =
            std::ranges::none_of(m_found.starts, [&](const OAuthStart &one) { return one.key() == key; });
        if (!isAskable)
            addGap(start.place(), OAuthGap::NotCovered);
        else if (isNew)
            m_found.starts.push_back(start);
    }
}

void Pages::addGap(const QUrl &where, OAuthGap why)
{
    const OAuthUntried gap{where, why};
    if (std::ranges::find(m_found.untried, gap) == m_found.untried.end())
        m_found.untried.push_back(gap);
}

// A page to sign in at may be nothing but the way to another service's: it is a beginning itself then.
std::optional<HttpResponse> Pages::settledAt(const QUrl &url)
{
    QUrl at = url;
    for (int step = 0; step < kMostSteps; ++step) {
        if (!covers(at) && step > 0)
            addGap(at, OAuthGap::NotCovered);
        if (!covers(at) || std::ranges::find(m_read, at) != m_read.end())
            return std::nullopt;
        m_read.push_back(at);
        const auto answer = m_look.seen.ask(HttpGet{at});
        if (!*answer || obstacleIn(**answer)) {
            if (*answer)
                addGap(url, OAuthGap::Silent);
            else if (!isNobodyThere(answer->error()))
                addGap(url, gapFor(answer->error()));
            return std::nullopt;
        }
        if (!isRedirectStatus((*answer)->status))
            return (*answer)->status == 200 && isPage(**answer) ? std::optional(**answer) : std::nullopt;
        const QUrl to = locationTarget(at, (*answer)->header("location").value_or(QByteArray()));
        if (authorizationRequestIn(to)) {
            add({{.origin = OAuthOrigin::Start, .page = url, .url = at}});
            return std::nullopt;
        }
        at = to;
    }
    return std::nullopt;
}

QByteArrayList Pages::scriptsOf(const HttpResponse &answer)
{
    QByteArrayList scripts;
    if (m_bundles++ >= kMostBundles)
        return scripts;
    const int withheldBefore = VisitPayer::withheldHere();
    const auto bundle = bundleOf(answer, m_look.seen);
    if (!*bundle || VisitPayer::withheldHere() != withheldBefore)
        addGap(answer.url, OAuthGap::NotRead);
    if (!*bundle)
        return scripts;
    qsizetype left = kMostCode;
    for (const BundleFile &file : (*bundle)->files) {
        if (file.isSourceMap || file.code.size() > left)
            continue;
        left -= file.code.size();
        scripts.append(file.code);
    }
    return scripts;
}

void Pages::readPage(const QUrl &url)
{
    const auto answer = settledAt(url);
    if (!answer)
        return;
    const HtmlPage page = pageOrNothing(*answer, m_look.seen);
    addFrom(page, answer->url, page.scripts.empty() ? QByteArrayList() : scriptsOf(*answer));
}

void Pages::addFrom(const HtmlPage &page, const QUrl &url, const QByteArrayList &scripts)
{
    const PageStarts found = pageStarts(page, url, scripts, [this] { return m_look.seen.isOver(); });
    if (found.isCut)
        addGap(url, OAuthGap::NotRead);
    add(found.starts);
}

void Pages::readFront(const Host &host)
{
    const QUrl front = httpsAddress(host);
    const auto answer = m_look.seen.ask(HttpGet{front});
    HtmlPage page;
    if (*answer && (*answer)->status == 200 && isPage(**answer)) {
        page = pageOrNothing(**answer, m_look.seen);
        addFrom(page, front, {});
    }
    if (!*answer) {
        if (!isNobodyThere(answer->error()))
            addGap(front, gapFor(answer->error()));
        return;
    }
    for (const QUrl &login : loginAddresses(page, host, m_look.facts.routes))
        readPage(login);
}

void Pages::readHosts()
{
    std::size_t read = 0;
    for (const Host &host : m_look.target.hosts) {
        const bool isOurs = host.role != HostRole::Mail && isOfProduct(m_look, host);
        if (!isOurs || !covers(httpsAddress(host)) || m_look.seen.isOver())
            continue;
        if (++read > kMostHosts)
            addGap(httpsAddress(host), OAuthGap::NotRead);
        else
            readFront(host);
    }
}

// OpenID Connect Discovery section 4: where this server takes authorization requests. Of the client only its name is
// known, and that is enough to ask with an address that nobody registered.
void Pages::askServerOf(const TestActor &actor)
{
    QUrl document(actor.signIn.url);
    document.setPath(u"/.well-known/openid-configuration"_s);
    document.setQuery(QString());
    if (actor.signIn.clientId.isEmpty() || !covers(document))
        return;
    const auto answer = m_look.seen.ask(HttpGet{document});
    if (!*answer && gapFor(answer->error()) == OAuthGap::NotRead)
        addGap(document, OAuthGap::NotRead);
    if (!*answer || (*answer)->status != 200)
        return;
    const QJsonObject told = QJsonDocument::fromJson((*answer)->body).object();
    QUrl endpoint(told["authorization_endpoint"_L1].toString());
    if (!endpoint.isValid() || !covers(endpoint))
        return;
    QUrlQuery query;
    query.addQueryItem(u"response_type"_s, u"code"_s);
    query.addQueryItem(u"client_id"_s, QString::fromLatin1(QUrl::toPercentEncoding(actor.signIn.clientId)));
    query.addQueryItem(u"scope"_s, u"openid"_s);
    endpoint.setQuery(query);
    add({{.origin = OAuthOrigin::Account, .page = document, .url = {}, .given = authorizationRequestIn(endpoint)}});
}

void Pages::readAccounts()
{
    for (const TestActor &actor : m_look.facts.actors) {
        const SignIn &how = actor.signIn;
        const bool isForm = how.kind == SignInKind::Form;
        const QString page = how.csrfSource.isEmpty() && isForm ? how.url : how.csrfSource;
        if (isOfStaging(actor, m_look.target))
            continue;
        if (!page.isEmpty() && !page.contains("{{"_L1))
            readPage(QUrl(page));
        if (how.kind == SignInKind::OAuthPassword || how.kind == SignInKind::OAuthClient)
            askServerOf(actor);
    }
}

// What is surely one goes before what only sounds like one.
int rankOf(const OAuthStart &start)
{
    if (start.origin == OAuthOrigin::Start)
        return namesSignInCompany(start.url) ? 1 : 4;
    return start.origin == OAuthOrigin::Page ? 0 : 1 + static_cast<int>(start.origin);
}

OAuthBeginnings Pages::take()
{
    std::ranges::stable_sort(m_found.starts, {}, rankOf);
    return std::move(m_found);
}

} // namespace

OAuthBeginnings oauthStartsOf(const Look &look)
{
    if (!look.seen.active())
        return {};
    Pages pages(look);
    pages.readAccounts();
    pages.readHosts();
    return pages.take();
}

} // namespace cockpit
