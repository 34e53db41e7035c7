// A request target that QUrl cannot hold: "/%2e/admin" is "/./admin" to it (RFC 3986 section 6.2.2.2 allows that, and
// careless rules compare before they do so). It goes with the headers of a request, under the name that HTTP/2 has for
// it, and is sent in the place of path and query. Host, port and scheme stay those of the request's address.
#pragma once

#include "checks/net/httpclient.h"

#include <QByteArray>
#include <QUrl>

#include <optional>
#include <vector>

namespace cockpit {

// RFC 9113 section 8.3.1. No field can have that name (RFC 9110 section 5.1), so that it stands for nothing else.
inline const QByteArray kTargetField = ":path";

// Empty: the path and query of the address are sent, as for all other requests.
std::optional<QByteArray> targetIn(const std::vector<Header> &headers);
// A path that can stand in a request line: visible letters of ASCII, "/" first, no fragment.
bool isSendableTarget(const QByteArray &target);
// The address as it goes out: encoded, with the target where there is one.
QByteArray sentAddress(const QUrl &url, const std::vector<Header> &headers);

} // namespace cockpit
