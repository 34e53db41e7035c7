// One look at one monitored address, with the ordinary clients and nothing remembered from the look before.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "checks/net/httpclient.h"
#include "checks/net/tlsprobe.h"
#include "models/monitoring.h"

namespace cockpit {

// Runs on a worker; bounded by the token and kLongestSample. Up, Down, or Unknown when this computer's own network or
// something that tells nothing about the product (a bot challenge, a rate limit) stood in the way.
constexpr std::chrono::seconds kLongestSample{30};
Sample takeSample(const Monitor &monitor, const NetOptions &options, const CancelToken &token);

// The pure parts. at is when the sample was taken.
Sample sampleOf(const Monitor &monitor, const RedirectChain &chain, const QDateTime &at);
Sample sampleOf(const Monitor &monitor, const TlsSession &session, const QString &host, const QDateTime &at);
// What a look without an answer means; online: did anything else on the internet answer us?
Sample sampleOf(const Monitor &monitor, const Error &error, bool online, const QDateTime &at);

} // namespace cockpit
