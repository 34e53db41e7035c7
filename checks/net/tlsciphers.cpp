#include "checks/net/tlsciphers.h"

#include "checks/engine/observations.h"
#include "checks/net/ciphersuites.h"
#include "checks/net/finitefield.h"
#include "checks/net/tlsoffer.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsProbe)
};

std::vector<std::uint16_t> weakSuitesWithout(const std::set<WeakFamily> &known)
{
    std::vector<std::uint16_t> ids;
    ids.reserve(weakSuites().size());
    for (const WeakSuite &suite : weakSuites()) {
        if (!known.contains(suite.family))
            ids.push_back(suite.id);
    }
    return ids;
}

// The best that is asked for here: below 1.3, and what the server speaks.
std::optional<TlsVersion> bestOldVersion(const std::vector<TlsVersion> &versions)
{
    std::optional<TlsVersion> best;
    for (const TlsVersion version : versions) {
        if (version < TlsVersion::Tls13)
            best = version; // oldest first
    }
    return best;
}

class Questioning
{
public:
    Questioning(const TlsCiphers &question, TlsVersion version, ProbeContext &context)
        : m_question(question), m_version(version), m_context(context)
    {
    }

    Result<CipherFacts> ask()
    {
        const std::vector<TlsOffer> first{offerOf(weakSuitesWithout({})), offerOf(forwardSecretSuites()),
                                          offerOf(aeadSuites())};
        const auto answers = m_context.observations.askAll(first);
        for (const auto &answer : answers) {
            if (!*answer && answer->error().kind == ErrorKind::Cancelled)
                return tl::unexpected<Error>(answer->error());
        }
        // What most visitors use: silence here is no refusal.
        for (const auto &answer : {answers[1], answers[2]}) {
            if (!*answer)
                return tl::unexpected<Error>(answer->error());
        }
        CipherFacts facts;
        facts.hasForwardSecrecy = (*answers[1])->has_value();
        facts.hasAead = (*answers[2])->has_value();
        facts.weakPicks = allWeakPicks(*answers[0]);
        if (const auto prime =
                m_context.observations.ask(FiniteFieldPrime{m_question.host, m_question.port, m_version});
            *prime)
            facts.primeBits = **prime;
        return facts;
    }

private:
    TlsOffer offerOf(std::span<const std::uint16_t> suites) const
    {
        return {m_question.host, m_question.port, {.version = m_version, .suites = {suites.begin(), suites.end()}}};
    }

    // Offers what is left of the families until nothing is taken any more.
    std::vector<std::uint16_t> allWeakPicks(Result<std::optional<HelloAnswer>> answer)
    {
        std::vector<std::uint16_t> picks;
        std::set<WeakFamily> known;
        while (answer && *answer) {
            const std::uint16_t pick = (*answer)->cipher;
            const WeakSuite *suite = weakSuite(pick);
            if (!suite || !known.insert(suite->family).second)
                break; // not on offer: the server does not listen
            picks.push_back(pick);
            const auto rest = weakSuitesWithout(known);
            if (rest.empty())
                break;
            answer = *m_context.observations.ask(offerOf(rest));
        }
        std::ranges::sort(picks, {}, [](std::uint16_t id) { return weakSuite(id)->family; });
        return picks;
    }

    const TlsCiphers &m_question;
    const TlsVersion m_version;
    ProbeContext &m_context;
};

} // namespace

QString TlsCiphers::key() const
{
    return u"%1|%2"_s.arg(host.toLower()).arg(port);
}

Result<CipherFacts> probe(const TlsCiphers &question, ProbeContext &context)
{
    const auto versions = context.observations.ask(TlsVersionsOffered{question.host, question.port});
    if (!*versions)
        return tl::unexpected<Error>(versions->error());
    if ((*versions)->empty()) {
        return failure(ErrorKind::Protocol,
                       Text::tr("%1 accepted none of the protocol versions that were tried.").arg(question.host));
    }
    const auto old = bestOldVersion(**versions);
    auto facts = old ? Questioning(question, *old, context).ask() : Result<CipherFacts>(CipherFacts());
    if (facts)
        facts->versions = **versions;
    return facts;
}

} // namespace cockpit
