#include "checks/access/filelinks.h"

#include "checks/access/belongings.h"
#include "checks/actors/crew.h"
#include "checks/actors/refusal.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/testtexts.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FileLinks)
};

constexpr std::size_t kMostFiles = 6;
constexpr std::size_t kMostItems = 6; // records looked at for links
constexpr int kAsksEach = 7;          // the owner, and two people in three ways

RequestNeed needFor(const CrossingRoutes &routes)
{
    const auto reads = static_cast<int>(std::min(routes.reads.size() + routes.questions.size(), kMostReads));
    const auto items = static_cast<int>(std::min(routes.resources.size(), kMostItems));
    return {.account = u"access.file-links"_s,
            .most = 3 * reads + items + static_cast<int>(kMostFiles) * kAsksEach + 4};
}

class FileAttack
{
public:
    FileAttack(const Look &look, const CrossingRoutes &routes, Askers askers)
        : m_look(look), m_routes(routes), m_askers(askers)
    {
    }

    Result<FileLook> run();

private:
    void readItems();
    void findFiles();
    bool isOthersToo(const QUrl &url) const;
    void tryFile(const QUrl &url, const QString &shownAt);
    void ask(FileTry &file, FileWho who, FileHow how, const QUrl &url);
    void askInvented(const QUrl &like);
    void control();
    std::optional<HttpResponse> noted(Result<HttpResponse> answer);
    bool isOver() const { return !m_result.brokenOff.isEmpty(); }

    const Look &m_look;
    const CrossingRoutes &m_routes;
    Askers m_askers;
    Belongings m_known;
    FileLook m_result;
};

std::optional<HttpResponse> FileAttack::noted(Result<HttpResponse> answer)
{
    if (!answer) {
        if (endsTheLook(answer.error()) || m_look.seen.isOver())
            m_result.brokenOff = answer.error().message;
        return std::nullopt;
    }
    if (obstacleIn(*answer) == Obstacle::TooManyRequests)
        m_result.brokenOff = describe(Obstacle::TooManyRequests, *answer);
    return std::move(*answer);
}

// Many products show the link to a file on the page of its record alone.
void FileAttack::readItems()
{
    for (std::size_t i = 0; i < std::min(m_routes.resources.size(), kMostItems) && !isOver(); ++i) {
        const Route &item = *m_routes.resources[i].item;
        const auto id = idOf(m_known.ownersIds, m_routes.resources[i].name);
        const auto address = id ? cockpit::addressOf(m_look.target, item, {id->value})
                                : RouteAddress(tl::unexpected(NotTried::NoSeenId));
        if (!address)
            continue;
        auto answer = noted(m_askers.owner.ask(requestOf(item, *address)));
        if (answer && isGoodAnswer(*answer, {}))
            m_known.owners.push_back(std::move(*answer));
    }
}

bool FileAttack::isOthersToo(const QUrl &url) const
{
    const auto has = [&](const std::vector<HttpResponse> &answers) {
        return std::ranges::any_of(answers, [&](const HttpResponse &one) {
            const auto links = fileLinksIn(one);
            return std::ranges::any_of(
                links, [&](const QUrl &link) { return link.path() == url.path() && link.host() == url.host(); });
        });
    };
    return has(m_known.outsiders) || has(m_known.strangers);
}

void FileAttack::findFiles()
{
    QStringList paths;
    for (const HttpResponse &answer : std::as_const(m_known.owners)) {
        for (const QUrl &url : fileLinksIn(answer)) {
            if (paths.contains(url.path()) || isOthersToo(url))
                continue;
            paths.append(url.path());
            const QString host = hostOf(url);
            if (!m_askers.wire.gate() || !m_askers.wire.gate()->covers(host)) {
                if (!m_result.foreign.contains(host))
                    m_result.foreign.append(host);
            } else if (m_result.files.size() < kMostFiles && !isOver()) {
                tryFile(url, answer.url.toDisplayString(QUrl::RemoveQuery));
            }
        }
    }
}

void FileAttack::ask(FileTry &file, FileWho who, FileHow how, const QUrl &url)
{
    if (isOver())
        return;
    FileAsk one{.who = who, .how = how, .request = {}, .answer = {}};
    one.request.url = url;
    auto answer = noted(who == FileWho::Nobody ? m_askers.wire.send(one.request) : m_askers.outsider.ask(one.request));
    if (!answer)
        return;
    one.answer = std::move(*answer);
    file.asks.push_back(std::move(one));
}

void FileAttack::askInvented(const QUrl &like)
{
    ActiveRequest request;
    request.url = like;
    const QString folder = like.path(QUrl::FullyEncoded).section(u'/', 0, -2);
    request.url.setPath(folder + u'/' + probeWord(folder + m_look.startedAt.toString(Qt::ISODateWithMs)) + ".pdf"_L1,
                        QUrl::TolerantMode);
    request.url.setQuery(QString());
    if (auto answer = noted(m_askers.outsider.ask(request)))
        m_result.invented.push_back(std::move(*answer));
}

void FileAttack::tryFile(const QUrl &url, const QString &shownAt)
{
    ActiveRequest request;
    request.url = url;
    auto good = noted(m_askers.owner.ask(request));
    if (!good || !isGoodAnswer(*good, {}) || good->body.isEmpty())
        return;
    if (m_result.invented.empty())
        askInvented(url);
    FileTry file{.url = url, .shownAt = shownAt, .good = std::move(*good), .asks = {}};
    for (const FileWho who : {FileWho::Outsider, FileWho::Nobody}) {
        ask(file, who, FileHow::AsIs, url);
        if (!isSigned(url))
            continue;
        ask(file, who, FileHow::Unsigned, withoutSignature(url));
        ask(file, who, FileHow::Altered, withAlteredSignature(url));
    }
    m_result.files.push_back(std::move(file));
}

void FileAttack::control()
{
    for (ActorSession *session : {&m_askers.owner, &m_askers.outsider}) {
        const auto health = isOver() ? Result<ActorHealth>(ActorHealth{.isSignedIn = true}) : session->health();
        if (!health)
            m_result.brokenOff = health.error().message;
        else if (!health->isSignedIn)
            m_result.brokenOff = Text::tr("%1 was signed out while the requests went out.").arg(session->actor().name);
    }
}

Result<FileLook> FileAttack::run()
{
    auto known = learnBelongings(m_routes, m_look.target, m_askers);
    if (!known)
        return tl::unexpected<Error>(known.error());
    m_known = std::move(*known);
    std::vector<HttpResponse> others = m_known.outsiders;
    std::ranges::copy(m_known.strangers, std::back_inserter(others));
    m_result.markers =
        withoutTestTexts(markersOf(m_askers.owner.actor(), m_known.owners, others), testTextsOf(m_look.facts));
    m_result.othersHaveFiles =
        std::ranges::any_of(m_known.outsiders, [](const HttpResponse &one) { return !fileLinksIn(one).empty(); });
    m_result.owner = m_askers.owner.actor().name;
    m_result.outsider = m_askers.outsider.actor().name;
    readItems();
    findFiles();
    control();
    m_result.known = m_askers.wire.gate() ? m_askers.wire.gate()->knownSecrets() : std::vector<Secret>();
    m_result.requests = m_askers.wire.sent();
    return std::move(m_result);
}

Judged look(const Look &look)
{
    const Crew crew = crewOf(look.facts.actors);
    if (const auto missing = crewMissing(crew, CrewNeed::TwoTenants))
        return *missing;
    const CrossingRoutes routes = crossingRoutes(look.facts.routes, look.facts.samples);
    Wire wire(look, needFor(routes));
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    ActorSession owner(*crew.owner(), wire);
    ActorSession outsider(*crew.outsider(), wire);
    const auto seen = FileAttack(look, routes, {wire, owner, outsider}).run();
    return seen ? judgeFileLinks(*seen) : couldNotLook(seen.error());
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    if (crewMissing(crewOf(outlook.facts.actors), CrewNeed::TwoTenants))
        return {};
    return {needFor(crossingRoutes(outlook.facts.routes, outlook.facts.samples))};
}

} // namespace

Check fileLinksCheck()
{
    return {.id = u"access.file-links"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {Need::Routes, Need::TestAccounts, Need::Consent},
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
