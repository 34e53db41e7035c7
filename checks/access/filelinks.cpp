#include "checks/access/filelinks.h"

#include "checks/access/fileattack.h"
#include "checks/actors/crew.h"
#include "checks/actors/refusal.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/testtexts.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FileLinks)
};

const QString kId = u"access.file-links"_s;
constexpr std::size_t kMostItems = 6; // records looked at for links
constexpr std::size_t kAsksEach = 7;  // the owner, and two people in three ways

RequestNeed needFor(const CrossingRoutes &routes)
{
    const auto reads = static_cast<int>(std::min(routes.reads.size() + routes.questions.size(), kMostReads));
    const auto items = static_cast<int>(std::min(routes.resources.size(), kMostItems));
    return {.account = kId,
            .most = 3 * reads + items + static_cast<int>(kMostFiles * kAsksEach + kMostTries - kMostFiles) + 4 +
                    static_cast<int>(kMostFilesAgain * kAsksAgain)};
}

} // namespace

std::optional<HttpResponse> FileAttack::noted(Result<HttpResponse> answer)
{
    if (!answer) {
        m_result.hasGaps = true;
        if (endsTheLook(answer.error()) || m_look.seen.isOver())
            m_result.brokenOff = answer.error().message;
        return std::nullopt;
    }
    m_result.hasGaps = m_result.hasGaps || obstacleIn(*answer);
    if (obstacleIn(*answer) == Obstacle::TooManyRequests)
        m_result.brokenOff = describe(Obstacle::TooManyRequests, *answer);
    return std::move(*answer);
}

// Where no list of its own is known, any may tell of its records.
bool FileAttack::isListRead(const ResourceRoutes &resource) const
{
    return resource.list ? !m_known.unread.contains(routeName(*resource.list)) : m_known.unread.isEmpty();
}

// Many products show the link to a file on the page of its record alone.
void FileAttack::readItems()
{
    for (std::size_t i = 0; i < m_routes.resources.size(); ++i) {
        const Route &item = *m_routes.resources[i].item;
        const QStringList seen = seenIdsOf(item); // below another record: as the project saw it
        const auto id = idOf(m_known.ownersIds, m_routes.resources[i].name);
        if (seen.size() < 2 && !id) { // its owner has none, as far as its list tells
            if (!isListRead(m_routes.resources[i]))
                m_survey.notRead.append(routeName(item));
            continue;
        }
        const auto address = cockpit::addressOf(m_look.target, item, seen.size() < 2 ? QStringList{id->value} : seen);
        auto answer = address && i < kMostItems && !isOver() ? noted(m_askers.owner.ask(requestAt(item, *address)))
                                                             : std::nullopt;
        const bool isRead = answer && isGoodAnswer(*answer, {});
        (isRead ? m_known.shownBy : m_survey.notRead).append(routeName(item));
        if (isRead)
            m_known.owners.push_back(std::move(*answer));
        else if (!isOver()) // else it is said why the look ended
            m_survey.unread.append(m_routes.resources[i].name);
    }
}

// By host and path: a signature may be another one for each.
QSet<QString> FileAttack::filesOfOthers() const
{
    QSet<QString> files;
    for (const auto *answers : {&m_known.outsiders, &m_known.strangers}) {
        for (const HttpResponse &one : *answers) {
            for (const QUrl &link : fileLinksIn(one))
                files.insert(hostOf(link) + link.path());
        }
    }
    return files;
}

void FileAttack::findFiles()
{
    const QSet<QString> ofOthers = filesOfOthers();
    for (std::size_t i = 0; i < m_known.owners.size(); ++i) {
        const HttpResponse &answer = m_known.owners[i];
        const QString route = m_known.shownBy.at(static_cast<qsizetype>(i));
        for (const QUrl &url : fileLinksIn(answer)) {
            if (!ofOthers.contains(hostOf(url) + url.path()))
                addLink({url, answer.url.toDisplayString(QUrl::RemoveQuery), {route}});
        }
    }
}

// Once, with all that show it.
void FileAttack::addLink(const FileLink &link)
{
    const QString host = hostOf(link.url);
    const bool isCovered = m_askers.wire.gate() && m_askers.wire.gate()->covers(host);
    if (!isCovered && !m_result.foreign.contains(host))
        m_result.foreign.append(host);
    std::vector<FileLink> &links = isCovered ? m_survey.links : m_survey.foreign;
    const QString file = host + link.url.path();
    if (const auto known = m_linkAt.constFind(file); known != m_linkAt.constEnd()) {
        links[*known].shownBy.append(link.shownBy);
        links[*known].shownBy.removeDuplicates();
        return;
    }
    m_linkAt.insert(file, links.size());
    links.push_back(link);
}

void FileAttack::ask(FileTry &file, FileWho who, FileHow how, const QUrl &url)
{
    if (isOver())
        return;
    FileAsk one{.who = who, .how = how, .request = {}, .answer = {}};
    one.request.url = url;
    auto answer = noted(who == FileWho::Nobody ? m_askers.wire.send(one.request) : m_askers.outsider.ask(one.request));
    if (!answer) {
        ++file.unanswered;
        return;
    }
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

void FileAttack::tryFile(const FileLink &link)
{
    ActiveRequest request;
    request.url = link.url;
    auto good = noted(m_askers.owner.ask(request));
    if (!good || !isGoodAnswer(*good, {}) || good->body.isEmpty()) {
        m_result.hasGaps = true; // it is linked, and may be there
        m_survey.dead.push_back(link.url);
        return;
    }
    tryOthers(link, std::move(*good));
}

void FileAttack::tryOthers(const FileLink &link, HttpResponse good)
{
    const QUrl &url = link.url;
    m_survey.asked.push_back(url);
    if (m_result.invented.empty())
        askInvented(url);
    FileTry file{.url = url, .shownAt = link.shownAt, .good = std::move(good), .asks = {}};
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
    m_result.hasGaps = m_survey.hasSilent = m_known.hasGaps;
    m_survey.notRead = m_known.unread;
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
    tryFiles();
    control();
    m_result.known = m_askers.wire.gate() ? m_askers.wire.gate()->knownSecrets() : std::vector<Secret>();
    m_result.requests = m_askers.wire.sent();
    return std::move(m_result);
}

namespace {

Judged look(const Look &look)
{
    const Crew crew = crewOf(look.facts.actors);
    const QJsonObject before = look.facts.lastObserved(kId);
    if (const auto missing = crewMissing(crew, CrewNeed::TwoTenants))
        return withFoldersOf(before, *missing);
    const CrossingRoutes routes = crossingRoutes(look.facts.routes, look.facts.samples);
    Wire wire(look, needFor(routes));
    if (!wire.isReady())
        return withFoldersOf(before, notRun(wire.isReady().error().message));
    ActorSession owner(*crew.owner(), wire);
    ActorSession outsider(*crew.outsider(), wire);
    const auto seen = FileAttack(look, routes, {wire, owner, outsider}).run();
    return seen ? judgeFileLinks(*seen) : withFoldersOf(before, couldNotLook(seen.error()));
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
    return {.id = kId,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {Need::Routes, Need::TestAccounts, Need::Consent},
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
