#include "checks/dns/earliernames.h"

#include "checks/dns/wildcard.h"
#include "models/hostname.h"
#include "models/unseen.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// A wildcard is asked through made-up names.
bool isAnswered(const MadeUpNames &madeUp)
{
    return std::ranges::any_of(madeUp.answers,
                               [](const Result<DnsAnswer> &answer) { return answer && answer->isConclusive(); });
}

// The person's lists are at hand: who was only there, and is no more, was taken out.
bool isTakenOut(const EarlierName &name)
{
    const auto isSaid = [](NameSource source) { return source == NameSource::Project || source == NameSource::Listed; };
    return !name.sources.empty() && std::ranges::all_of(name.sources, isSaid);
}

std::vector<NameSource> withoutLists(std::vector<NameSource> sources)
{
    std::erase_if(sources, [](NameSource s) { return s == NameSource::Project || s == NameSource::Listed; });
    return sources;
}

bool isGone(const FoundName &name)
{
    return name.v4 && name.v4->status == DnsStatus::NxDomain && name.aliasChain().isEmpty();
}

} // namespace

std::vector<EarlierName> earlierNames(const QJsonObject &inventory)
{
    std::vector<EarlierName> names;
    for (const QJsonValue one : inventory.value("names"_L1).toArray()) {
        EarlierName name{one["name"_L1].toString()};
        for (const QJsonValue word : one["learnt_from"_L1].toArray()) {
            if (const auto source = nameSourceFromWord(word.toString()))
                name.sources.push_back(*source);
        }
        names.push_back(std::move(name));
    }
    for (const QString &name : unseenSubjects(inventory))
        names.push_back({name});
    return names;
}

QStringList askForEarlier(const std::vector<EarlierName> &earlier, const QString &domain, FoundNames &found,
                          Observations &seen)
{
    if (found.notes.isEmpty() && !found.isCut)
        return {};
    const auto answered = seen.ask(AskMadeUpNames{domain});
    const MadeUpNames madeUp = *answered ? **answered : MadeUpNames();
    QSet<QString> known;
    for (const FoundName &name : found.names)
        known.insert(name.name);
    QStringList unknown;
    std::vector<FoundName> names;
    for (const EarlierName &one : earlier) {
        if (known.contains(one.name) || !isWithin(one.name, domain))
            continue;
        known.insert(one.name); // who was taken out does not come back by a mention without its sources
        if (isTakenOut(one))
            continue;
        const bool isWildcard = one.name.startsWith("*."_L1);
        if (!isWildcard && names.size() < kMostFoundNames)
            names.push_back({one.name, one.name, withoutLists(one.sources), DnsAnswer(), std::nullopt});
        else if (!isWildcard || !isAnswered(madeUp))
            unknown << one.name;
    }
    askForAddresses(names, seen);
    for (FoundName &name : names) {
        // Of a wildcard's echo nobody knows whether there is such a name.
        if (!name.problem().isEmpty() || madeUp.explain(*name.v4))
            unknown << name.name;
        else if (!isGone(name))
            found.names.push_back(std::move(name));
    }
    return unknown;
}

} // namespace cockpit
