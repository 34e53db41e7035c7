// What an authority says about its certificates: OCSP responses and revocation lists, made on the spot.
#pragma once

#include "tests/lab/certificates.h"

namespace cockpit::lab {

enum class Withdrawn { No, Yes, Unheard };

// Signed by `signer`, which need not be the issuer: not every answer is honest.
QByteArray ocspAnswer(const Identity &leaf, const Identity &issuer, Withdrawn state, const Identity &signer,
                      const QDateTime &produced, const QDateTime &nextUpdate);
QByteArray revocationList(const Identity &issuer, const std::vector<Identity> &withdrawn, const Identity &signer,
                          const QDateTime &produced, const QDateTime &nextUpdate);

} // namespace cockpit::lab
