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

// What is asked for here: below 1.3, and what the server speaks. Oldest first.
std::vector<TlsVersion> oldVersionsIn(const std::vector<TlsVersion> &versions)
{
    std::vector<TlsVersion> old;
    std::ranges::copy_if(versions, std::back_inserter(old), [](TlsVersion v) { return v < TlsVersion::Tls13; });
    return old;
}

class Questioning
{
public:
    Questioning(const TlsCiphers &question, std::vector<TlsVersion> versions, ProbeContext &context)
        : m_question(question), m_versions(std::move(versions)), m_context(context)
    {
    }

    Result<CipherFacts> ask()
    {
        askSideBySide();
        CipherFacts facts;
        const auto secret = askFirmly(offerOf(m_versions.back(), forwardSecretSuites()), m_context.observations);
        if (!secret)
            return tl::unexpected<Error>(secret.error());
        const auto aead = askFirmly(offerOf(m_versions.back(), aeadSuites()), m_context.observations);
        if (!aead)
            return tl::unexpected<Error>(aead.error());
        facts.hasForwardSecrecy = secret->end == OfferEnd::Taken;
        facts.hasAead = aead->end == OfferEnd::Taken;
        if (!facts.hasForwardSecrecy || !facts.hasAead)
            learnFromHandshake(facts);
        auto picks = allWeakPicks();
        if (!picks)
            return tl::unexpected<Error>(picks.error());
        facts.weakPicks = std::move(*picks);
        const auto prime =
            m_context.observations.ask(FiniteFieldPrime{m_question.host, m_question.port, m_versions.back()});
        if (!*prime)
            return tl::unexpected<Error>(prime->error());
        facts.primeBits = **prime;
        return facts;
    }

private:
    TlsOffer offerOf(TlsVersion version, std::span<const std::uint16_t> suites) const
    {
        return {m_question.host, m_question.port, {.version = version, .suites = {suites.begin(), suites.end()}}};
    }

    // The first offers, whose answers do not depend on each other; afterwards they are in memory.
    void askSideBySide()
    {
        std::vector<TlsOffer> first{offerOf(m_versions.back(), forwardSecretSuites()),
                                    offerOf(m_versions.back(), aeadSuites())};
        first.reserve(2 + m_versions.size());
        for (const TlsVersion version : m_versions)
            first.push_back(offerOf(version, weakSuitesWithout({})));
        m_context.observations.askAll(first);
    }

    // A real client's handshake says what is taken, whatever became of the offers.
    void learnFromHandshake(CipherFacts &facts)
    {
        const auto session = m_context.observations.ask(TlsHandshake{m_question.host, m_question.port});
        if (!*session || (*session)->version == TlsVersion::Tls13)
            return;
        const QString &suite = (*session)->cipher; // as OpenSSL names it
        facts.hasForwardSecrecy =
            facts.hasForwardSecrecy || suite.startsWith("ECDHE-"_L1) || suite.startsWith("DHE-"_L1);
        facts.hasAead =
            facts.hasAead || suite.contains("GCM"_L1) || suite.contains("CCM"_L1) || suite.contains("CHACHA20"_L1);
    }

    // By version: a server may keep the weak ones for its oldest. In each, what is left of the families is offered
    // until nothing is taken any more.
    Result<std::vector<std::uint16_t>> allWeakPicks()
    {
        std::vector<std::uint16_t> picks;
        std::set<WeakFamily> known;
        for (const TlsVersion version : m_versions) {
            auto suites = weakSuitesWithout({}); // as asked side by side
            while (!suites.empty()) {
                const auto answer = m_context.observations.ask(offerOf(version, suites));
                if (!*answer)
                    return tl::unexpected<Error>(answer->error());
                const WeakSuite *suite =
                    (*answer)->end == OfferEnd::Taken ? weakSuite((*answer)->hello.cipher) : nullptr;
                if (!suite)
                    break;
                if (known.insert(suite->family).second)
                    picks.push_back(suite->id);
                suites = weakSuitesWithout(known);
            }
        }
        std::ranges::sort(picks, {}, [](std::uint16_t id) { return weakSuite(id)->family; });
        return picks;
    }

    const TlsCiphers &m_question;
    const std::vector<TlsVersion> m_versions; // below 1.3, the best one last
    ProbeContext &m_context;
};

} // namespace

QString TlsCiphers::key() const
{
    return u"%1|%2"_s.arg(host.toLower(), QString::number(port));
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
    std::vector<TlsVersion> old = oldVersionsIn(**versions);
    auto facts =
        old.empty() ? Result<CipherFacts>(CipherFacts()) : Questioning(question, std::move(old), context).ask();
    if (facts)
        facts->versions = **versions;
    return facts;
}

} // namespace cockpit
