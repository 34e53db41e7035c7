#include "checks/mail/messagealignment.h"

#include "models/target.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isWithin(const QString &name, const QString &domain)
{
    return name == domain || name.endsWith(u'.' + domain);
}

bool hasFailed(const DmarcLevel &level)
{
    return level.state == DmarcLevelState::DnsFailure;
}

} // namespace

// The domain's own record comes first, whatever stands above; what fails above the registrable domain (the suffix, the
// root) decides nothing for an ordinary one.
bool DomainStanding::isUnsure() const
{
    if (hasFailed(levels.front()))
        return true;
    const auto matters = [this](const DmarcLevel &level) {
        return hasFailed(level) && isWithin(level.domain, publicSuffixDomain);
    };
    return !byWalk().level && std::ranges::any_of(levels, matters);
}

DomainStanding askForStanding(const QString &domain, Observations &seen)
{
    const QStringList names = dmarcWalkNames(domain);
    std::vector<DnsLookup> questions;
    for (const QString &name : names)
        questions.push_back({.name = u"_dmarc."_s + name, .type = RrType::Txt});
    questions.push_back({.name = domain, .type = RrType::A});
    const auto answers = seen.askAll(questions);
    DomainStanding standing{domain, {}, registrableDomain(domain)};
    for (qsizetype i = 0; i < names.size(); ++i) {
        const Result<DnsAnswer> &answer = *answers[static_cast<size_t>(i)];
        DmarcLevel failed;
        failed.domain = names[i];
        failed.state = DmarcLevelState::DnsFailure;
        standing.levels.push_back(answer ? readDmarcLevel(names[i], *answer) : failed);
    }
    const Result<DnsAnswer> &own = *answers.back();
    standing.existsInDns = !own || own->status != DnsStatus::NxDomain;
    return standing;
}

Alignment alignmentOf(const DomainStanding &identifier, const DomainStanding &author)
{
    Alignment alignment;
    alignment.strict = identifier.domain == author.domain;
    alignment.walk =
        alignment.strict || identifier.byWalk().organizationalDomain == author.byWalk().organizationalDomain;
    alignment.list = alignment.strict || identifier.publicSuffixDomain == author.publicSuffixDomain;
    alignment.isUnsure = !alignment.strict && (identifier.isUnsure() || author.isUnsure());
    return alignment;
}

} // namespace cockpit
