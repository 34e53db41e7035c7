// The same address asked for in ways that careless rules do not know: other spellings of the path, fields that proxies
// and frameworks take for the path, the method or the sender's address, other methods. Each only reads.
#pragma once

#include "checks/access/bypass.h"

namespace cockpit {

// The most important ones first. publicPath: one that everybody may ask for ("/"), behind which another is named.
std::vector<BypassWay> tamperings(const BypassTarget &target, const QString &publicPath);

// POST, and the real method named beside it, or in a form. Empty where a POST could change something: only to a path
// whose POST is marked as safe, or that says that it has none and for which the list has none.
std::vector<BypassWay> postTamperings(const BypassTarget &target, const std::vector<Route> &routes);

// So many at most, with both.
constexpr int kTamperings = 24;

// Fields by which a request asks for another method than its own, and the query that does.
std::vector<Header> overrideHeaders(const QByteArray &method);
QUrl withOverrideQuery(QUrl url, const QByteArray &method);

} // namespace cockpit
