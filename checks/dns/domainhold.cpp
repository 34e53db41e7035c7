#include "checks/dns/domainhold.h"

#include "checks/dns/nameserver.h"
#include "checks/dns/rdap.h"
#include "checks/engine/observations.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DomainHold)
};

constexpr size_t kServersAsked = 2;

DomainHolding unclear(const QString &why)
{
    return {.hold = DomainHold::Unclear, .why = why};
}

bool isDenied(const Result<DnsAnswer> &answer)
{
    return answer && answer->status == DnsStatus::NxDomain && answer->cnameChain().isEmpty();
}

// "co.uk" may be a zone of its own or a part of "uk": whichever of the names above has name servers.
std::vector<NameServer> serversAbove(const QString &domain, Observations &seen)
{
    for (qsizetype dot = domain.indexOf(u'.'); dot >= 0; dot = domain.indexOf(u'.', dot + 1)) {
        const QString suffix = domain.mid(dot + 1);
        const auto ns = seen.ask(DnsLookup{.name = suffix, .type = RrType::Ns});
        if (!*ns)
            return {};
        if (const QStringList names = nameServersIn((*ns)->answers, suffix); !names.isEmpty())
            return locateNameServers(names.mid(0, static_cast<qsizetype>(kServersAsked)), seen);
    }
    return {};
}

void confirm(DomainHolding &holding, const QString &domain, Observations &seen)
{
    std::vector<DnsLookup> questions;
    for (const NameServer &server : serversAbove(domain, seen)) {
        if (server.address && questions.size() < kServersAsked)
            questions.push_back(
                {.name = domain, .type = RrType::Soa, .server = server.address, .recursionDesired = false});
    }
    const auto answers = seen.askAll(questions);
    for (size_t i = 0; i < answers.size(); ++i) {
        if (isDenied(*answers[i]) && (*answers[i])->authoritative) {
            holding.isConfirmed = true;
            holding.evidence.push_back(evidenceOf(questions[i], **answers[i]));
        }
    }
}

} // namespace

Result<DomainHolding> probe(const WhoHolds &question, ProbeContext &context)
{
    Observations &seen = context.observations;
    const DnsLookup soa{.name = question.domain, .type = RrType::Soa};
    const auto answer = seen.ask(soa);
    if (!*answer)
        return unclear(answer->error().message);
    if (!isDenied(*answer)) // also a domain that fails is delegated to somebody
        return DomainHolding{.hold = DomainHold::Held};
    const auto rdap = seen.ask(RdapLookup{question.domain});
    if (!*rdap)
        return unclear(rdap->error().message);
    switch ((*rdap)->state) {
    case RdapState::Registered: // on hold, or without name servers
        return DomainHolding{.hold = DomainHold::Held};
    case RdapState::NoServer:
        return unclear(Text::tr("The registry of %1 offers no registration data to programs.").arg(question.domain));
    case RdapState::Busy:
        return unclear(Text::tr("The registry's server is busy."));
    case RdapState::NotRegistered:
        break;
    }
    DomainHolding holding{.hold = DomainHold::Free};
    holding.evidence = {evidenceOf(soa, **answer),
                        {u"RDAP %1 at %2"_s.arg(question.domain, (*rdap)->server.host()),
                         Text::tr("The registry has no such domain (404).")}};
    confirm(holding, question.domain, seen);
    return holding;
}

} // namespace cockpit
