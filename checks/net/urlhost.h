// Where a URL points, spelled as the names of a target are. QUrl::host() alone decodes international names: "bücher.de"
// is then another host than the "xn--bcher-kva.de" of the project.
#pragma once

#include <QString>
#include <QUrl>

#include <cstdint>

namespace cockpit {

// In A-labels (RFC 5890), lower case, an IPv6 address without its brackets. Whoever compares a host, looks it up or
// asks for its domain takes this form.
QString hostOf(const QUrl &url);
// The port that is written, or the one that the scheme implies.
std::uint16_t portOf(const QUrl &url);

} // namespace cockpit
