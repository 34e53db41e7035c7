// What the answers of the addresses prove.
#include "checks/edge/edgesigns.h"
#include "checks/edge/originexposed.h"

#include "checks/engine/lookgaps.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"
#include "checks/web/similarity.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OriginExposed)
};

// A shorter one ("Not found") is on every second server.
constexpr qsizetype kShortestTellingPage = 200;
constexpr int kEffortMinutes = 60;

// The edges that sign an answer. Platforms that are an edge as well sign what their own servers answer: such a one
// counts only where it is the edge in question.
QStringList edgesSigning(const HttpResponse &answer, const QString &edgeId)
{
    EdgeSeen seen{.peerAddress = {}, .aliases = {}, .headers = answer.headers, .cookies = {}};
    QStringList edges;
    for (const EdgeSignal &sign : signalsFrom(seen, knownProviders())) {
        const auto &all = knownProviders();
        const auto provider = std::ranges::find(all, sign.providerId, &Provider::id);
        const bool isEdgeAlone = provider->is(ProviderKind::Edge) && !provider->is(ProviderKind::Hosting);
        if (isEdgeAlone || sign.providerId == edgeId)
            edges << sign.providerId;
    }
    return edges;
}

// A server behind an edge does not sign as the edge. Nor as another one that the product has for another door: what the
// page shows as well came from inside.
bool isSignedByEdge(const OriginLook &look)
{
    const QStringList edges = edgesSigning(*look.direct, look.edgeId);
    const QStringList passedOn = edges.isEmpty() ? QStringList() : edgesSigning(look.throughEdge, look.edgeId);
    return std::ranges::any_of(edges,
                               [&](const QString &edge) { return edge == look.edgeId || !passedOn.contains(edge); });
}

// Only who cannot be connected to is closed. A server that is slow, cuts the answer off or packs it badly is there.
OriginState withoutAnswer(const OriginLook &look)
{
    switch (look.direct.error().kind) {
    case ErrorKind::Unreachable:
    case ErrorKind::TimedOut:
    case ErrorKind::Protocol: // no TLS, or only with the edge's own certificate
        return look.wasOpen == false ? OriginState::Closed : OriginState::Unclear;
    case ErrorKind::NoRoute:
    case ErrorKind::BadInput:
    case ErrorKind::Cancelled:
    case ErrorKind::NotFound:
    case ErrorKind::NotPermitted:
    case ErrorKind::Storage:
    case ErrorKind::TooLarge:
    case ErrorKind::Unsupported:
        return OriginState::Unclear;
    }
    Q_UNREACHABLE();
}

// Does the made-up name get something else? A server that ends the handshake or the connection has said no.
std::optional<bool> refusesStrangers(const OriginLook &look)
{
    if (!look.stranger)
        return std::nullopt;
    if (*look.stranger)
        return look.strangersLikeness ? std::optional(*look.strangersLikeness < kAlike) : std::nullopt;
    return look.stranger->error().kind == ErrorKind::Protocol ? std::optional(true) : std::nullopt;
}

QString percentOf(double likeness)
{
    return u"%1 %"_s.arg(int(likeness * 100));
}

QString placeOf(const OriginLook &look)
{
    const QString place =
        look.url.scheme() == "http"_L1 ? Text::tr("%1 (without HTTPS)").arg(look.address) : look.address;
    return Text::tr("%1, known from %2: the page of %3, %4 alike")
        .arg(place, look.learntFrom.join(u", "_s), look.host, percentOf(look.likeness.value_or(0)));
}

QString lineOf(const OriginLook &look)
{
    const QString strangers = look.stranger && *look.stranger ? Text::tr("a made-up name gets another page")
                                                              : Text::tr("a made-up name gets nothing");
    const QString certificate = Text::tr("its certificate is good for that host");
    return Text::tr("%1; %2.").arg(placeOf(look), refusesStrangers(look).value_or(false) ? strangers : certificate);
}

QString lineOfLead(const OriginLook &look)
{
    return Text::tr("%1; a made-up name gets it as well, so that it may be the server behind or a copy.")
        .arg(placeOf(look));
}

using Looks = std::vector<const OriginLook *>;

std::vector<Evidence> evidenceFrom(const Looks &looks)
{
    std::vector<Evidence> evidence;
    evidence.reserve(looks.size());
    for (const OriginLook *look : looks)
        evidence.push_back(
            {Text::tr("%1, asked at %2").arg(evidenceOf(*look->direct).title, look->address), look->direct->head()});
    return evidence;
}

Finding exposed(const OriginFacts &facts, const QString &host, const Looks &proven)
{
    QStringList lines;
    for (const OriginLook *look : proven)
        lines << lineOf(*look);
    Finding finding =
        makeFinding(u"origin_exposed"_s, Severity::High, Proof::Proven, Impact::Downtime,
                    Text::tr("Your server can be reached around %1").arg(facts.edgeName), lines.join(u' '));
    finding.host = host;
    finding.effortMinutes = kEffortMinutes;
    finding.evidence = evidenceFrom(proven);
    return finding;
}

// A server that shows one page under every name, such as one with a certificate of the edge's own authority, cannot be
// told from a copy of the page elsewhere.
Finding samePage(const OriginFacts &facts, const QString &host, const Looks &same)
{
    QStringList lines;
    for (const OriginLook *look : same)
        lines << lineOfLead(*look);
    Finding finding =
        makeFinding(u"origin_same_page"_s, Severity::Medium, Proof::Lead, Impact::Downtime,
                    Text::tr("A server beside %1 shows the page of %2").arg(facts.edgeName, host), lines.join(u' '));
    finding.host = host;
    finding.effortMinutes = kEffortMinutes;
    finding.evidence = evidenceFrom(same);
    return finding;
}

Looks looksAt(const OriginFacts &facts, const QString &host, OriginState state)
{
    Looks looks;
    for (const OriginLook &look : facts.looks) {
        if (look.host == host && stateOf(look) == state)
            looks.push_back(&look);
    }
    return looks;
}

// One for each host, so that each knows of its own.
std::vector<Finding> findingsOf(const OriginFacts &facts)
{
    QStringList hosts;
    for (const OriginLook &look : facts.looks)
        hosts << look.host;
    hosts.removeDuplicates();
    std::vector<Finding> findings;
    for (const QString &host : hosts) {
        if (const Looks proven = looksAt(facts, host, OriginState::Exposed); !proven.empty())
            findings.push_back(exposed(facts, host, proven));
        else if (const Looks same = looksAt(facts, host, OriginState::SameForAll); !same.empty())
            findings.push_back(samePage(facts, host, same));
    }
    std::ranges::stable_sort(findings, {}, &Finding::severity);
    return findings;
}

QJsonObject observedOf(const OriginFacts &facts)
{
    QJsonArray rows;
    for (const OriginLook &look : facts.looks) {
        const QJsonValue alike = look.likeness ? QJsonValue(*look.likeness) : QJsonValue();
        rows.append(QJsonObject{{u"address"_s, look.address},
                                {u"port"_s, look.url.port(look.url.scheme() == "http"_L1 ? 80 : 443)},
                                {u"learnt_from"_s, QJsonArray::fromStringList(look.learntFrom)},
                                {u"host"_s, look.host},
                                {u"state"_s, toWord(stateOf(look))},
                                {u"likeness"_s, alike}});
    }
    return {{u"shielded"_s, QJsonArray::fromStringList(facts.shielded)},
            {u"addresses"_s, rows},
            {u"left_out"_s, QJsonObject{{u"private"_s, facts.privateOnes}, {u"more"_s, facts.more}}}};
}

// What keeps a look without a finding from being a pass.
QStringList doubtsIn(const OriginFacts &facts)
{
    QStringList doubts = facts.notes;
    QStringList unclear;
    for (const OriginLook &look : facts.looks) {
        if (stateOf(look) == OriginState::Unclear && !unclear.contains(look.address))
            unclear << look.address;
    }
    if (!unclear.isEmpty())
        doubts << Text::tr("Whether the server of the product answers at %1 could not be told.")
                      .arg(unclear.join(u", "_s));
    if (facts.more > 0)
        doubts << Text::tr("There are more addresses than are asked in one go (%1 more).").arg(facts.more);
    return doubts;
}

QString summaryOf(const OriginFacts &facts)
{
    QStringList addresses;
    for (const OriginLook &look : facts.looks)
        addresses << look.address;
    addresses.removeDuplicates();
    if (addresses.isEmpty())
        return Text::tr("No address beside those of %1 can be learnt").arg(facts.edgeName);
    return Text::tr("None of the other addresses that can be learnt leads around %1 (asked: %2)")
        .arg(facts.edgeName, addresses.join(u", "_s));
}

} // namespace

QString toWord(OriginState state)
{
    switch (state) {
    case OriginState::Exposed:
        return u"exposed"_s;
    case OriginState::SameForAll:
        return u"same_for_all"_s;
    case OriginState::Another:
        return u"another"_s;
    case OriginState::StillEdge:
        return u"still_edge"_s;
    case OriginState::Closed:
        return u"closed"_s;
    case OriginState::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

PageMark markOf(const HttpResponse &page)
{
    const std::uint64_t words = simHash(page.body);
    return {page.status, words, page.body.size() >= kShortestTellingPage && words != 0};
}

double likeness(const PageMark &a, const PageMark &b)
{
    return a.status == b.status ? similarity(a.words, b.words) : 0.0;
}

void compareDirect(OriginLook &look, const PageMark &edge)
{
    look.isTelling = edge.isTelling;
    if (look.direct)
        look.likeness = likeness(markOf(*look.direct), edge);
}

void compareStranger(OriginLook &look, const PageMark &edge)
{
    if (look.stranger && *look.stranger)
        look.strangersLikeness = likeness(markOf(**look.stranger), edge);
}

OriginState stateOf(const OriginLook &look)
{
    if (!look.direct)
        return withoutAnswer(look);
    if (isSignedByEdge(look))
        return OriginState::StillEdge;
    if (obstacleIn(*look.direct))
        return OriginState::Another;
    if (!look.likeness)
        return OriginState::Unclear;
    if (*look.likeness < kAlike)
        return OriginState::Another;
    const auto refuses = refusesStrangers(look);
    if (!refuses || !look.isTelling)
        return OriginState::Unclear;
    if (*refuses || look.direct->trust == CertificateTrust::Trusted)
        return OriginState::Exposed;
    return OriginState::SameForAll;
}

Judged judgeOrigin(const OriginFacts &facts)
{
    Judged judged = concluded(findingsOf(facts), summaryOf(facts), observedOf(facts), {});
    if (!judged.findings.empty()) {
        judged.summary = judged.findings.front().title;
        judged.evidence = judged.findings.front().evidence;
    }
    leaveOpen(judged, anyBehind(doubtsIn(facts)));
    return judged;
}

} // namespace cockpit
