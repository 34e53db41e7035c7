// Canonical forms of RFC 6376 section 3.4: what a signature covers, so that mail servers may rewrap a message.
#pragma once

#include "checks/mail/message.h"

namespace cockpit {

enum class Canonicalization { Simple, Relaxed };

// The whole field with CRLF at its end. raw: with its folding and CRLF.
QByteArray canonicalField(const QByteArray &raw, Canonicalization form);

// body: with CRLF line ends.
QByteArray canonicalBody(const QByteArray &body, Canonicalization form);

} // namespace cockpit
