// Where a Location header leads, read as browsers read it: a redirect that only a browser understands is a redirect.
#pragma once

#include <QByteArrayView>
#include <QUrl>

namespace cockpit {

// A URI reference (RFC 9110 section 10.2.2) against the address it came from, with the liberties of the URL standard
// for http and https (https://url.spec.whatwg.org, basic URL parser): blanks around it and tabs in it are dropped, a
// backslash before the query is a slash, two or more slashes at the start lead to another host, raw UTF-8 is read as
// such. The fragment is dropped. Invalid for an empty or unreadable value; other schemes come back as they are.
QUrl locationTarget(const QUrl &from, QByteArrayView location);

// The answers whose Location leads on: 301, 302, 303, 307, 308 (RFC 9110 section 15.4).
bool isRedirectStatus(int status);

} // namespace cockpit
