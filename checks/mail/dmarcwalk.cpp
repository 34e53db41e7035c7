#include "checks/mail/dmarcwalk.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostLabels = 7; // asked above the name itself (RFC 9989 section 4.10)

// The name one label below `upper` on the way to `lower`.
QString oneBelow(const QString &upper, const QString &lower)
{
    const QStringList labels = lower.split(u'.');
    return labels.mid(labels.size() - upper.count(u'.') - 2).join(u'.');
}

QString organizationalDomain(const std::vector<const DmarcLevel *> &collected, const QString &start)
{
    for (const DmarcLevel *level : collected) { // longest first
        if (level->record->psd == DmarcPsd::No)
            return level->domain;
        if (level->record->psd == DmarcPsd::Yes && level->domain != start)
            return oneBelow(level->domain, start);
    }
    return collected.empty() ? start : collected.back()->domain;
}

const DmarcLevel *validAt(const std::vector<DmarcLevel> &levels, const QString &domain)
{
    const auto it = std::ranges::find(levels, domain, &DmarcLevel::domain);
    return it != levels.end() && it->state == DmarcLevelState::Valid ? &*it : nullptr;
}

} // namespace

DmarcLevel readDmarcLevel(const QString &domain, const DnsAnswer &answer)
{
    DmarcLevel level;
    level.domain = domain;
    if (answer.status != DnsStatus::Answered && answer.status != DnsStatus::NoData &&
        answer.status != DnsStatus::NxDomain) {
        level.state = DmarcLevelState::DnsFailure;
        return level;
    }
    for (const DnsRecord &record : answer.records(RrType::Txt)) {
        if (isDmarcRecord(record.text))
            level.texts.push_back(record.text);
        else if (resemblesDmarcRecord(record.text))
            level.nearMiss = record.text;
    }
    if (level.texts.empty())
        return level;
    if (level.texts.size() > 1) {
        level.state = DmarcLevelState::Multiple;
        return level;
    }
    if (auto record = parseDmarc(level.texts.front())) {
        level.state = DmarcLevelState::Valid;
        level.record = std::move(*record);
    } else {
        level.state = DmarcLevelState::Invalid;
        level.problem = record.error();
    }
    return level;
}

QStringList dmarcWalkNames(const QString &domain)
{
    QStringList labels = domain.split(u'.');
    QStringList names{domain};
    labels = labels.mid(std::max<qsizetype>(1, labels.size() - kMostLabels));
    while (!labels.isEmpty()) {
        names << labels.join(u'.');
        labels.removeFirst();
    }
    return names;
}

DmarcDiscovery discoverByTreeWalk(const std::vector<DmarcLevel> &levels)
{
    const QString start = levels.front().domain;
    std::vector<const DmarcLevel *> collected;
    for (const DmarcLevel &level : levels) {
        if (level.state != DmarcLevelState::Valid)
            continue;
        collected.push_back(&level);
        if (level.record->psd != DmarcPsd::Unsaid)
            break;
    }
    DmarcDiscovery found{.organizationalDomain = organizationalDomain(collected, start)};
    // Section 4.10.1: the author domain, the organizational domain, the public suffix above it.
    found.level = validAt(levels, start);
    if (!found.level)
        found.level = validAt(levels, found.organizationalDomain);
    if (!found.level && !collected.empty() && collected.back()->record->psd == DmarcPsd::Yes)
        found.level = collected.back();
    found.isInherited = found.level && found.level->domain != start;
    return found;
}

DmarcDiscovery discoverBySuffixList(const std::vector<DmarcLevel> &levels, const QString &publicSuffixDomain)
{
    DmarcDiscovery found{.organizationalDomain = publicSuffixDomain};
    found.level = validAt(levels, levels.front().domain);
    if (!found.level)
        found.level = validAt(levels, publicSuffixDomain);
    found.isInherited = found.level && found.level->domain != levels.front().domain;
    return found;
}

} // namespace cockpit
