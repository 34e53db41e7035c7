#include "checks/dns/registration.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Registration)
};

constexpr int kEffortMinutes = 15;
// Registrars that renew on their own do it a month ahead at the latest: with less left somebody has to look.
constexpr int kLookDays = 30;
// Payment, support and weekends: with less left the launch itself is in danger.
constexpr int kUrgentDays = 14;
// Clocks and time zones of registry and registrar differ by hours, not by days.
constexpr int kSameDays = 2;

Finding found(const QString &code, Severity severity, const QString &title, const QString &seen)
{
    Finding finding;
    finding.code = code;
    finding.severity = severity;
    finding.proof = Proof::Proven;
    finding.impact = Impact::Downtime;
    finding.title = title;
    finding.whatWeSaw = seen;
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

QString dateOf(const QDateTime &time)
{
    return QLocale::c().toString(time.date(), u"d MMMM yyyy"_s);
}

// What states of RFC 8056 mean for a launch.
struct StatusRule
{
    QStringList statuses; // any of them
    QString code;
    Severity severity;
    QString title;
    QString meaning; // %1: the domain, %2: the state
};

// The worst first.
std::vector<StatusRule> statusRules()
{
    return {
        {{u"redemption period"_s, u"pending delete"_s},
         u"being_deleted"_s,
         Severity::Critical,
         Text::tr("The domain is being deleted"),
         Text::tr("%1 has lapsed and is on its way to being deleted (%2). It can be lost for good.")},
        {{u"client hold"_s, u"server hold"_s},
         u"on_hold"_s,
         Severity::Critical,
         Text::tr("The domain is switched off at its registry"),
         Text::tr("%1 is on hold (%2): the registry leaves it out, so site and mail do not work. Usual reasons are an "
                  "unconfirmed email address of the owner, an open invoice or a complaint.")},
        {{u"pending transfer"_s},
         u"transfer_under_way"_s,
         Severity::High,
         Text::tr("The domain is being moved to another registrar"),
         Text::tr("A transfer of %1 is under way (%2). If nobody of you asked for it, somebody is taking the domain.")},
        {{u"auto renew period"_s},
         u"renewal_unpaid"_s,
         Severity::Medium,
         Text::tr("The renewal of the domain is not settled yet"),
         Text::tr("The registry has just renewed %1 by itself (%2). Until the registrar is paid it can still take it "
                  "back.")},
    };
}

void judgeStatuses(const RegistrationFacts &facts, std::vector<Finding> &findings)
{
    for (const StatusRule &rule : statusRules()) {
        const auto hit = std::ranges::find_if(
            rule.statuses, [&](const QString &status) { return facts.rdap.registry.statuses.contains(status); });
        if (hit != rule.statuses.end())
            findings.push_back(found(rule.code, rule.severity, rule.title, rule.meaning.arg(facts.domain, *hit)));
    }
}

bool isLocked(const Registration &record)
{
    return record.has("client transfer prohibited"_L1) || record.has("server transfer prohibited"_L1);
}

int daysLeft(const QDateTime &expires, const QDateTime &now)
{
    constexpr qint64 secondsPerDay = 24LL * 60 * 60;
    const qint64 seconds = now.secsTo(expires);
    return static_cast<int>(seconds >= 0 ? seconds / secondsPerDay : (seconds - secondsPerDay + 1) / secondsPerDay);
}

// The registry counts a renewal that nobody has paid; the registrar's date is then the real one.
QDateTime endOf(const RdapAnswer &rdap)
{
    const QDateTime registrar = rdap.registrar ? rdap.registrar->expires : QDateTime();
    if (!rdap.registry.expires.isValid() || !registrar.isValid())
        return rdap.registry.expires.isValid() ? rdap.registry.expires : registrar;
    return std::min(rdap.registry.expires, registrar);
}

void judgeEnd(const RegistrationFacts &facts, std::vector<Finding> &findings)
{
    const QDateTime end = endOf(facts.rdap);
    if (!end.isValid())
        return;
    const int days = daysLeft(end, facts.now);
    if (end <= facts.now) {
        findings.push_back(found(u"ended"_s, Severity::Critical, Text::tr("The registration of the domain has ended"),
                                 Text::tr("The registration of %1 ended on %2.").arg(facts.domain, dateOf(end))));
    } else if (days < kLookDays) {
        findings.push_back(found(u"ends_soon"_s, days < kUrgentDays ? Severity::High : Severity::Medium,
                                 Text::tr("The registration of the domain ends soon"),
                                 Text::tr("The registration of %1 ends on %2, in %n day(s).", nullptr, days)
                                     .arg(facts.domain, dateOf(end))));
    }
}

void judgeDates(const RegistrationFacts &facts, std::vector<Finding> &findings)
{
    const QDateTime registry = facts.rdap.registry.expires;
    const QDateTime registrar = facts.rdap.registrar ? facts.rdap.registrar->expires : QDateTime();
    if (!registry.isValid() || !registrar.isValid() || std::abs(registry.daysTo(registrar)) <= kSameDays)
        return;
    Finding finding = found(u"dates_differ"_s, Severity::Low, Text::tr("Two dates are given for the end of the domain"),
                            Text::tr("For %1 the registry says %2, the registrar %3. The earlier one counts until the "
                                     "renewal is paid.")
                                .arg(facts.domain, dateOf(registry), dateOf(registrar)));
    finding.proof = Proof::Strong;
    findings.push_back(std::move(finding));
}

// Some registries publish no states at all: then nothing can be said about the lock.
void judgeLock(const RegistrationFacts &facts, std::vector<Finding> &findings)
{
    const Registration &record = facts.rdap.registry;
    if (record.statuses.isEmpty() || isLocked(record))
        return;
    findings.push_back(
        found(u"no_transfer_lock"_s, Severity::Low, Text::tr("The domain can be moved away"),
              Text::tr("%1 is not locked against being transferred to another registrar.").arg(facts.domain)));
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonValue orNull(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toString(Qt::ISODate)) : QJsonValue(QJsonValue::Null);
}

QJsonObject observedOf(const RegistrationFacts &facts)
{
    const RdapAnswer &rdap = facts.rdap;
    const Registration &record = rdap.registry;
    const bool isThere = rdap.state == RdapState::Registered;
    const bool isTold = isThere || rdap.state == RdapState::NotRegistered;
    const QDateTime end = endOf(rdap);
    return {{u"registered"_s, isTold ? QJsonValue(isThere) : QJsonValue(QJsonValue::Null)},
            {u"registrar"_s, orNull(record.registrar)},
            {u"expires"_s, orNull(record.expires)},
            {u"registrar_expires"_s, orNull(rdap.registrar ? rdap.registrar->expires : QDateTime())},
            {u"days_left"_s, end.isValid() ? QJsonValue(daysLeft(end, facts.now)) : QJsonValue(QJsonValue::Null)},
            {u"statuses"_s, QJsonArray::fromStringList(record.statuses)},
            {u"locked"_s, record.statuses.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(isLocked(record))},
            {u"signed"_s, isThere ? QJsonValue(record.isSigned) : QJsonValue(QJsonValue::Null)},
            {u"server"_s, orNull(rdap.server.host())}};
}

Judged judgeRecord(const RegistrationFacts &facts)
{
    Judged judged;
    judgeStatuses(facts, judged.findings);
    judgeEnd(facts, judged.findings);
    judgeDates(facts, judged.findings);
    judgeLock(facts, judged.findings);
    const QDateTime end = endOf(facts.rdap);
    if (!end.isValid() && judged.findings.empty())
        return notRun(Text::tr("The registry of %1 does not publish when a registration ends. Look at your registrar.")
                          .arg(facts.domain));
    judged.outcome = outcomeFor(judged.findings);
    judged.summary = end.isValid() ? Text::tr("Registered until %1").arg(dateOf(end))
                                   : Text::tr("Registered; the registry does not publish until when");
    if (const QString &registrar = facts.rdap.registry.registrar; !registrar.isEmpty())
        judged.summary += u" ("_s + registrar + u')';
    judged.values = {{u"registrar"_s, facts.rdap.registry.registrar.isEmpty() ? Text::tr("your registrar")
                                                                              : facts.rdap.registry.registrar}};
    return judged;
}

Judged judgeMissing(const RegistrationFacts &facts)
{
    // A registry's RDAP server can be incomplete; the name servers of the suffix are not.
    if (!facts.isDeniedInDns)
        return notRun(Text::tr("The registry's server %2 has no record of %1, but its name servers do not deny it.")
                          .arg(facts.domain, facts.rdap.server.host()));
    Judged judged;
    judged.findings = {found(u"not_registered"_s, Severity::Critical, Text::tr("The domain is not registered"),
                             Text::tr("The registry does not know %1. Anybody can register it.").arg(facts.domain))};
    judged.outcome = outcomeFor(judged.findings);
    judged.summary = judged.findings.front().whatWeSaw;
    return judged;
}

} // namespace

Judged judgeRegistration(const RegistrationFacts &facts)
{
    Judged judged;
    switch (facts.rdap.state) {
    case RdapState::Registered:
        judged = judgeRecord(facts);
        break;
    case RdapState::NotRegistered:
        judged = judgeMissing(facts);
        break;
    case RdapState::NoServer:
        judged = notRun(Text::tr("The registry of %1 offers no registration data to programs. Look at your registrar "
                                 "when the registration ends and whether it renews by itself.")
                            .arg(facts.domain));
        break;
    case RdapState::Busy:
        judged = notRun(facts.rdap.retryAfter.isEmpty()
                            ? Text::tr("The registry's server is busy. Check again later.")
                            : Text::tr("The registry's server is busy. Check again later (it says: %1).")
                                  .arg(facts.rdap.retryAfter));
        break;
    }
    judged.observed = observedOf(facts);
    return judged;
}

} // namespace cockpit
