#include "checks/edge/originexposed.h"

#include "checks/edge/edgesigns.h"
#include "checks/edge/originaddress.h"
#include "checks/edge/origincandidates.h"
#include "checks/net/hostaddresses.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OriginExposed)
};

// A page of a host as the edge shows it.
struct ShieldedPage
{
    QString host;
    const Provider *edge = nullptr;
    HttpResponse page;
};

struct ShieldedPages
{
    std::vector<ShieldedPage> pages;
    QStringList hosts;                    // that an edge surely stands before
    QStringList notes;                    // on what could not be compared, a sentence each
    QStringList tooMany;                  // hosts whose pages are beyond kMostOriginPages
    std::optional<Error> silent;          // a host that gave no answer
    bool hasAnswer = false;               // one of them did
    std::optional<HttpResponse> obstacle; // in front of a page that would have been compared
};

QString addressIn(const HttpResponse &page)
{
    return page.url.adjusted(QUrl::RemoveFragment).toString(QUrl::FullyEncoded);
}

// Why what a visitor of the host arrives at cannot be compared; empty: it can.
QString whyNot(const Host &host, const ShieldedPages &all, const Result<RedirectChain> &walk)
{
    if (!walk)
        return Text::tr("The page of %1 could not be read: %2").arg(host.name, walk.error().message);
    if (walk->end != RedirectEnd::Arrived)
        return Text::tr("%1 leads to no page, so there is nothing to compare with.").arg(host.name);
    if (obstacleIn(walk->last))
        return Text::tr("%1 shows a check for robots in place of its page, so there is nothing to compare with.")
            .arg(host.name);
    if (walk->last.url.scheme() != "https"_L1)
        return Text::tr("%1 leads to a page without HTTPS, which is not compared.").arg(host.name);
    if (const QString end = hostOf(walk->last.url); !all.hosts.contains(end))
        return Text::tr("%1 leads to %2, before which no shield was recognised for sure: there is nothing to compare "
                        "with.")
            .arg(host.name, end);
    return {};
}

// The page that a visitor of the host arrives at, where it is one of the product behind the same edge.
void addPage(ShieldedPages &all, const Look &look, const Host &host, const Provider *edge)
{
    const auto walk = look.seen.ask(FollowRedirects{httpsAddress(host)});
    if (const QString why = whyNot(host, all, *walk); !why.isEmpty()) {
        all.notes << why;
        if (*walk && (*walk)->end == RedirectEnd::Arrived && obstacleIn((*walk)->last))
            all.obstacle = (*walk)->last;
        return;
    }
    const HttpResponse &page = (*walk)->last;
    const bool isKnown =
        std::ranges::any_of(all.pages, [&](const ShieldedPage &p) { return addressIn(p.page) == addressIn(page); });
    if (isKnown)
        return;
    if (all.pages.size() < size_t(kMostOriginPages))
        all.pages.push_back({hostOf(page.url), edge, page});
    else
        all.tooMany << host.name;
}

ShieldedPages shieldedPages(const Look &look)
{
    ShieldedPages all;
    std::vector<std::pair<Host, const Provider *>> shielded;
    for (const Host &host : look.target.hosts) {
        if (host.role == HostRole::Mail)
            continue;
        const auto answer = look.seen.ask(HttpGet{httpsAddress(host)});
        if (!*answer) {
            all.silent = answer->error();
            // "www" of a product that has none leads nowhere.
            if (lookupOf(host.name, host.httpsPort, look.seen) != NameLookup::Absent)
                all.notes << Text::tr("Whether a shield stands in front of %1 is not known: %2")
                                 .arg(host.name, answer->error().message);
            continue;
        }
        all.hasAnswer = true;
        const EdgeReading reading = readEdge(signsAt(look.seen, look.target, host, **answer), knownProviders());
        if (reading.edge && !reading.edge->isSure())
            all.notes << Text::tr("That %1 stands in front of %2 is likely by one sign alone, so nothing was asked "
                                  "around it.")
                             .arg(reading.edge->provider->name, host.name);
        if (!reading.edge || !reading.edge->isSure())
            continue;
        all.hosts << host.name;
        shielded.emplace_back(host, reading.edge->provider);
    }
    for (const auto &[host, edge] : shielded)
        addPage(all, look, host, edge);
    if (!all.tooMany.isEmpty())
        all.notes << Text::tr("No more than %1 pages are compared in one go; these hosts were left out: %2.")
                         .arg(QString::number(kMostOriginPages), all.tooMany.join(u", "_s));
    return all;
}

// The edge itself, by an override that leads everything to one place.
bool leadsToThePage(const Look &look, const ShieldedPage &page, const QString &address)
{
    const auto port = static_cast<std::uint16_t>(page.page.url.port(443));
    const auto elsewhere = look.seen.options().connectOverrideFor(address, port);
    return elsewhere ? *elsewhere == page.page.peer : address == page.page.peer.ip;
}

// Behind the shield it may speak plain HTTP alone.
QUrl withoutTls(QUrl url)
{
    url.setScheme(u"http"_s);
    url.setPort(-1);
    return url;
}

// Fills in what the looks at one page wait for.
void askDirectly(const Look &look, std::span<OriginLook> looks, const PageMark &edge)
{
    std::vector<OriginGet> questions;
    questions.reserve(looks.size());
    for (const OriginLook &one : looks)
        questions.push_back({one.url, one.address});
    const auto answers = look.seen.askAll(questions);
    for (size_t i = 0; i < answers.size(); ++i) {
        const Result<OriginAnswer> &answer = *answers[i];
        looks[i].direct = answer ? answer->response : tl::unexpected<Error>(answer.error());
        looks[i].wasOpen = answer ? answer->wasOpen : std::nullopt;
        if (!look.seen.isOver())
            compareDirect(looks[i], edge);
    }
}

void askStrangers(const Look &look, std::span<OriginLook> looks, const PageMark &edge)
{
    std::vector<OriginGet> questions;
    std::vector<OriginLook *> alike;
    for (OriginLook &one : looks) {
        if (one.likeness.value_or(0) < kAlike)
            continue;
        QUrl url = one.url;
        url.setHost(probeWord(one.host) + u".invalid"_s); // RFC 2606: nobody's
        questions.push_back({url, one.address});
        alike.push_back(&one);
    }
    const auto answers = look.seen.askAll(questions);
    for (size_t i = 0; i < answers.size(); ++i) {
        const Result<OriginAnswer> &answer = *answers[i];
        alike[i]->stranger = answer ? answer->response : tl::unexpected<Error>(answer.error());
        if (!look.seen.isOver())
            compareStranger(*alike[i], edge);
    }
}

bool isNotAsked(const OriginLook &look)
{
    return !look.direct && look.direct.error().kind == ErrorKind::NotPermitted;
}

std::vector<OriginLook> looksWithoutTls(const Look &look, const std::vector<OriginLook> &looks, const PageMark &edge)
{
    std::vector<OriginLook> plain;
    for (const OriginLook &one : looks) {
        if (stateOf(one) != OriginState::Closed)
            continue;
        plain.push_back({one.address, one.learntFrom, one.host, one.edgeId, withoutTls(one.url), one.throughEdge, {}});
    }
    askDirectly(look, plain, edge);
    std::erase_if(plain, isNotAsked); // an override led to its port for HTTPS alone
    return plain;
}

std::vector<OriginLook> looksFor(const Look &look, const ShieldedPage &page,
                                 std::span<const OriginCandidate> candidates)
{
    const PageMark edge = markOf(page.page);
    std::vector<OriginLook> looks;
    looks.reserve(2 * candidates.size());
    for (const OriginCandidate &candidate : candidates) {
        if (!leadsToThePage(look, page, candidate.address))
            looks.push_back(
                {candidate.address, candidate.learntFrom, page.host, page.edge->id, page.page.url, page.page, {}});
    }
    askDirectly(look, looks, edge);
    std::ranges::move(looksWithoutTls(look, looks, edge), std::back_inserter(looks));
    askStrangers(look, looks, edge);
    return looks;
}

std::vector<OriginLook> lookAround(const Look &look, const std::vector<ShieldedPage> &pages,
                                   std::span<const OriginCandidate> candidates)
{
    std::vector<OriginLook> looks;
    for (const ShieldedPage &page : pages) {
        if (look.seen.isOver())
            break;
        std::ranges::move(looksFor(look, page, candidates), std::back_inserter(looks));
    }
    return looks;
}

Judged withoutShield(const ShieldedPages &shielded)
{
    if (!shielded.hasAnswer && shielded.silent)
        return couldNotLook(*shielded.silent);
    if (!shielded.notes.isEmpty())
        return notRun(shielded.notes.join(u' '));
    return notApplicable(Text::tr("No shield was recognised in front of a host, so there is nothing to go around."));
}

Judged lookAtOrigin(const Look &look)
{
    const ShieldedPages shielded = shieldedPages(look);
    if (shielded.hosts.isEmpty())
        return withoutShield(shielded);
    if (shielded.pages.empty() && shielded.obstacle)
        return couldNotVerify(*obstacleIn(*shielded.obstacle), *shielded.obstacle);
    if (shielded.pages.empty())
        return notRun(shielded.notes.join(u' '));
    auto candidates = originCandidates(look);
    if (!candidates)
        return couldNotLook(candidates.error());
    const size_t asked = std::min(candidates->addresses.size(), size_t(kMostOriginAddresses));
    OriginFacts facts{.shielded = shielded.hosts,
                      .edgeName = shielded.pages.front().edge->name,
                      .looks = lookAround(look, shielded.pages, std::span(candidates->addresses).first(asked)),
                      .more = int(candidates->addresses.size() - asked),
                      .notes = candidates->notes + shielded.notes};
    facts.privateOnes = int(std::erase_if(facts.looks, isNotAsked));
    return judgeOrigin(facts);
}

} // namespace

Check originExposedCheck()
{
    return {.id = u"edge.origin-exposed"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime},
            .needs = {},
            .look = lookAtOrigin};
}

} // namespace cockpit
