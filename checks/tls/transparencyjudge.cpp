#include "checks/tls/transparency.h"

#include "checks/dns/authorities.h"
#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <map>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsTransparency)
};

constexpr qint64 kShortLife = 180LL * 24 * 60 * 60;
constexpr int kWantedElsewhere = 2; // in the handshake or a staple, whatever the life

int differentLogs(const std::vector<SctSeen> &scts, bool isEmbedded)
{
    std::set<QByteArray> logs;
    for (const SctSeen &sct : scts) {
        if ((sct.source == SctSource::Embedded) == isEmbedded)
            logs.insert(sct.logId);
    }
    return static_cast<int>(logs.size());
}

bool isLogged(const TransparencyFacts &facts)
{
    return differentLogs(facts.scts, true) >= wantedTimestamps(facts.leaf) ||
           differentLogs(facts.scts, false) >= kWantedElsewhere;
}

struct LoggedIssuer
{
    bool isExpected = false;
    int count = 0;
};

bool isExpected(const LoggedCertificate &one, const TransparencyFacts &facts)
{
    if (one.issuerOrganization == facts.leaf.issuerOrganization)
        return true;
    const KnownAuthority *authority = knownAuthorities().byOrganization(one.issuerOrganization);
    if (!authority)
        return false;
    const KnownAuthority *own = knownAuthorities().byOrganization(facts.leaf.issuerOrganization);
    if (own == authority || facts.expectedAuthorities.contains(authority->id))
        return true;
    return facts.allowedByCaa && std::ranges::any_of(authority->caa, [&](const QString &domain) {
               return facts.allowedByCaa->contains(domain);
           });
}

// Those that stand for the host, by who issued them.
std::map<QString, LoggedIssuer> issuersFor(const QString &host, const TransparencyFacts &facts)
{
    std::map<QString, LoggedIssuer> issuers;
    if (!facts.logged || !*facts.logged)
        return issuers;
    for (const LoggedCertificate &one : (*facts.logged)->certificates) {
        if (!coversHost({.names = one.names}, host))
            continue;
        const QString name = plainText(one.issuerOrganization.isEmpty() ? one.issuer : one.issuerOrganization, 120);
        LoggedIssuer &issuer = issuers[name];
        issuer.isExpected = isExpected(one, facts);
        ++issuer.count;
    }
    return issuers;
}

QJsonValue searchWord(const TransparencyFacts &facts)
{
    if (!facts.logged || !*facts.logged)
        return {};
    return (*facts.logged)->isCut ? u"cut"_s : u"done"_s;
}

QJsonObject observedOf(const TransparencyFacts &facts, const std::map<QString, LoggedIssuer> &issuers)
{
    QJsonArray list;
    for (const auto &[name, issuer] : issuers)
        list.append(QJsonObject{{u"issuer"_s, name}, {u"expected"_s, issuer.isExpected}, {u"count"_s, issuer.count}});
    const bool isFailed = facts.logged && !*facts.logged;
    return {{u"certificate"_s, certificateJson(facts.leaf)},
            {u"trust"_s, toWord(facts.trust)},
            {u"embedded"_s, differentLogs(facts.scts, true)},
            {u"other"_s, differentLogs(facts.scts, false)},
            {u"wanted"_s, wantedTimestamps(facts.leaf)},
            {u"search"_s, searchWord(facts)},
            {u"search_problem"_s, isFailed ? QJsonValue(facts.logged->error().message) : QJsonValue()},
            {u"issuers"_s, list}};
}

Finding tooFew(const Host &host, const TransparencyFacts &facts)
{
    Finding finding = makeFinding(
        u"too_few_timestamps"_s, Severity::High, Proof::Proven, unusableImpact(host.role),
        Text::tr("Chrome and Safari refuse the certificate of %1").arg(host.name),
        Text::tr("It carries proofs of %1 public logs; %2 are wanted for a certificate of its life.")
            .arg(QString::number(differentLogs(facts.scts, true)), QString::number(wantedTimestamps(facts.leaf))));
    finding.effortMinutes = 45;
    return finding;
}

Finding unexpected(const Host &host, const QString &issuer, const TransparencyFacts &facts)
{
    const bool isForbidden = facts.allowedByCaa.has_value();
    const QString own = plainText(facts.leaf.issuerOrganization, 120);
    Finding finding = makeFinding(
        u"unexpected_issuer"_s, isForbidden ? Severity::Medium : Severity::Low, Proof::Lead, Impact::AccountTakeover,
        Text::tr("Somebody else issued a certificate for %1").arg(host.name),
        (isForbidden
             ? Text::tr("The public logs hold a valid certificate for %1 by \"%2\". None of your hosts uses that "
                        "issuer (here it is \"%3\"), and your DNS does not allow it.")
             : Text::tr("The public logs hold a valid certificate for %1 by \"%2\". None of your hosts uses that "
                        "issuer (here it is \"%3\"). It may be from a host that you used before."))
            .arg(host.name, issuer, own));
    finding.subject = issuer;
    finding.effortMinutes = 30;
    return finding;
}

// What the search did not tell of may be in the logs all the same.
Judged withDoubt(Judged judged, const QString &doubt)
{
    if (judged.outcome == Outcome::Pass)
        judged.summary += u' ' + doubt;
    leaveOpen(judged, LookGap{{{.code = u"unexpected_issuer"_s}}, doubt});
    return judged;
}

Judged afterSearch(Judged judged, const Result<LoggedList> &logged)
{
    if (logged && logged->isCut)
        return withDoubt(std::move(judged), Text::tr("The list of certificates in the logs could not be read as a "
                                                     "whole, so that one by somebody else may stand in the rest."));
    if (logged)
        return judged;
    if (logged.error().kind != ErrorKind::Cancelled)
        return withDoubt(std::move(judged),
                         Text::tr("Whether somebody else has certificates for it could not be looked up. %1")
                             .arg(logged.error().message));
    Judged stopped = couldNotLook(logged.error());
    stopped.observed = judged.observed;
    return stopped;
}

} // namespace

int wantedTimestamps(const Certificate &certificate)
{
    return certificate.notBefore.secsTo(certificate.notAfter) <= kShortLife ? 2 : 3;
}

Judged judgeTransparency(const Host &host, const TransparencyFacts &facts, const QDateTime &now)
{
    const auto issuers = issuersFor(host.name, facts);
    Judged unknown;
    if (facts.trust == TrustKind::Private)
        unknown = notApplicable(Text::tr("Its root is none that browsers bring along, but one of your own or of the "
                                         "network that you are in: of such certificates they ask for no public logs."));
    else if (facts.trust == TrustKind::Unknown)
        unknown = notRun(Text::tr("It is not known whether its authority is a public one: a certificate is missing in "
                                  "what the server sends (see \"tls.chain\"), or this computer has no list of them."));
    else if (!isLogged(facts) && facts.handshakeProblem)
        unknown = couldNotLook(*facts.handshakeProblem);
    else if (now >= facts.leaf.notAfter)
        unknown = notRun(Text::tr("The certificate has expired (see \"tls.expiry\")."));
    if (!unknown.reason.isEmpty()) {
        unknown.observed = observedOf(facts, issuers);
        return unknown;
    }
    std::vector<Finding> findings;
    if (!isLogged(facts))
        findings.push_back(tooFew(host, facts));
    for (const auto &[name, issuer] : issuers) {
        if (!issuer.isExpected)
            findings.push_back(unexpected(host, name, facts));
    }
    const QString good = Text::tr("It was logged in %1 public logs.")
                             .arg(differentLogs(facts.scts, true) + differentLogs(facts.scts, false));
    Judged judged =
        concluded(findings, findings.empty() ? good : findings.front().whatWeSaw, observedOf(facts, issuers), {});
    judged.values = {{u"issuer"_s, plainText(facts.leaf.issuer, 200)}};
    return facts.logged ? afterSearch(std::move(judged), *facts.logged) : judged;
}

} // namespace cockpit
