#include "checks/dns/references.h"

#include "checks/dns/referencelists.h"
#include "checks/dns/resolvers.h"
#include "checks/dns/zonereferences.h"
#include "checks/net/dnsreport.h"
#include "checks/net/httpclient.h"
#include "checks/web/address.h"
#include "checks/web/report.h"
#include "models/hostname.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(References)
};

// All of its questions have to say so: some servers deny a name when asked for a kind that they do not know.
void readAnswers(const OpenReference &open, const std::vector<Observations::Shared<DnsAnswer>> &answers,
                 SeenReference &seen)
{
    bool allMissing = true;
    bool anyExists = false;
    for (size_t i = 0; i < answers.size(); ++i) {
        const Result<DnsAnswer> &answer = *answers[i];
        if (!answer) {
            seen.why = answer.error().message;
        } else if (answer->status == DnsStatus::NxDomain) {
            seen.evidence.push_back(evidenceOf(open.questions[i], *answer));
            if (!answer->cnameChain().isEmpty()) {
                seen.reference.hops = answer->cnameChain();
                if (seen.reference.hops.last() != seen.reference.target)
                    seen.aliasEnd = seen.reference.hops.last();
            }
            continue;
        } else if (answer->status == DnsStatus::Answered || answer->status == DnsStatus::NoData) {
            anyExists = true;
        } else {
            seen.why = sentenceOf(open.questions[i], answer->status);
        }
        allMissing = false;
    }
    if (!answers.empty() && allMissing)
        seen.state = ReferenceState::MissingName;
    else if (!anyExists && !answers.empty())
        seen.state = ReferenceState::Unclear;
}

// A resolver that filters says that a name does not exist, too: another one is asked, where there is one. Nobody else
// need know the names of the own domain (split horizon), and who they belong to is no question.
void confirmMissing(const std::vector<OpenReference> &open, std::vector<SeenReference> &looked, const QString &domain,
                    Observations &seen)
{
    const auto resolvers = resolversToCompare(seen.options());
    if (resolvers.size() < 2)
        return;
    std::vector<DnsLookup> questions;
    std::vector<SeenReference *> waiting;
    for (size_t i = 0; i < open.size(); ++i) {
        if (looked[i].state != ReferenceState::MissingName || isWithin(looked[i].end(), domain))
            continue;
        for (DnsLookup question : open[i].questions) {
            question.server = resolvers[1].address;
            questions.push_back(question);
            waiting.push_back(&looked[i]);
        }
    }
    const auto answers = seen.askAll(questions);
    for (size_t i = 0; i < answers.size(); ++i) {
        const Result<DnsAnswer> &answer = *answers[i];
        if (!answer || (answer->status != DnsStatus::Answered && answer->status != DnsStatus::NoData))
            continue;
        waiting[i]->state = ReferenceState::Unclear;
        waiting[i]->why =
            Text::tr("Your resolver says that %1 does not exist, and %2 knows it: your resolver filters it.")
                .arg(questions[i].name, resolvers[1].name);
    }
}

std::vector<SeenReference> lookThere(const std::vector<OpenReference> &open, const QString &domain, Observations &seen)
{
    std::vector<DnsLookup> questions;
    for (const OpenReference &reference : open)
        questions.insert(questions.end(), reference.questions.begin(), reference.questions.end());
    const auto answers = seen.askAll(questions);
    std::vector<SeenReference> looked;
    auto next = answers.begin();
    for (const OpenReference &reference : open) {
        SeenReference one{.reference = reference.reference};
        const auto end = next + static_cast<std::ptrdiff_t>(reference.questions.size());
        readAnswers(reference, {next, end}, one);
        next = end;
        looked.push_back(std::move(one));
    }
    confirmMissing(open, looked, domain, seen);
    return looked;
}

void askWhoHolds(std::vector<SeenReference> &references, const QString &domain, Observations &seen)
{
    std::vector<WhoHolds> questions;
    std::vector<SeenReference *> waiting;
    for (SeenReference &one : references) {
        one.isOwnName = isWithin(one.end(), domain);
        const QString registered = registryDomain(one.end());
        if (one.state != ReferenceState::MissingName || one.isOwnName || registered.isEmpty())
            continue;
        questions.push_back({registered});
        waiting.push_back(&one);
    }
    const auto answers = seen.askAll(questions);
    for (size_t i = 0; i < waiting.size(); ++i) {
        if (!*answers[i])
            continue;
        waiting[i]->holding = **answers[i];
        const auto &more = waiting[i]->holding->evidence;
        waiting[i]->evidence.insert(waiting[i]->evidence.end(), more.begin(), more.end());
    }
}

// "*.cdn.example" allows code from names below: that name itself need not exist, if only its domain is somebody's.
void forgiveWildcards(std::vector<SeenReference> &references)
{
    for (SeenReference &one : references) {
        const bool isWildcard = one.reference.kind == ReferenceKind::Script && one.reference.via.startsWith("*."_L1);
        if (!isWildcard || one.state != ReferenceState::MissingName)
            continue;
        const DomainHold hold = one.holding ? one.holding->hold : DomainHold::Unclear;
        if (one.isOwnName || hold == DomainHold::Held) {
            one.state = ReferenceState::Fine;
        } else if (hold == DomainHold::Unclear) {
            one.state = ReferenceState::Unclear;
            one.why = one.holding ? one.holding->why : Text::tr("No registry can be asked whose %1 is.").arg(one.end());
        }
    }
}

// By http and https: many services have no certificate for a name that is not theirs any more.
std::vector<HttpGet> requestsTo(const QString &host)
{
    const Host place{HostRole::Other, host};
    return {{.url = httpAddress(place)}, {.url = httpsAddress(place)}};
}

// To the same place by https: what is there is in the other answer.
bool isUpgrade(const HttpResponse &page)
{
    const QUrl to = page.url.resolved(QUrl(QString::fromLatin1(page.header("Location").value_or(QByteArray()))));
    return page.status >= 300 && page.status < 400 && page.url.scheme() == "http"_L1 && to.scheme() == "https"_L1 &&
           to.host() == page.url.host();
}

// A certificate for the name is made for somebody who keeps a site there: whatever it answers, and be it that the front
// page is for nobody.
bool isSignOfLife(const HttpResponse &page)
{
    return page.trust == CertificateTrust::Trusted || (page.status < 400 && !isUpgrade(page));
}

// The service has no such site when an answer says so, and none shows that something is there. Where neither is seen,
// a page that did not come may have said it; a connection that is refused says nothing, unless the other answer leads
// there.
void readPages(SeenReference &one, const std::vector<Observations::Shared<HttpResponse>> &pages)
{
    bool isHeard = false;
    bool isAlive = false;
    bool isMissed = false;
    bool isRefused = false;
    bool isLedOn = false;
    std::vector<Evidence> denials;
    for (const auto &page : pages) {
        if (!*page) {
            one.why = page->error().message;
            (page->error().kind == ErrorKind::Unreachable ? isRefused : isMissed) = true;
            continue;
        }
        isHeard = true;
        isLedOn = isLedOn || isUpgrade(**page);
        if (saysNoSuchSite(*one.service, (*page)->status, (*page)->body))
            denials.push_back(evidenceOf(**page));
        else
            isAlive = isAlive || isSignOfLife(**page);
    }
    if (isAlive)
        return;
    if (denials.empty()) {
        if (!isHeard || isMissed || (isLedOn && isRefused))
            one.state = ReferenceState::Unclear;
        return;
    }
    one.state = ReferenceState::NoSuchSite;
    std::ranges::move(denials, std::back_inserter(one.evidence));
}

void askServices(std::vector<SeenReference> &references, Observations &seen)
{
    std::vector<HttpGet> requests;
    std::vector<SeenReference *> waiting;
    for (SeenReference &one : references) {
        if (one.reference.kind != ReferenceKind::Alias)
            continue;
        one.service = takeoverServiceOf(one.reference.hops, TakeoverKind::Web);
        if (!one.service || one.state != ReferenceState::Fine || one.service->texts.isEmpty())
            continue;
        std::ranges::move(requestsTo(one.reference.askedAs), std::back_inserter(requests));
        waiting.push_back(&one);
    }
    const auto pages = seen.askAll(requests);
    for (size_t i = 0; i < waiting.size(); ++i)
        readPages(*waiting[i], {pages[2 * i], pages[2 * i + 1]});
}

// One reference for each server of the zone.
std::vector<SeenReference> lookAtZone(const ZoneServers &zone, const QString &domain, Observations &seen)
{
    std::vector<OpenReference> open;
    for (const QString &server : zone.servers)
        open.push_back(
            {{.kind = ReferenceKind::NameServer, .from = zone.zone, .target = server}, addressQuestions(server)});
    std::vector<SeenReference> servers = lookThere(open, domain, seen);
    askNameServers(zone, servers, seen);
    return servers;
}

} // namespace

QString toWord(ReferenceKind kind)
{
    switch (kind) {
    case ReferenceKind::Alias:
        return u"cname"_s;
    case ReferenceKind::NameServer:
        return u"ns"_s;
    case ReferenceKind::MailServer:
        return u"mx"_s;
    case ReferenceKind::Spf:
        return u"spf"_s;
    case ReferenceKind::Report:
        return u"dmarc"_s;
    case ReferenceKind::Script:
        return u"script"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(ReferenceState state)
{
    switch (state) {
    case ReferenceState::Fine:
        return u"fine"_s;
    case ReferenceState::MissingName:
        return u"missing_name"_s;
    case ReferenceState::NoSuchSite:
        return u"no_such_site"_s;
    case ReferenceState::ZoneRefused:
        return u"zone_refused"_s;
    case ReferenceState::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

SeenReferences lookAtReferences(const Target &target, const FoundNames &names, Observations &seen)
{
    using enum ReferenceKind;
    const QString domain = target.domain;
    SeenReferences all;
    std::vector<OpenReference> open;
    const auto add = [&](const OpenReferences &more) {
        open.insert(open.end(), more.references.begin(), more.references.end());
        all.problems << more.problems;
    };
    const auto read = [&](ReferenceKind kind, const OpenReferences &more) {
        add(more);
        if (!more.problems.isEmpty())
            all.incomplete.push_back(kind);
    };
    add(aliasReferences(names)); // whose problems are those of single names
    read(MailServer, mailReferences(domain, seen));
    read(Spf, spfReferences(domain, seen));
    read(Report, reportReferences(domain, seen));
    read(Script, scriptReferences(domain, names));
    if (std::ranges::find(names.incomplete, NameSource::Link) != names.incomplete.end())
        all.incomplete.push_back(Script); // of a page that did not come
    all.references = lookThere(open, domain, seen);
    const FoundZones zones = zonesOf(domain, names, seen);
    all.problems << zones.problems;
    if (!zones.problems.isEmpty())
        all.incomplete.push_back(NameServer);
    for (const ZoneServers &zone : zones.zones)
        std::ranges::move(lookAtZone(zone, domain, seen), std::back_inserter(all.references));
    askWhoHolds(all.references, domain, seen);
    forgiveWildcards(all.references);
    askServices(all.references, seen);
    return all;
}

} // namespace cockpit
