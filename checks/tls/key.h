// tls.key: are the keys and signatures of the chain of a kind that is still safe?
// observed: {"certificate": {…}, "curve": word|null, "exponent": n|null, "grade": good|enough|phase_out|broken (of the
// host's own key), "chain": [{"subject","key_type","key_bits","signature"}]}
#pragma once

#include "checks/net/certificatefields.h"
#include "checks/tls/certificatefacts.h"

#include <span>

namespace cockpit {

enum class KeyGrade {
    Good,     // for the years to come
    Enough,   // for today: RSA from 2048 to 3071 bits (NCSC-NL, TLS guidelines of 2025)
    PhaseOut, // nobody has broken one yet
    Broken,   // within reach, or without any protection
};
QString toWord(KeyGrade grade);

struct KeyedCertificate
{
    Certificate certificate;
    CertificateFields fields;
};

KeyGrade gradeOf(const KeyedCertificate &one);
// MD5 and SHA-1: two certificates with one signature can be made (shattered.io).
bool hasOldSignature(const Certificate &certificate);

// chain: leaf first, at least the leaf.
Judged judgeKey(const Host &host, std::span<const KeyedCertificate> chain);

Check tlsKey();

} // namespace cockpit
