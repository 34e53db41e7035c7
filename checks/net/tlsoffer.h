// What a server makes of an offer that nobody would make who means to talk: one family of suites, one group.
#pragma once

#include "checks/engine/probe.h"
#include "checks/net/clienthello.h"

namespace cockpit {

enum class OfferEnd {
    Taken,
    Refused, // with an alert, or by a choice that was not on offer
    Closed,  // without a word: how some servers refuse, and what one does that is busy or broken
    Ignored, // the connection stood, and no answer came in time: how some firewalls refuse
};

struct OfferAnswer
{
    OfferEnd end = OfferEnd::Refused;
    HelloAnswer hello = {}; // when Taken
    QString problem = {};   // when Ignored: a sentence

    bool operator==(const OfferAnswer &) const = default;
};

// One connection, one hello, and the server's choice. Errors: those of a connection, TimedOut (no connection, or the
// run is over), Protocol (not TLS), Cancelled.
struct TlsOffer
{
    using Answer = OfferAnswer;
    QString host;
    std::uint16_t port = 443;
    HelloOffer offer; // its serverName is the host
    int attempt = 0;  // different numbers are different questions

    QString key() const;
};
[[nodiscard]] Result<OfferAnswer> probe(const TlsOffer &question, ProbeContext &context);

// The same for what visitors use: there a closed connection is tried once more before it counts, and silence is no
// refusal but an error (TimedOut).
[[nodiscard]] Result<OfferAnswer> askFirmly(TlsOffer question, Observations &observations);

} // namespace cockpit
