// What the answers of the addresses prove.
#include "checks/edge/edgesigns.h"
#include "checks/edge/originexposed.h"

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

// A server behind an edge does not sign as the edge.
bool isSignedByEdge(const HttpResponse &answer, const QString &edgeId)
{
    EdgeSeen seen{.peerAddress = {}, .aliases = {}, .headers = answer.headers, .cookies = {}};
    const auto found = signalsFrom(seen, knownProviders());
    return std::ranges::find(found, edgeId, &EdgeSignal::providerId) != found.end();
}

OriginState withoutAnswer(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Unreachable:
    case ErrorKind::TimedOut:
    case ErrorKind::Protocol: // no TLS, or only with the edge's own certificate
        return OriginState::Closed;
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

// Does the made-up name get something else? A server that ends the handshake has said no.
std::optional<bool> refusesStrangers(const OriginLook &look)
{
    if (!look.stranger)
        return std::nullopt;
    if (*look.stranger)
        return likeness(**look.stranger, look.throughEdge) < kAlike;
    return look.stranger->error().kind == ErrorKind::Protocol ? std::optional(true) : std::nullopt;
}

QString percentOf(double likeness)
{
    return u"%1 %"_s.arg(int(likeness * 100));
}

QString lineOf(const OriginLook &look)
{
    const QString strangers = look.stranger && *look.stranger ? Text::tr("a made-up name gets another page")
                                                              : Text::tr("a made-up name gets nothing");
    const QString certificate = Text::tr("its certificate is good for that host");
    return Text::tr("%1, known from %2: the page of %3, %4 alike; %5.")
        .arg(look.address, look.learntFrom.join(u", "_s), look.host,
             percentOf(likeness(*look.direct, look.throughEdge)), *refusesStrangers(look) ? strangers : certificate);
}

Finding exposed(const OriginFacts &facts, const std::vector<const OriginLook *> &proven)
{
    QStringList lines;
    std::vector<Evidence> evidence;
    for (const OriginLook *look : proven) {
        lines << lineOf(*look);
        evidence.push_back(
            {Text::tr("%1, asked at %2").arg(evidenceOf(*look->direct).title, look->address), look->direct->head()});
    }
    Finding finding =
        makeFinding(u"origin_exposed"_s, Severity::High, Proof::Proven, Impact::Downtime,
                    Text::tr("Your server can be reached around %1").arg(facts.edgeName), lines.join(u' '));
    finding.effortMinutes = kEffortMinutes;
    finding.evidence = std::move(evidence);
    return finding;
}

QJsonObject observedOf(const OriginFacts &facts)
{
    QJsonArray rows;
    for (const OriginLook &look : facts.looks) {
        const QJsonValue alike = look.direct ? QJsonValue(likeness(*look.direct, look.throughEdge)) : QJsonValue();
        rows.append(QJsonObject{{u"address"_s, look.address},
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
        const OriginState state = stateOf(look);
        if ((state == OriginState::SameForAll || state == OriginState::Unclear) && !unclear.contains(look.address))
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

double likeness(const HttpResponse &a, const HttpResponse &b)
{
    return a.status == b.status ? similarity(simHash(a.body), simHash(b.body)) : 0.0;
}

bool isTelling(const HttpResponse &page)
{
    return page.body.size() >= kShortestTellingPage && simHash(page.body) != 0;
}

OriginState stateOf(const OriginLook &look)
{
    if (!look.direct)
        return withoutAnswer(look.direct.error());
    if (isSignedByEdge(*look.direct, look.edgeId))
        return OriginState::StillEdge;
    if (obstacleIn(*look.direct) || likeness(*look.direct, look.throughEdge) < kAlike)
        return OriginState::Another;
    const auto refuses = refusesStrangers(look);
    if (!refuses || !isTelling(look.throughEdge))
        return OriginState::Unclear;
    if (*refuses || look.direct->trust == CertificateTrust::Trusted)
        return OriginState::Exposed;
    return OriginState::SameForAll;
}

Judged judgeOrigin(const OriginFacts &facts)
{
    std::vector<const OriginLook *> proven;
    for (const OriginLook &look : facts.looks) {
        if (stateOf(look) == OriginState::Exposed)
            proven.push_back(&look);
    }
    std::vector<Finding> findings;
    if (!proven.empty())
        findings.push_back(exposed(facts, proven));
    Judged judged = concluded(std::move(findings), summaryOf(facts), observedOf(facts), {});
    if (!judged.findings.empty()) {
        judged.summary = judged.findings.front().title;
        judged.evidence = judged.findings.front().evidence;
        return judged;
    }
    if (const QStringList doubts = doubtsIn(facts); !doubts.isEmpty()) {
        judged.outcome = Outcome::Info;
        judged.reason = doubts.join(u' ');
    }
    return judged;
}

} // namespace cockpit
