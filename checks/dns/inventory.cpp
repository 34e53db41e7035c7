#include "checks/dns/inventory.h"

#include "checks/dns/earliernames.h"
#include "checks/dns/namelook.h"
#include "checks/net/httpclient.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "checks/web/parsedpage.h"
#include "checks/web/report.h"
#include "models/unseen.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Inventory)
};

constexpr auto kId = "dns.inventory"_L1;
constexpr size_t kMostPages = 30; // looked at

PublicPage pageOf(const RedirectChain &walk, const QString &domain, Observations &seen)
{
    const HttpResponse &last = walk.last;
    PublicPage page{.url = last.url.toString(QUrl::RemoveQuery | QUrl::RemoveUserInfo), .status = last.status};
    page.asksForPassword = pageOrNothing(last, seen).hasPasswordField;
    page.isHiddenFromSearch = last.header("X-Robots-Tag").value_or(QByteArray()).toLower().contains("noindex");
    page.isElsewhere = !isSameSite(hostOf(last.url), domain);
    page.isObstacle = obstacleIn(last).has_value();
    page.evidence = evidenceOf(last);
    return page;
}

bool isWanted(const InventoryName &name)
{
    const auto purpose = guessedPurpose(name.found.name);
    return purpose && isInside(*purpose) && !name.isHost && name.found.hasAddress();
}

// A connection that is refused is a clear no, and so is what no browser can show: something else than HTTP, or a
// handshake that fails for who has no certificate of the team. Where a redirect led may fail by itself, so the name's
// own answer counts.
QString whyNoPage(const FollowRedirects &question, const Result<RedirectChain> &walk, Observations &seen)
{
    if (walk)
        return {};
    const auto own = seen.ask(HttpGet{.url = question.url});
    const bool isClear =
        !*own && (own->error().kind == ErrorKind::Unreachable || own->error().kind == ErrorKind::Protocol);
    return isClear ? QString() : walk.error().message;
}

// By https; where nobody answers there, by http.
void lookAtPages(std::vector<InventoryName> &names, const QString &domain, Observations &seen)
{
    std::vector<FollowRedirects> walks;
    std::vector<InventoryName *> waiting;
    for (InventoryName &name : names) {
        if (!isWanted(name))
            continue;
        if (waiting.size() >= kMostPages) {
            name.whyNoPage = Text::tr("There are more places of your team than are asked for in one go.");
            continue;
        }
        const Host host{HostRole::Other, name.found.askedAs};
        walks.push_back({httpsAddress(host)});
        walks.push_back({httpAddress(host)});
        waiting.push_back(&name);
    }
    const auto answers = seen.askAll(walks);
    for (size_t i = 0; i < waiting.size(); ++i) {
        InventoryName &name = *waiting[i];
        const Result<RedirectChain> &secure = *answers[2 * i];
        const Result<RedirectChain> &plain = *answers[2 * i + 1];
        if (secure)
            name.page = pageOf(*secure, domain, seen);
        else if (plain)
            name.page = pageOf(*plain, domain, seen);
        // A refusal without encryption says nothing about what stands behind the door that did not answer.
        if (!name.page || !isOpen(*name.page))
            name.whyNoPage = whyNoPage(walks[2 * i], secure, seen);
        if (!name.page && name.whyNoPage.isEmpty())
            name.whyNoPage = whyNoPage(walks[2 * i + 1], plain, seen);
    }
}

QStringList subjectsOf(const std::vector<EarlierName> &names)
{
    QStringList subjects;
    for (const EarlierName &name : names)
        subjects << name.name;
    subjects.removeDuplicates();
    return subjects;
}

Judged judgeNames(const Look &look, FoundNames found, const std::vector<EarlierName> &earlier)
{
    const QString domain = look.target.domain;
    const auto &hosts = look.target.hosts;
    QStringList unanswered = askForEarlier(earlier, domain, found, look.seen);
    InventoryFacts facts{domain, {}, found.notes, found.hasWildcard, found.isCut, std::move(unanswered)};
    facts.names.reserve(found.names.size());
    for (FoundName &name : found.names) {
        const bool isHost = std::ranges::find(hosts, name.name, &Host::name) != hosts.end();
        facts.names.push_back({std::move(name), isHost, std::nullopt});
    }
    lookAtPages(facts.names, domain, look.seen);
    return judgeInventory(facts);
}

Judged lookAtInventory(const Look &look)
{
    const std::vector<EarlierName> earlier = earlierNames(look.facts.lastObserved(QString(kId)));
    Judged judged = lookAtNames(look, [&](const FoundNames &found) { return judgeNames(look, found, earlier); });
    keepInMind(subjectsOf(earlier), judged);
    return judged;
}

} // namespace

Check inventoryCheck()
{
    return {.id = QString(kId),
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure, Impact::AccountTakeover},
            .needs = {},
            .look = lookAtInventory};
}

} // namespace cockpit
