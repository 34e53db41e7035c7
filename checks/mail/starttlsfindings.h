// mail.starttls, what is told about pins (TLSA records) and about versions of TLS. Pure.
#pragma once

#include "checks/mail/starttls.h"

namespace cockpit {

// word: of DaneMatch. shownAt: the address at which the host showed the certificate that the records were held against;
// empty when it showed none.
std::optional<Finding> daneFinding(const QString &host, const DaneLook &dane, const QString &word,
                                   const QString &shownAt);

// TLSA records that count say which certificate a mail server shows; which server that is, the MX records say.
std::optional<Finding> mxFinding(const StartTlsFacts &facts);

// Mail servers take what they can get (opportunistic encryption): an old version beside a new one is better than mail
// in the clear, so it is advice. Without a new one it is a fault. older: empty optional when it is not known.
std::optional<Finding> versionFinding(const QString &host, TlsVersion best,
                                      const std::optional<std::vector<TlsVersion>> &older);

} // namespace cockpit
