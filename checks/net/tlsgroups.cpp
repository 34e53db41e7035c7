#include "checks/net/tlsgroups.h"

#include "checks/engine/observations.h"
#include "checks/net/tlsoffer.h"

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// IANA, TLS Supported Groups.
constexpr std::array kGroups = {
    TlsGroup{0x11ec, "X25519MLKEM768", true}, TlsGroup{0x11eb, "SecP256r1MLKEM768", true},
    TlsGroup{0x001d, "x25519", false},        TlsGroup{0x0017, "secp256r1", false},
    TlsGroup{0x0018, "secp384r1", false},     TlsGroup{0x0019, "secp521r1", false},
};

} // namespace

std::span<const TlsGroup> askedGroups()
{
    return kGroups;
}

QString TlsGroupsOffered::key() const
{
    return u"%1|%2"_s.arg(host.toLower(), QString::number(port));
}

Result<std::vector<TlsGroup>> probe(const TlsGroupsOffered &question, ProbeContext &context)
{
    std::vector<TlsOffer> questions;
    questions.reserve(kGroups.size());
    for (const TlsGroup &group : kGroups)
        questions.push_back({question.host, question.port, {.version = TlsVersion::Tls13, .groups = {group.id}}});
    context.observations.askAll(questions); // side by side
    std::vector<TlsGroup> taken;
    taken.reserve(kGroups.size());
    for (std::size_t i = 0; i < kGroups.size(); ++i) {
        const auto answer = askFirmly(questions[i], context.observations);
        if (!answer)
            return tl::unexpected<Error>(answer.error());
        if (answer->end == OfferEnd::Taken)
            taken.push_back(kGroups[i]);
    }
    return taken;
}

} // namespace cockpit
