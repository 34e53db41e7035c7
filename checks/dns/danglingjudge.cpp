#include "checks/dns/dangling.h"

#include "checks/engine/lookgaps.h"
#include "checks/net/dnsreport.h"
#include "models/jsonfields.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dangling)
};

constexpr int kEffortMinutes = 10;

// Who gets hold of the target gets what the record hands over.
Impact impactOf(ReferenceKind kind)
{
    switch (kind) {
    case ReferenceKind::Alias:      // a page under your name
    case ReferenceKind::NameServer: // every name below
    case ReferenceKind::MailServer: // password mails
    case ReferenceKind::Script:     // code in your pages
        return Impact::AccountTakeover;
    case ReferenceKind::Spf: // mail in your name
        return Impact::EmailDelivery;
    case ReferenceKind::Report: // who sends mail as you, and when
        return Impact::DataExposure;
    }
    Q_UNREACHABLE();
}

QString targetOf(const SeenReference &seen)
{
    const QString target = shownName(seen.reference.target);
    return seen.aliasEnd.isEmpty() ? target : Text::tr("%1 (an alias of %2)").arg(target, shownName(seen.aliasEnd));
}

QString recordOf(const SeenReference &seen)
{
    const Reference &reference = seen.reference;
    const QString from = shownName(reference.from);
    const QString target = targetOf(seen);
    switch (reference.kind) {
    case ReferenceKind::Alias:
        return Text::tr("The CNAME of %1 leads to %2").arg(from, target);
    case ReferenceKind::NameServer:
        return Text::tr("%1 is handed to the name server %2").arg(from, target);
    case ReferenceKind::MailServer:
        return Text::tr("The MX record of %1 names %2").arg(from, target);
    case ReferenceKind::Spf:
        return Text::tr("The SPF record of %1 names %2").arg(from, target);
    case ReferenceKind::Report:
        return Text::tr("DMARC reports about %1 go to %2").arg(from, target);
    case ReferenceKind::Script:
        return Text::tr("Pages of %1 load code from %2, or allow it").arg(from, target);
    }
    Q_UNREACHABLE();
}

QString subjectOf(const QString &kind, const QString &from, const QString &target)
{
    return QStringList{kind, from, target}.join(u' ');
}

QString subjectOf(const Reference &reference)
{
    return subjectOf(cockpit::toWord(reference.kind), reference.from, reference.target);
}

Finding found(const QString &code, Severity severity, const SeenReference &seen, const QString &title,
              const QString &what)
{
    Finding finding = dnsFinding(code, severity, impactOf(seen.reference.kind), title, what);
    finding.subject = subjectOf(seen.reference);
    finding.effortMinutes = kEffortMinutes;
    finding.evidence = seen.evidence;
    return finding;
}

// What a stranger reads in the reports is of less use than a name, mail or code.
Finding freeDomain(const SeenReference &seen)
{
    const Severity severity = seen.reference.kind == ReferenceKind::Report ? Severity::High : Severity::Critical;
    const QString registered = registryDomain(seen.end());
    Finding finding =
        found(u"free_domain"_s, severity, seen, Text::tr("A stranger can register a domain that yours rests on"),
              Text::tr("%1, and the domain %2 is not registered: anybody can register it and step in.")
                  .arg(recordOf(seen), shownName(registered)));
    finding.proof = seen.holding->isConfirmed ? Proof::Proven : Proof::Strong;
    return finding;
}

// The name belongs to the service and the service says that nobody has it: two signals.
Finding freeName(const SeenReference &seen, const NameReach &reach)
{
    const bool isZone = seen.state == ReferenceState::ZoneRefused;
    const QStringList reasons = isZone ? QStringList() : reach.reasonsAt(seen.reference.from);
    const Severity severity = isZone || !reasons.isEmpty() ? Severity::Critical : Severity::High;
    QString what = isZone ? Text::tr("%1, and that server does not know the zone. %2: %3")
                          : Text::tr("%1, and %2 has no such site. %3");
    what = what.arg(recordOf(seen), seen.service->name, seen.service->note);
    if (!reasons.isEmpty())
        what += u' ' + reasons.join(u' ');
    Finding finding =
        found(u"free_name"_s, severity, seen, Text::tr("A stranger could put up a site under your name"), what);
    finding.proof = Proof::Strong;
    return finding;
}

Finding leftOver(const SeenReference &seen)
{
    QString what = seen.state == ReferenceState::NoSuchSite
                       ? Text::tr("%1, and %2 has no such site.").arg(recordOf(seen), seen.service->name)
                       : Text::tr("%1, which does not exist.").arg(recordOf(seen));
    // Nobody else can make a name of your own domain.
    Severity severity = seen.isOwnName ? Severity::Low : Severity::Medium;
    if (seen.service)
        what += u' ' + seen.service->note;
    if (seen.holding && seen.holding->hold == DomainHold::Unclear)
        what +=
            u' ' + Text::tr("Whether its domain is still registered could not be found out: %1").arg(seen.holding->why);
    Finding finding = found(u"dangling"_s, severity, seen, Text::tr("A record leads to something you gave up"), what);
    finding.impact = Impact::Maintainability;
    if (seen.state == ReferenceState::NoSuchSite)
        finding.proof = Proof::Strong;
    return finding;
}

Finding deadDelegation(const SeenReference &seen)
{
    QString what = Text::tr("%1, and none of its name servers knows the zone.").arg(recordOf(seen));
    if (seen.service)
        what += u' ' + seen.service->note;
    Finding finding = found(u"dead_delegation"_s, Severity::Medium, seen,
                            Text::tr("A part of your domain is handed to nobody"), what);
    finding.impact = Impact::Downtime;
    return finding;
}

std::optional<Finding> findingFor(const SeenReference &seen, const DanglingFacts &facts)
{
    const bool isClaimable = seen.service && seen.service->claim == TakeoverClaim::Yes;
    switch (seen.state) {
    case ReferenceState::Fine:
    case ReferenceState::Unclear:
        return std::nullopt;
    case ReferenceState::MissingName:
        if (seen.holding && seen.holding->hold == DomainHold::Free)
            return freeDomain(seen);
        if (isClaimable && seen.service->missingNameIsSign)
            return freeName(seen, facts.reach);
        return leftOver(seen);
    case ReferenceState::NoSuchSite:
        return isClaimable ? freeName(seen, facts.reach) : leftOver(seen);
    case ReferenceState::ZoneRefused:
        // Whose account holds the zone, all servers of the service know it: one that does not has a fault of its own.
        if (isClaimable && seen.isWholeService)
            return freeName(seen, facts.reach);
        // One lame server among others is what dns.authoritative looks for.
        return seen.isWholeZone && seen.reference.from != facts.domain ? std::optional(deadDelegation(seen))
                                                                       : std::nullopt;
    }
    Q_UNREACHABLE();
}

QString toWord(DomainHold hold)
{
    switch (hold) {
    case DomainHold::Held:
        return u"held"_s;
    case DomainHold::Free:
        return u"free"_s;
    case DomainHold::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject jsonOf(const SeenReference &seen, const std::optional<Finding> &finding)
{
    const bool isClaim = finding && finding->code.startsWith("free_"_L1);
    return {{u"kind"_s, cockpit::toWord(seen.reference.kind)},
            {u"from"_s, seen.reference.from},
            {u"target"_s, seen.reference.target},
            {u"alias_end"_s, json::textOrNull(seen.aliasEnd)},
            {u"hops"_s, QJsonArray::fromStringList(seen.reference.hops)},
            {u"via"_s, shownText(seen.reference.via.toLatin1(), 200)},
            {u"state"_s, cockpit::toWord(seen.state)},
            {u"claim"_s, isClaim ? QJsonValue(finding->code) : QJsonValue(QJsonValue::Null)},
            {u"service"_s, seen.service ? QJsonValue(seen.service->id) : QJsonValue(QJsonValue::Null)},
            {u"domain"_s, seen.holding ? QJsonValue(toWord(seen.holding->hold)) : QJsonValue(QJsonValue::Null)}};
}

// Several terms and records can lead to one place: it is repaired once.
bool isSaid(const std::vector<Finding> &findings, const Finding &finding)
{
    return std::ranges::any_of(findings, [&](const Finding &known) { return known.id() == finding.id(); });
}

QString summaryOfReferences(const DanglingFacts &facts, int leadNowhere, int unclear)
{
    const bool isSearched = facts.problems.isEmpty();
    const int all = static_cast<int>(facts.references.size());
    if (leadNowhere > 0)
        return Text::tr("%1 of %2 references lead to something that is gone")
            .arg(QString::number(leadNowhere), QString::number(all));
    if (unclear > 0 && !isSearched)
        return Text::tr("None of the references that could be followed leads nowhere; %n could not be followed, and "
                        "not every place could be searched for more of them",
                        nullptr, unclear);
    if (unclear > 0)
        return Text::tr("None of the references that could be followed leads nowhere; %n could not be followed",
                        nullptr, unclear);
    if (!isSearched)
        return Text::tr("None of the references that were found leads nowhere; not every place could be searched for "
                        "more of them");
    return Text::tr("All of %n reference(s) to other names lead somewhere", nullptr, all);
}

QString summaryOf(const DanglingFacts &facts, int leadNowhere, int maybes, int unclear)
{
    QString references = summaryOfReferences(facts, leadNowhere, unclear);
    if (maybes == 0)
        return references;
    return Text::tr("%1; %n address(es) at a cloud may have been given up", nullptr, maybes).arg(references);
}

// Says how many of them are a maybe.
int judgeAddresses(const DanglingFacts &facts, Judged &judged)
{
    int maybes = 0;
    QJsonArray addresses;
    for (const SeenAddress &seen : facts.addresses) {
        addresses.append(toJson(seen));
        if (const auto finding = findingFor(seen, facts.reach)) {
            judged.findings.push_back(*finding);
            ++maybes;
        } else if (seen.state == AddressState::Unclear) {
            judged.evidence.push_back({Text::tr("Could not be followed: %1").arg(shownName(seen.name)), seen.why});
        }
    }
    judged.observed.insert(u"addresses"_s, addresses);
    return maybes;
}

// What an earlier look knew is there no more, unless what would tell of it was not read.
bool mayBeThere(const QString &subject, const DanglingFacts &facts)
{
    const QString kind = subject.section(u' ', 0, 0);
    const bool isUnread = std::ranges::any_of(
        facts.incomplete, [&](ReferenceKind incomplete) { return cockpit::toWord(incomplete) == kind; });
    return isUnread || facts.unanswered.contains(nameToldBy(subject));
}

// The first thing that was left open.
QString whyOpen(const DanglingFacts &facts)
{
    if (!facts.problems.isEmpty())
        return facts.problems.first();
    const auto reference = std::ranges::find(facts.references, ReferenceState::Unclear, &SeenReference::state);
    if (reference != facts.references.end())
        return reference->why;
    const auto address = std::ranges::find(facts.addresses, AddressState::Unclear, &SeenAddress::state);
    return address == facts.addresses.end() ? QString() : address->why;
}

// What could not be followed may lead nowhere, and what could not be looked for may be there.
LookGaps gapsIn(const DanglingFacts &facts)
{
    QSet<QString> seen;
    LookGaps gaps;
    const auto add = [&](const QString &subject, bool isUnclear) {
        if (isUnclear)
            gaps.hide({subject});
        seen.insert(subject);
    };
    for (const SeenReference &one : facts.references)
        add(subjectOf(one.reference), one.state == ReferenceState::Unclear);
    for (const SeenAddress &one : facts.addresses)
        add(cloudSubject(one.name), one.state == AddressState::Unclear);
    const QStringList owed = notAskedAgain(danglingSubjects(facts.before), [&](const QString &subject) {
        return seen.contains(subject) || !mayBeThere(subject, facts);
    });
    for (const QString &subject : owed)
        gaps.hide({subject});
    const QString why = whyOpen(facts);
    gaps.say(why.isEmpty() && !gaps.hidden().empty() ? Text::tr("Not everything could be followed to its end.") : why);
    return gaps;
}

} // namespace

QStringList danglingSubjects(const QJsonObject &before)
{
    QStringList subjects = unseenSubjects(before);
    for (const QJsonValue one : before.value("references"_L1).toArray())
        subjects << subjectOf(one["kind"_L1].toString(), one["from"_L1].toString(), one["target"_L1].toString());
    for (const QJsonValue one : before.value("addresses"_L1).toArray())
        subjects << cloudSubject(one["name"_L1].toString());
    subjects.removeDuplicates();
    return subjects;
}

QString nameToldBy(const QString &subject)
{
    const QStringList kinds{cockpit::toWord(ReferenceKind::Alias), cockpit::toWord(ReferenceKind::NameServer),
                            u"address"_s};
    return kinds.contains(subject.section(u' ', 0, 0)) ? subject.section(u' ', 1, 1) : QString();
}

Judged judgeDangling(const DanglingFacts &facts)
{
    Judged judged;
    QJsonArray references;
    const int unread = static_cast<int>(facts.problems.size());
    int unclear = static_cast<int>(std::ranges::count(facts.addresses, AddressState::Unclear, &SeenAddress::state));
    if (unread > 0)
        judged.evidence.push_back({Text::tr("Could not be looked at"), facts.problems.join(u'\n')});
    for (const SeenReference &seen : facts.references) {
        const std::optional<Finding> finding = findingFor(seen, facts);
        references.append(jsonOf(seen, finding));
        unclear += seen.state == ReferenceState::Unclear ? 1 : 0;
        if (finding && !isSaid(judged.findings, *finding))
            judged.findings.push_back(*finding);
        if (seen.state == ReferenceState::Unclear)
            judged.evidence.push_back(
                {Text::tr("Could not be followed: %1").arg(shownName(seen.reference.target)), seen.why});
    }
    judged.observed = {{u"references"_s, references},
                       {u"names"_s, facts.names},
                       {u"wildcard"_s, facts.hasWildcard},
                       {u"unclear"_s, unclear + unread}};
    const int leadNowhere = static_cast<int>(judged.findings.size());
    const int maybes = judgeAddresses(facts, judged);
    judged.outcome = outcomeFor(judged.findings);
    leaveOpen(judged, gapsIn(facts));
    judged.summary = summaryOf(facts, leadNowhere, maybes, unclear);
    return judged;
}

} // namespace cockpit
