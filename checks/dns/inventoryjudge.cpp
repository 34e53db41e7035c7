#include "checks/dns/inventory.h"

#include "checks/engine/lookgaps.h"
#include "models/ipnetwork.h"
#include "models/providers.h"

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

constexpr int kEffortMinutes = 30;
constexpr qsizetype kMostAddresses = 4; // shown
constexpr int kFirstError = 300;        // of HTTP statuses

QStringList addressesOf(const FoundName &name)
{
    QStringList addresses;
    for (const Result<DnsAnswer> *answer : {&name.v4, name.v6 ? &*name.v6 : nullptr}) {
        if (!answer || !*answer)
            continue;
        for (const DnsRecord &record : (*answer)->answers) {
            if (!record.address.isEmpty() && addresses.size() < kMostAddresses)
                addresses << record.address;
        }
    }
    return addresses;
}

// Whose name or address it is, the end of the chain first: an edge in front hides the host behind.
QString providerOf(const FoundName &name)
{
    const QStringList chain = name.aliasChain();
    const QStringList addresses = addressesOf(name);
    for (auto link = chain.crbegin(); link != chain.crend(); ++link) {
        for (const Provider &provider : knownProviders()) {
            if (matchesHost(provider.cname, *link))
                return provider.name;
        }
    }
    for (const Provider &provider : knownProviders()) {
        const auto isIts = [&](const QString &ip) { return matchesAddress(provider.addresses, ip); };
        if (std::ranges::any_of(addresses, isIts))
            return provider.name;
    }
    return {};
}

Finding found(const QString &code, Severity severity, Impact impact, const InventoryName &name, const QString &title,
              const QString &seen)
{
    Finding finding;
    finding.code = code;
    finding.subject = name.found.name;
    finding.severity = severity;
    finding.proof = Proof::Lead; // a name is a hint: it may be meant for everybody
    finding.impact = impact;
    finding.title = title;
    finding.whatWeSaw = seen;
    finding.effortMinutes = kEffortMinutes;
    finding.evidence = {name.page->evidence};
    return finding;
}

std::optional<Finding> judgePage(const InventoryName &name)
{
    const auto purpose = guessedPurpose(name.found.name);
    if (!purpose || !isInside(*purpose) || name.isHost || !name.page || !isOpen(*name.page))
        return std::nullopt;
    const PublicPage &page = *name.page;
    const QString status = QString::number(page.status);
    if (*purpose == NamePurpose::Staging) {
        const bool isShielded = page.asksForPassword || page.isHiddenFromSearch;
        return found(u"staging_public"_s, isShielded ? Severity::Low : Severity::Medium, Impact::DataExposure, name,
                     Text::tr("A staging or test site may be open to everybody"),
                     page.asksForPassword
                         ? Text::tr("%1 shows its sign-in page to anybody (HTTP %2).").arg(page.url, status)
                         : Text::tr("%1 shows a page to anybody, without a password (HTTP %2).").arg(page.url, status));
    }
    return found(
        u"inside_public"_s, page.asksForPassword ? Severity::Low : Severity::Medium, Impact::AccountTakeover, name,
        Text::tr("A place for your team may be open to everybody"),
        page.asksForPassword
            ? Text::tr("%1 (%2) shows its sign-in page to anybody (HTTP %3).").arg(page.url, labelOf(*purpose), status)
            : Text::tr("%1 (%2) shows a page to anybody, without a password (HTTP %3).")
                  .arg(page.url, labelOf(*purpose), status));
}

bool isListed(const InventoryName &name)
{
    return name.isHost || std::ranges::find(name.found.sources, NameSource::Listed) != name.found.sources.end();
}

QJsonObject json(const InventoryName &name)
{
    const auto purpose = guessedPurpose(name.found.name);
    const QStringList chain = name.found.aliasChain();
    QJsonArray learntFrom;
    for (const NameSource source : name.found.sources)
        learntFrom.append(toWord(source));
    return {{u"name"_s, name.found.name},
            {u"purpose"_s, purpose ? QJsonValue(toWord(*purpose)) : QJsonValue(QJsonValue::Null)},
            {u"learnt_from"_s, learntFrom},
            {u"state"_s, toWord(stateOf(name.found))},
            {u"leads_to"_s, chain.isEmpty() ? QString() : chain.last()},
            {u"provider"_s, providerOf(name.found)},
            {u"addresses"_s, QJsonArray::fromStringList(addressesOf(name.found))},
            {u"listed"_s, isListed(name)},
            {u"status"_s, name.page ? QJsonValue(name.page->status) : QJsonValue(QJsonValue::Null)}};
}

Evidence tableOf(const InventoryFacts &facts)
{
    QStringList lines;
    for (const InventoryName &name : facts.names) {
        QStringList sources;
        for (const NameSource source : name.found.sources)
            sources << labelOf(source);
        if (sources.isEmpty()) // no more than this is remembered of it
            sources << Text::tr("An earlier look");
        lines << u"%1  %2  (%3)"_s.arg(name.found.name, labelOf(stateOf(name.found)), sources.join(u", "_s));
    }
    return {Text::tr("Names of %1").arg(facts.domain), lines.join(u'\n')};
}

// Names of which nobody knows whether they answer.
QStringList problemsOf(const std::vector<InventoryName> &names)
{
    QStringList problems;
    for (const InventoryName &name : names) {
        if (const QString problem = name.found.problem(); !problem.isEmpty())
            problems << problem;
    }
    return problems;
}

// Places of the team of which nobody knows what they show.
QStringList missingPagesOf(const std::vector<InventoryName> &names)
{
    QStringList problems;
    for (const InventoryName &name : names) {
        if (!name.whyNoPage.isEmpty())
            problems << name.whyNoPage;
    }
    return problems;
}

// A name that failed may answer all the same, and what it shows be open to everybody. Of many of a kind, the reason of
// the first is told: all of them are in the evidence.
LookGaps gapsIn(const InventoryFacts &facts, const QStringList &problems, const QStringList &missingPages)
{
    LookGaps gaps;
    for (const InventoryName &name : facts.names) {
        if (!name.found.problem().isEmpty() || !name.whyNoPage.isEmpty())
            gaps.hide({name.found.name});
    }
    for (const QString &name : facts.unanswered)
        gaps.hide({name});
    if (!facts.notes.isEmpty())
        gaps.say(Text::tr("Not everything could be looked at: %1").arg(facts.notes.first()));
    if (facts.isCut)
        gaps.say(Text::tr("There are more names than can be looked at in one go."));
    if (!problems.isEmpty())
        gaps.say(Text::tr("It is not known whether anybody answers at %n name(s): %1", nullptr,
                          static_cast<int>(problems.size()))
                     .arg(problems.first()));
    if (!missingPages.isEmpty())
        gaps.say(Text::tr("It is not known what visitors get at %n name(s): %1", nullptr,
                          static_cast<int>(missingPages.size()))
                     .arg(missingPages.first()));
    return gaps;
}

} // namespace

NameState stateOf(const FoundName &name)
{
    if (!name.v4)
        return NameState::Silent;
    if (name.hasAddress())
        return NameState::Answers;
    switch (name.v4->status) {
    case DnsStatus::NxDomain:
        return name.aliasChain().isEmpty() ? NameState::Gone : NameState::LeadsNowhere;
    case DnsStatus::Answered:
    case DnsStatus::NoData:
        return NameState::NoAddress;
    case DnsStatus::ServFail:
    case DnsStatus::Refused:
    case DnsStatus::OtherRcode:
        return NameState::Fails;
    }
    Q_UNREACHABLE();
}

bool isOpen(const PublicPage &page)
{
    return page.status >= 200 && page.status < kFirstError && !page.isElsewhere && !page.isObstacle;
}

bool isInside(NamePurpose purpose)
{
    switch (purpose) {
    case NamePurpose::Admin:
    case NamePurpose::Staging:
    case NamePurpose::Tool:
    case NamePurpose::Backend:
        return true;
    case NamePurpose::Site:
    case NamePurpose::App:
    case NamePurpose::Api:
    case NamePurpose::Auth:
    case NamePurpose::Mail:
    case NamePurpose::Files:
    case NamePurpose::Docs:
    case NamePurpose::Status:
    case NamePurpose::Shop:
    case NamePurpose::Dns:
    case NamePurpose::Ai:
        return false;
    }
    Q_UNREACHABLE();
}

Judged judgeInventory(const InventoryFacts &facts)
{
    Judged judged;
    QJsonArray names;
    int live = 0;
    int unlisted = 0;
    for (const InventoryName &name : facts.names) {
        names.append(json(name));
        const bool isLive = stateOf(name.found) == NameState::Answers;
        live += isLive ? 1 : 0;
        unlisted += isLive && !isListed(name) ? 1 : 0;
        if (const auto finding = judgePage(name))
            judged.findings.push_back(*finding);
    }
    judged.observed = {{u"names"_s, names},
                       {u"wildcard"_s, facts.hasWildcard},
                       {u"cut"_s, facts.isCut},
                       {u"notes"_s, QJsonArray::fromStringList(facts.notes)}};
    judged.evidence = {tableOf(facts)};
    const QStringList problems = problemsOf(facts.names);
    const QStringList missingPages = missingPagesOf(facts.names);
    if (const QStringList gaps = facts.notes + problems + missingPages; !gaps.isEmpty())
        judged.evidence.push_back({Text::tr("Could not be looked at"), gaps.join(u'\n')});
    judged.outcome = judged.findings.empty() && unlisted > 0 ? Outcome::Info : outcomeFor(judged.findings);
    leaveOpen(judged, gapsIn(facts, problems, missingPages));
    judged.summary = unlisted > 0 ? Text::tr("%1 names answer, %2 of them are not in your lists")
                                        .arg(QString::number(live), QString::number(unlisted))
                                  : Text::tr("All of %n name(s) that answer are in your lists", nullptr, live);
    return judged;
}

} // namespace cockpit
