// The addresses that code calls or shows, as far as it spells them out.
#pragma once

#include "models/projectstate.h"

#include <QByteArray>
#include <QUrl>

#include <vector>

namespace cockpit {

// Of scripts, source maps and lists of pages: fetch("/api/x", {method: "POST"}), axios.put(`/api/x/${id}`), quoted
// addresses of an API, pages of routers, operations of GraphQL, files below pages/api or app/api. Addresses on other
// domains than `page` are left out. Holes stay holes; the access class is a guess. Linear in the code.
std::vector<Route> routesNamedIn(const QByteArray &code, const QUrl &page);

} // namespace cockpit
