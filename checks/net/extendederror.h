// Extended DNS errors (RFC 8914): what the numbers mean, for people.
#pragma once

#include "checks/net/dnsclient.h"

namespace cockpit {

// "The server says that a signature has expired (extended error 7). Its words: …"
QString sentenceOf(const ExtendedDnsError &error);

// A validating resolver holds the domain's signatures or keys against it.
bool blamesSignatures(const ExtendedDnsError &error);

} // namespace cockpit
