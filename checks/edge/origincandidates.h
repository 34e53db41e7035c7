// Addresses that may be those of the server behind the shield: all that an outsider can learn about the product.
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

struct OriginCandidate
{
    QString address;
    QStringList learntFrom; // names, "SPF", "Alt-Svc"

    bool operator==(const OriginCandidate &) const = default;
};

struct OriginCandidates
{
    std::vector<OriginCandidate> addresses = {}; // each once
    QStringList notes = {};                      // what could not be asked, a sentence each
};

// Leaves out the networks of companies that shield many products at once (resources/providers.json). Blocking.
[[nodiscard]] Result<OriginCandidates> originCandidates(const Look &look);

// The addresses that an SPF record names one by one.
QStringList addressesInSpf(const QByteArray &record);

} // namespace cockpit
