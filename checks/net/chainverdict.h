// Would a client that repairs nothing trust this chain? The path is built from what was sent and the roots alone.
#pragma once

#include "checks/net/opensslhandles.h"
#include "checks/net/tlsprobe.h"

#include <span>

namespace cockpit {

struct ChainVerdict
{
    ChainStatus status = ChainStatus::Trusted;
    QString detail; // OpenSSL's words, empty when trusted
};

// sent: leaf first, in the order of the server; at least the leaf. The host name is not looked at. at: the time to
// judge dates by, if it is not that of this computer.
ChainVerdict judgeChain(std::span<X509 *const> sent, X509_STORE *roots, const std::optional<QDateTime> &at = {});

// Let's Encrypt's rehearsal: "(STAGING) …", and "Fake LE …" before 2021.
bool isRehearsal(const Certificate &certificate);

// Is there a path to one of these roots, whatever the dates?
bool leadsTo(std::span<X509 *const> sent, X509_STORE *roots);

} // namespace cockpit
