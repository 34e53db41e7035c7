// http.cors: only sites you approved may call the API from a browser.
// observed: url, status, headers, "answers": [{"url","class","origin","allow_origin","credentials","vary","preflight"}]
// for those that named an allowed origin, "asked": how many requests, "held_back": how many of them got no answer or
// one that says nothing about the permission, "routes_left_out": how many routes were not asked, "not_asked":
// [{"url","classes"}] for the routes that were not asked as every kind of site, "answers_left_out": those beyond the
// first hundreds.
#pragma once

#include "checks/engine/check.h"
#include "checks/net/httpclient.h"
#include "checks/web/setcookie.h"

#include <map>
#include <set>

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
    Own,       // a host of the project: asked to compare with
};
QString toWord(OriginClass value);

struct TestOrigin
{
    OriginClass kind = OriginClass::Arbitrary;
    QByteArray origin;
    bool operator==(const TestOrigin &) const = default;
};
// For a host and its registrable domain; word makes names that nobody owns. Only names that strangers can have are
// called look-alikes.
std::vector<TestOrigin> testOrigins(const QString &host, const QString &domain, const QString &word);
// Those of the project's pages, the host's own first: some of them the API may let in on purpose.
std::vector<TestOrigin> ownOrigins(const Target &target, const Host &host);

struct CorsAnswer
{
    TestOrigin asked;
    HttpResponse response;
    bool isPreflight = false; // an OPTIONS request came in place of the GET
};

// What was to be asked and tells nothing.
struct CorsGaps
{
    int unanswered = 0;
    int routesLeftOut = 0;
    std::map<QUrl, std::set<OriginClass>> askedLess = {}; // where the run was over, or asking on was of no use
};

Check corsCheck();
// answers: not empty. sessionCookies: cookies of the host that look like a session, to tell whether they travel from
// foreign sites.
Judged judgeCors(const std::vector<CorsAnswer> &answers, const std::vector<SetCookie> &sessionCookies,
                 const CorsGaps &gaps = {});

} // namespace cockpit
