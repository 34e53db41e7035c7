// tls.hostname: does the certificate speak for the very name that the visitor typed (RFC 9525)?
// observed: {"certificate": {…}, "covers_host": bool}
#pragma once

#include "checks/tls/certificatefacts.h"

namespace cockpit {

Judged judgeHostname(const Host &host, const Certificate &leaf);

Check tlsHostname();

} // namespace cockpit
