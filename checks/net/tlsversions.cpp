#include "checks/engine/observations.h"
#include "checks/net/tlsoffer.h"

#include <algorithm>
#include <array>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kAll = {TlsVersion::Ssl3, TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12,
                             TlsVersion::Tls13};

// A server that closes on a hello of ours may still complete a whole handshake: what that agreed on is spoken.
void addAgreedVersion(const TlsVersionsOffered &question, std::vector<TlsVersion> &offered, ProbeContext &context)
{
    const auto session = context.observations.ask(TlsHandshake{question.host, question.port});
    if (!*session || std::ranges::find(offered, (*session)->version) != offered.end())
        return;
    offered.push_back((*session)->version);
    std::ranges::sort(offered);
}

} // namespace

QString TlsVersionsOffered::key() const
{
    return u"%1|%2"_s.arg(host.toLower(), QString::number(port));
}

Result<std::vector<TlsVersion>> probe(const TlsVersionsOffered &question, ProbeContext &context)
{
    std::vector<TlsOffer> questions;
    questions.reserve(kAll.size());
    for (const TlsVersion version : kAll)
        questions.push_back({question.host, question.port, {.version = version}});
    const auto answers = context.observations.askAll(questions);

    std::vector<TlsVersion> offered;
    std::optional<Error> oddAnswer;
    bool isAnyClosed = false;
    for (std::size_t i = 0; i < kAll.size(); ++i) {
        // An outdated hello may be refused in any way. What visitors use is not given up that lightly.
        const bool isOutdated = kAll[i] < TlsVersion::Tls12;
        const Result<OfferAnswer> answer = isOutdated ? *answers[i] : askFirmly(questions[i], context.observations);
        if (isOutdated && !answer && answer.error().kind == ErrorKind::Protocol) {
            oddAnswer = answer.error();
            continue;
        }
        if (!answer)
            return tl::unexpected<Error>(answer.error());
        if (answer->end == OfferEnd::Taken && answer->hello.version == kAll[i])
            offered.push_back(kAll[i]);
        isAnyClosed = isAnyClosed || (!isOutdated && answer->end == OfferEnd::Closed);
    }
    if (isAnyClosed)
        addAgreedVersion(question, offered, context);
    // A word in the clear to an outdated hello is a refusal of who speaks TLS otherwise.
    const bool isAnyCurrent = std::ranges::any_of(offered, [](TlsVersion v) { return v >= TlsVersion::Tls12; });
    if (oddAnswer && !isAnyCurrent)
        return tl::unexpected<Error>(std::move(*oddAnswer));
    return offered;
}

} // namespace cockpit
