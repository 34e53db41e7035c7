#include "checks/tls/revocation.h"

#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QTimeZone>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsRevocation)
};

constexpr qint64 kDay = 24LL * 60 * 60;

// What is known in the end: the staple's word before the fetched one.
const RevocationAnswer *answerIn(const RevocationFacts &facts)
{
    if (facts.staple && *facts.staple)
        return &**facts.staple;
    if (facts.fetched && *facts.fetched)
        return &**facts.fetched;
    return nullptr;
}

QString sourceOf(const RevocationFacts &facts)
{
    if (facts.staple && *facts.staple)
        return u"staple"_s;
    if (facts.fetched && *facts.fetched)
        return facts.isFromList ? u"crl"_s : u"ocsp"_s;
    return u"none"_s;
}

QString toWord(RevocationWord word)
{
    switch (word) {
    case RevocationWord::Good:
        return u"good"_s;
    case RevocationWord::Revoked:
        return u"revoked"_s;
    case RevocationWord::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

bool hasPointer(const RevocationFacts &facts)
{
    return !facts.fields.ocspUrl.isEmpty() || !facts.fields.crlUrls.isEmpty();
}

QJsonObject observedOf(const RevocationFacts &facts)
{
    const RevocationAnswer *answer = answerIn(facts);
    return {{u"certificate"_s, certificateJson(facts.leaf)},
            {u"word"_s, toWord(answer ? answer->word : RevocationWord::Unknown)},
            {u"source"_s, sourceOf(facts)},
            {u"stapled"_s, facts.staple.has_value()},
            {u"must_staple"_s, facts.fields.needsStaple},
            {u"ocsp_url"_s, facts.fields.ocspUrl.isEmpty() ? QJsonValue() : QJsonValue(facts.fields.ocspUrl)},
            {u"crl_urls"_s, QJsonArray::fromStringList(facts.fields.crlUrls)},
            {u"short_lived"_s, isShortLived(facts.leaf)}};
}

Finding revoked(const Host &host, const RevocationFacts &facts, const RevocationAnswer &answer)
{
    Finding finding = makeFinding(
        u"revoked"_s, unusableSeverity(host.role), Proof::Proven, unusableImpact(host.role),
        Text::tr("The certificate of %1 was withdrawn by its issuer").arg(host.name),
        answer.at.isValid()
            ? Text::tr("\"%1\" withdrew it on %2.").arg(plainText(facts.leaf.issuer, 200), plainTime(answer.at))
            : Text::tr("\"%1\" has withdrawn it.").arg(plainText(facts.leaf.issuer, 200)));
    finding.effortMinutes = 60;
    return finding;
}

Finding stapleMissing(const Host &host)
{
    Finding finding = makeFinding(
        u"must_staple_without_staple"_s, Severity::Critical, Proof::Proven, unusableImpact(host.role),
        Text::tr("Firefox refuses to open %1").arg(host.name),
        Text::tr(
            "The certificate demands that the server sends a fresh word of the issuer along (\"must staple\"), and "
            "the server sends none."));
    finding.effortMinutes = 45;
    return finding;
}

Finding badStaple(const Host &host, const RevocationFacts &facts)
{
    Finding finding =
        makeFinding(u"bad_staple"_s, facts.fields.needsStaple ? Severity::Critical : Severity::Medium, Proof::Proven,
                    Impact::Downtime, Text::tr("%1 sends a useless word about its certificate").arg(host.name),
                    Text::tr("It staples an answer that browsers cannot use. %1").arg(facts.staple->error().message));
    finding.effortMinutes = 45;
    return finding;
}

Finding noPointer(const Host &host)
{
    Finding finding = makeFinding(
        u"no_pointer"_s, Severity::Low, Proof::Lead, Impact::Maintainability,
        Text::tr("Nobody could learn that the certificate of %1 was withdrawn").arg(host.name),
        Text::tr("It names neither a list of withdrawn certificates nor a service for that, and is not short-lived."));
    finding.effortMinutes = 30;
    return finding;
}

std::vector<Finding> findingsFor(const Host &host, const RevocationFacts &facts)
{
    std::vector<Finding> findings;
    const RevocationAnswer *answer = answerIn(facts);
    if (answer && answer->word == RevocationWord::Revoked)
        findings.push_back(revoked(host, facts, *answer));
    if (facts.fields.needsStaple && !facts.staple && !facts.staplingUnknown)
        findings.push_back(stapleMissing(host));
    // Without the issuer's certificate it is our own look that fails, not the staple.
    if (facts.staple && !*facts.staple && facts.hasIssuer)
        findings.push_back(badStaple(host, facts));
    if (!hasPointer(facts) && !isShortLived(facts.leaf) && facts.trust == TrustKind::Public && !answer)
        findings.push_back(noPointer(host));
    return findings;
}

// Why there is no word, when there should be one.
QString whyUnknown(const RevocationFacts &facts, const QDateTime &now)
{
    if (now >= facts.leaf.notAfter)
        return Text::tr("The certificate has expired, so that its issuer says nothing about it any more (see "
                        "\"tls.expiry\").");
    if (!facts.hasIssuer)
        return Text::tr(
            "The server does not send the certificate of the issuer, so that the issuer's word could not be "
            "verified (see \"tls.chain\").");
    if (facts.fetched && !*facts.fetched)
        return facts.fetched->error().message;
    return Text::tr("The issuer's service for that does not know the certificate.");
}

Judged withoutWord(const RevocationFacts &facts, const QDateTime &now)
{
    Judged judged;
    if (isShortLived(facts.leaf)) {
        judged.summary = Text::tr("It lives for so few days that it needs no way to be withdrawn.");
    } else if (facts.trust == TrustKind::Private && !hasPointer(facts)) {
        judged =
            notApplicable(Text::tr("It comes from an authority of your own, which says nothing about withdrawing."));
    } else if (facts.fetched && !*facts.fetched && facts.fetched->error().kind == ErrorKind::Cancelled) {
        judged = couldNotLook(facts.fetched->error());
    } else {
        judged = notRun(whyUnknown(facts, now));
    }
    judged.observed = observedOf(facts);
    return judged;
}

// Whether the server sends a staple, and a good one, is not known. A certificate that demands one is not judged then.
Judged withoutStaple(Judged judged, const RevocationFacts &facts)
{
    const QJsonObject observed = judged.observed;
    const bool isSilent = judged.findings.empty();
    if (isSilent && facts.fields.needsStaple) {
        judged = couldNotLook(*facts.staplingUnknown);
        judged.observed = observed;
        return judged;
    }
    if (judged.outcome == Outcome::NotRun || judged.outcome == Outcome::NotApplicable)
        return judged;
    const LookGap gap{{{.code = u"must_staple_without_staple"_s}, {.code = u"bad_staple"_s}},
                      Text::tr("Whether the server sends the issuer's word along could not be seen. %1")
                          .arg(facts.staplingUnknown->message)};
    judged.summary += u' ' + gap.sentence;
    leaveOpen(judged, gap);
    return judged;
}

} // namespace

bool isShortLived(const Certificate &certificate)
{
    static const QDateTime stricter(QDate(2026, 3, 15), QTime(0, 0), QTimeZone::utc());
    const qint64 days = certificate.notBefore < stricter ? 10 : 7;
    return certificate.notBefore.secsTo(certificate.notAfter) + 1 <=
           days * kDay; // its last second counts (lifelimit.h)
}

Judged judgeRevocation(const Host &host, const RevocationFacts &facts, const QDateTime &now)
{
    std::vector<Finding> findings = findingsFor(host, facts);
    const RevocationAnswer *answer = answerIn(facts);
    const bool isKnown = answer && answer->word != RevocationWord::Unknown;
    Judged judged;
    if (findings.empty() && !isKnown) {
        judged = withoutWord(facts, now);
    } else {
        const QString good =
            isKnown ? Text::tr("Its issuer has not withdrawn it, as of %1.").arg(plainTime(answer->produced))
                    : QString();
        judged = concluded(findings, findings.empty() ? good : findings.front().whatWeSaw, observedOf(facts), {});
    }
    return facts.staplingUnknown ? withoutStaple(std::move(judged), facts) : judged;
}

} // namespace cockpit
