// An exchange as evidence, under the method that was really used.
#pragma once

#include "checks/net/httpclient.h"
#include "models/finding.h"

namespace cockpit {

// "OPTIONS https://…" and the response head.
Evidence exchangeOf(const HttpResponse &response, const QByteArray &method);

} // namespace cockpit
