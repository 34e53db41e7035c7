// mail.delivery: a real message arrived and its headers proved it under DMARC. It rests on the proof that the project
// keeps of the last message of the product that was read (page "A message"); the check itself sends nothing.
// observed: domain, read_at, dmarc, dmarc_rfc7489, by_dkim, by_spf, spf{result, domain, aligned},
// signatures[{domain, selector, result, aligned}], own_test,
// vouched (a person said that it is mail of the product), typed (a person typed what SPF was judged by).
#pragma once

#include "checks/engine/check.h"

namespace cockpit {

// An older proof says little about the records of today.
constexpr int kProofDays = 30;

Check deliveryCheck();
Judged judgeDelivery(const std::optional<DeliveryProof> &proof, const QString &domain, const QDateTime &now);

} // namespace cockpit
