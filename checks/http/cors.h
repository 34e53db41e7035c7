// http.cors: only sites you approved may call the API from a browser.
// observed: url, status, headers, "answers": [{"url","class","origin","allow_origin","credentials","vary","preflight"}]
// for those that named an allowed origin, "asked": how many requests.
#pragma once

#include "checks/engine/check.h"
#include "checks/http/setcookie.h"
#include "checks/net/httpclient.h"

namespace cockpit {

enum class OriginClass {
    Arbitrary,
    Null,
    Prefix,    // ours, and more behind it
    Suffix,    // ours, and more before it
    Substring, // a part of ours
    Dot,       // ours with a letter for a dot
    Special,   // ours, a character that ends a name for some patterns, and more
    Subdomain,
    Downgrade, // ours over http
    Localhost, // the visitor's own machine
    Hosting,   // names that a host gives to everybody
};
QString toWord(OriginClass value);

struct TestOrigin
{
    OriginClass kind = OriginClass::Arbitrary;
    QByteArray origin;
    bool operator==(const TestOrigin &) const = default;
};
// For a host and its registrable domain; word makes names that nobody owns.
std::vector<TestOrigin> testOrigins(const QString &host, const QString &domain, const QString &word);

struct CorsAnswer
{
    TestOrigin asked;
    HttpResponse response;
    bool isPreflight = false; // an OPTIONS request came in place of the GET
};

Check corsCheck();
// sessionCookies: cookies of the host that look like a session, to tell whether they travel from foreign sites.
Judged judgeCors(const std::vector<CorsAnswer> &answers, const std::vector<SetCookie> &sessionCookies);

} // namespace cockpit
