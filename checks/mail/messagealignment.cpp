#include "checks/mail/messagealignment.h"

#include "models/target.h"

namespace cockpit {

bool DomainStanding::isUnsure() const
{
    return undecidedLevel(levels, publicSuffixDomain) != nullptr;
}

DomainStanding askForStanding(const QString &domain, Observations &seen)
{
    const DnsLookup question{.name = domain, .type = RrType::A};
    std::vector<DnsLookup> questions = dmarcQuestions(domain);
    questions.push_back(question);
    seen.askAll(questions); // at once; each is remembered
    DomainStanding standing{domain, askForLevels(domain, seen), registrableDomain(domain)};
    const auto own = seen.ask(question);
    standing.existsInDns = !*own || (*own)->status != DnsStatus::NxDomain;
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
