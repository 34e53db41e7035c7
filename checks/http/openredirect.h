// Login pages that send visitors wherever a link tells them to: found by the Location of the answer alone, the
// stranger's address is never asked for.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"

#include <vector>

namespace cockpit {

// Reserved for examples (RFC 2606 section 3): belongs to nobody's product.
inline const QString kStrangerHost = QStringLiteral("example.org");

// The three ways to write that address: whole, without its scheme, and with a backslash that only browsers take for a
// slash.
const QStringList &strangerAddresses();
const QStringList &returnParameters(); // next, redirect, returnTo, url, continue

struct OpenRedirect
{
    QString host;        // of the login page
    QStringList accepts; // the parameters that alone lead away; empty when only all of them together do
    HttpResponse answer;
};

// The login page with the value in each of the parameters.
QUrl temptation(const QUrl &login, const QString &address, const QStringList &parameters);
bool leadsToStranger(const HttpResponse &answer);

// One for each host of the target whose login page leads away; at most two pages a host are tried, three requests each.
std::vector<OpenRedirect> openRedirects(const Look &look);

Finding openRedirectFinding(const OpenRedirect &open);

} // namespace cockpit
