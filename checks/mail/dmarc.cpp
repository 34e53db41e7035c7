#include "checks/mail/dmarc.h"

#include "checks/mail/dmarcfindings.h"
#include "checks/mail/mailintent.h"
#include "checks/net/dnsreport.h"
#include "checks/net/missingdomain.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dmarc)
};

DnsLookup txtAt(const QString &name)
{
    return {.name = name, .type = RrType::Txt};
}

bool isWithin(const QString &name, const QString &domain)
{
    return name == domain || name.endsWith(u'.' + domain);
}

// The level whose answer would have decided, had it come: the domain itself, or one on the way up to its registrable
// domain while nothing was found. Failures above that (the suffix, the root) decide nothing for an ordinary domain.
const DmarcLevel *failedLevel(const DmarcFacts &facts, const DmarcDiscovery &found)
{
    const auto hasFailed = [](const DmarcLevel &level) { return level.state == DmarcLevelState::DnsFailure; };
    if (hasFailed(facts.levels.front()))
        return &facts.levels.front();
    const auto it = std::ranges::find_if(facts.levels, [&](const DmarcLevel &level) {
        return hasFailed(level) && isWithin(level.domain, facts.publicSuffixDomain);
    });
    return found.level || it == facts.levels.end() ? nullptr : &*it;
}

QString statusOf(const DmarcFacts &facts, const DmarcDiscovery &found)
{
    const DmarcLevelState own = facts.levels.front().state;
    if (failedLevel(facts, found))
        return u"temperror"_s;
    if (own == DmarcLevelState::Multiple || own == DmarcLevelState::Invalid)
        return u"invalid"_s;
    return found.level ? u"valid"_s : u"none"_s;
}

QJsonObject policyJson(const DmarcDiscovery &found, bool isUsable)
{
    if (!found.level || !isUsable)
        return {{u"apex"_s, QJsonValue()}, {u"subdomain"_s, QJsonValue()}, {u"nonexistent"_s, QJsonValue()}};
    const DmarcRecord &record = *found.level->record;
    const DmarcPolicy apex = found.isInherited ? record.effectiveSubdomainPolicy() : record.effectivePolicy();
    return {{u"apex"_s, toWord(apex)},
            {u"subdomain"_s, toWord(record.effectiveSubdomainPolicy())},
            {u"nonexistent"_s, toWord(record.effectiveNonexistentPolicy())}};
}

// The old standard knows neither np nor t.
QJsonValue oldPolicy(const DmarcDiscovery &found, bool isUsable)
{
    if (!found.level || !isUsable)
        return {};
    const DmarcRecord &record = *found.level->record;
    // Section 6.6.3: without p= a record counts as p=none only when somebody takes reports.
    if (!record.hasPolicy && record.aggregateReports.isEmpty())
        return {};
    return toWord(found.isInherited ? record.subdomainPolicy.value_or(record.policy) : record.policy);
}

QJsonObject observedOf(const DmarcFacts &facts, const DmarcDiscovery &found)
{
    const DmarcDiscovery old = discoverBySuffixList(facts.levels, facts.publicSuffixDomain);
    const DmarcLevel &own = facts.levels.front();
    const QString status = statusOf(facts, found);
    const bool isUsable = status == "valid"_L1;
    const QByteArray text = !own.texts.empty() ? own.texts.front()
                            : found.level      ? found.level->texts.front()
                                               : QByteArray();
    return {
        {u"status"_s, status},
        {u"record"_s, text.isEmpty() ? QJsonValue() : shownText(text, 4000)},
        {u"policy"_s, policyJson(found, isUsable)},
        {u"organizational_domain"_s, found.organizationalDomain},
        {u"rfc7489"_s,
         QJsonObject{{u"policy"_s, oldPolicy(old, isUsable)}, {u"organizational_domain"_s, old.organizationalDomain}}},
        {u"found_at"_s, found.level && isUsable ? found.level->domain : QJsonValue()},
        {u"reports"_s, found.level ? QJsonArray::fromStringList(found.level->record->aggregateReports) : QJsonArray()}};
}

QString summaryOf(const DmarcFacts &facts, const DmarcDiscovery &found)
{
    if (statusOf(facts, found) != "valid"_L1)
        return found.level ? Text::tr("The DMARC record is not usable") : Text::tr("No DMARC policy");
    const DmarcRecord &record = *found.level->record;
    return Text::tr("Fakes from the domain: %1, from subdomains: %2, from made-up subdomains: %3")
        .arg(toWord(record.effectivePolicy()), toWord(record.effectiveSubdomainPolicy()),
             toWord(record.effectiveNonexistentPolicy()));
}

// Only a clear no counts: a failing server is no proof that the receiver has not agreed.
QStringList unauthorisedReports(const DmarcDiscovery &found, Observations &seen)
{
    QStringList receivers;
    std::vector<DnsLookup> questions;
    for (const QString &address : found.level->record->aggregateReports + found.level->record->failureReports) {
        const QString receiver = address.mid(address.lastIndexOf(u'@') + 1).toLower();
        if (isWithin(receiver, found.organizationalDomain) || receivers.contains(receiver))
            continue;
        receivers << receiver;
        questions.push_back(txtAt(found.level->domain + u"._report._dmarc."_s + receiver));
    }
    const auto answers = seen.askAll(questions);
    QStringList unauthorised;
    for (size_t i = 0; i < answers.size(); ++i) {
        const Result<DnsAnswer> &answer = *answers[i];
        const bool isClear = answer && (answer->status == DnsStatus::NxDomain || answer->status == DnsStatus::NoData ||
                                        answer->status == DnsStatus::Answered);
        const bool hasAgreed =
            isClear && std::ranges::any_of(answer->records(RrType::Txt),
                                           [](const DnsRecord &record) { return record.text.startsWith("v=DMARC1"); });
        if (isClear && !hasAgreed)
            unauthorised << receivers[static_cast<qsizetype>(i)];
    }
    return unauthorised;
}

// The facts that other programs read are there all the same, without values.
Judged couldNotRead(const Error &error)
{
    Judged judged = couldNotLook(error);
    if (judged.outcome == Outcome::Error) {
        judged.observed = {
            {u"status"_s, u"temperror"_s},
            {u"record"_s, QJsonValue()},
            {u"policy"_s, policyJson({}, false)},
            {u"organizational_domain"_s, QJsonValue()},
            {u"rfc7489"_s, QJsonObject{{u"policy"_s, QJsonValue()}, {u"organizational_domain"_s, QJsonValue()}}}};
    }
    return judged;
}

Judged lookAtDmarc(const Look &look)
{
    const QStringList names = dmarcWalkNames(look.target.domain);
    std::vector<DnsLookup> questions;
    for (const QString &name : names)
        questions.push_back(txtAt(u"_dmarc."_s + name));
    const auto answers = look.seen.askAll(questions);
    if (!*answers.front())
        return couldNotRead(answers.front()->error());

    DmarcFacts facts;
    std::vector<Evidence> evidence;
    for (size_t i = 0; i < answers.size(); ++i) {
        const Result<DnsAnswer> &answer = *answers[i];
        DmarcLevel failed;
        failed.domain = names[static_cast<qsizetype>(i)];
        failed.state = DmarcLevelState::DnsFailure;
        facts.levels.push_back(answer ? readDmarcLevel(failed.domain, *answer) : failed);
        if (answer)
            evidence.push_back(evidenceOf(questions[i], *answer));
    }
    facts.publicSuffixDomain = registrableDomain(look.target.domain);
    facts.sendsNoMail =
        saysItSendsNoMail(look.target.domain, look.seen) || saysItTakesNoMail(look.target.domain, look.seen);
    if (const DmarcDiscovery found = discoverByTreeWalk(facts.levels); found.level)
        facts.unauthorisedReports = unauthorisedReports(found, look.seen);

    Judged judged = judgeDmarc(facts);
    for (Finding &finding : judged.findings)
        finding.evidence = evidence;
    judged.evidence = std::move(evidence);
    return unlessMissing(std::move(judged), look.target.domain, look.seen);
}

} // namespace

Judged judgeDmarc(const DmarcFacts &facts)
{
    const DmarcDiscovery found = discoverByTreeWalk(facts.levels);
    Judged judged;
    judged.observed = observedOf(facts, found);
    if (const DmarcLevel *failed = failedLevel(facts, found)) {
        judged.outcome = Outcome::Error;
        judged.reason = Text::tr("The DNS servers fail when asked for the DMARC record of %1.").arg(failed->domain);
        return judged;
    }
    judged.findings = dmarcFindings(facts, found);
    judged.outcome = outcomeFor(judged.findings);
    judged.summary = summaryOf(facts, found);
    return judged;
}

Check dmarcCheck()
{
    return {.id = u"mail.dmarc"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::EmailDelivery},
            .needs = {},
            .look = lookAtDmarc};
}

} // namespace cockpit
