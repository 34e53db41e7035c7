// mail.starttls, the part about certificates: who would refuse one, and what is lost then. Pure.
#pragma once

#include "checks/mail/starttls.h"

namespace cockpit {

// Senders that insist lose the mail where others would deliver it in the clear.
bool isInsistedOn(const QString &host, const StartTlsFacts &facts);
// That in a sentence, with a blank in front; empty when nobody insists.
QString insistenceOn(const QString &host, const StartTlsFacts &facts);

// match: of the host's TLSA records with the certificates of this session.
std::vector<Finding> certificateFindings(const QString &host, const TlsSession &tls, const DaneMatch &match,
                                         const StartTlsFacts &facts);

} // namespace cockpit
