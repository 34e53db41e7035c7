// The addresses that a page, robots.txt and an OpenID document name.
#pragma once

#include "checks/web/htmlpage.h"
#include "models/projectstate.h"

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace cockpit {

// Links and forms to the page's own domain; no pictures and downloads.
std::vector<Route> routesOnPage(const HtmlPage &html, const QUrl &page);

// What crawlers are asked to leave alone is what exists (RFC 9309). Empty for a text without a user-agent line: a page
// that comes for any address is no robots.txt.
struct RobotsRead
{
    std::vector<Route> routes;
    QStringList sitemaps; // addresses
};
RobotsRead readRobots(const QByteArray &text, const QString &host);

// The endpoints of /.well-known/openid-configuration (OpenID Connect Discovery 1.0, section 3) on the issuer's domain.
std::vector<Route> routesOfOpenId(const QByteArray &json, const QString &host);

} // namespace cockpit
