#include "checks/mail/dmarcwalk.h"

#include "checks/engine/observations.h"
#include "checks/mail/spfrecord.h"
#include "models/hostname.h"

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

using Path = std::vector<const DmarcLevel *>;

Path pathOf(const std::vector<DmarcLevel> &levels)
{
    Path path;
    for (const DmarcLevel &level : levels)
        path.push_back(&level);
    return path;
}

const DmarcLevel *levelAt(const Path &path, const QString &domain)
{
    const auto it = std::ranges::find(path, domain, &DmarcLevel::domain);
    return it == path.end() ? nullptr : *it;
}

const DmarcLevel *validAt(const Path &path, const QString &domain)
{
    const DmarcLevel *level = levelAt(path, domain);
    return level && level->state == DmarcLevelState::Valid ? level : nullptr;
}

DmarcDiscovery walk(const QString &start, const Path &path)
{
    Path collected;
    for (const DmarcLevel *level : path) {
        if (level->state != DmarcLevelState::Valid)
            continue;
        collected.push_back(level);
        if (level->record->psd != DmarcPsd::Unsaid)
            break;
    }
    DmarcDiscovery found{.organizationalDomain = organizationalDomain(collected, start)};
    // A record that names no usable policy ends the search; two at one name count as none (section 4.10.1).
    if (const DmarcLevel *own = levelAt(path, start); own && own->state == DmarcLevelState::Invalid)
        return found;
    // The author domain, the organizational domain, the public suffix above it.
    found.level = validAt(path, start);
    if (!found.level)
        found.level = validAt(path, found.organizationalDomain);
    if (!found.level && !collected.empty() && collected.back()->record->psd == DmarcPsd::Yes)
        found.level = collected.back();
    found.isInherited = found.level && found.level->domain != start;
    return found;
}

} // namespace

DmarcLevel readDmarcLevel(const QString &domain, const DnsAnswer &answer)
{
    DmarcLevel level;
    level.domain = domain;
    if (!answer.isConclusive()) {
        level.state = DmarcLevelState::DnsFailure;
        return level;
    }
    for (const DnsRecord &record : answer.records(RrType::Txt)) {
        if (isDmarcRecord(record.text))
            level.texts.push_back(record.text);
        else if (resemblesDmarcRecord(record.text))
            level.nearMiss = record.text;
        else if (isSpfRecord(record.text))
            level.spf = record.text;
    }
    if (const QStringList chain = answer.cnameChain(); !chain.isEmpty() && answer.records(RrType::Txt).empty())
        level.alias = chain.back();
    if (level.texts.empty())
        return level;
    if (level.texts.size() > 1) {
        level.state = DmarcLevelState::Multiple;
        return level;
    }
    if (auto old = parseDmarc(level.texts.front(), DmarcStandard::Rfc7489))
        level.oldRecord = std::move(*old);
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

std::vector<DnsLookup> dmarcQuestions(const QString &domain)
{
    std::vector<DnsLookup> questions;
    for (const QString &name : dmarcWalkNames(domain))
        questions.push_back({.name = u"_dmarc."_s + name, .type = RrType::Txt});
    return questions;
}

std::vector<DmarcLevel> askForLevels(const QString &domain, Observations &seen)
{
    const QStringList names = dmarcWalkNames(domain);
    const auto answers = seen.askAll(dmarcQuestions(domain));
    std::vector<DmarcLevel> levels;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const Result<DnsAnswer> &answer = *answers[static_cast<size_t>(i)];
        DmarcLevel failed;
        failed.domain = names[i];
        failed.state = DmarcLevelState::DnsFailure;
        levels.push_back(answer ? readDmarcLevel(names[i], *answer) : failed);
    }
    return levels;
}

// The domain's own record comes first, whatever stands above; what fails above the registrable domain (the suffix, the
// root) decides nothing for an ordinary one.
const DmarcLevel *undecidedLevel(const std::vector<DmarcLevel> &levels, const QString &publicSuffixDomain)
{
    const auto hasFailed = [](const DmarcLevel &level) { return level.state == DmarcLevelState::DnsFailure; };
    if (hasFailed(levels.front()))
        return &levels.front();
    const auto it = std::ranges::find_if(levels, [&](const DmarcLevel &level) {
        return hasFailed(level) && isWithin(level.domain, publicSuffixDomain);
    });
    return it == levels.end() || discoverByTreeWalk(levels).level ? nullptr : &*it;
}

DmarcDiscovery discoverByTreeWalk(const std::vector<DmarcLevel> &levels)
{
    return walk(levels.front().domain, pathOf(levels));
}

DmarcDiscovery discoverBelow(const std::vector<DmarcLevel> &levels)
{
    const QString domain = levels.front().domain;
    Path path = pathOf(levels);
    // A name with more labels is cut to seven at once, so that the domain itself is never asked about.
    if (domain.count(u'.') + 1 > kMostLabels)
        path.erase(path.begin());
    return walk(u"subdomain."_s + domain, path);
}

DmarcDiscovery discoverBySuffixList(const std::vector<DmarcLevel> &levels, const QString &publicSuffixDomain)
{
    DmarcDiscovery found{.organizationalDomain = publicSuffixDomain};
    const DmarcLevel &own = levels.front();
    // RFC 7489 section 6.6.3: what stands at the domain itself ends the search, usable or not.
    const DmarcLevel *level = own.texts.empty() ? levelAt(pathOf(levels), publicSuffixDomain) : &own;
    if (level && level->oldRecord)
        found.level = level;
    found.isInherited = found.level && found.level != &own;
    return found;
}

} // namespace cockpit
