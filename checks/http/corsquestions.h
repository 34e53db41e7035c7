// What http.cors asks a host: made here, so that others who ask the same ask it in the same words, which is once.
#pragma once

#include "checks/http/cors.h"

#include <vector>

namespace cockpit {

// The page that a visitor of this host sees: itself, or its www, which has no look of its own. look.host is set.
QUrl corsFrontAddress(const Look &look);
// That page that a visitor of the host sees, and its routes that only read.
std::vector<QUrl> corsAddresses(const Look &look);
std::vector<TestOrigin> corsOrigins(const Look &look);

struct CorsQuestion
{
    HttpGet get;
    CorsAnswer answer; // to be filled with the response
};
// Every origin at the front page, and at each route every class of them as a GET and as a preflight; a route that
// changes something gets the preflights only.
struct CorsQuestions
{
    // Asked together and before all others: those of the front page, and at the routes the origins that tell most.
    std::vector<CorsQuestion> first;
    // The other classes at the routes, one after the other: what is cut off by the run's end tells the least.
    std::vector<std::vector<CorsQuestion>> rounds;
    int routesLeftOut = 0;
};
CorsQuestions corsQuestions(const Look &look);
// A name below the domain that nobody uses: one of corsOrigins().
TestOrigin subdomainOrigin(const Look &look);

// Those of them that are asked at routes: of the special characters only the ones that work most.
std::vector<TestOrigin> fewerOrigins(const std::vector<TestOrigin> &origins);
// Those that are asked first: who lets somebody in by mistake mostly lets in one of these.
std::vector<TestOrigin> tellingOrigins(const std::vector<TestOrigin> &origins);
// The first of each class, for preflights: servers that reflect do so by class, and not by character.
std::vector<TestOrigin> oneOfEachClass(const std::vector<TestOrigin> &origins);

// The permission stands in the headers: of the page only so much is kept as tells a test for robots.
HttpGet corsQuestion(const QUrl &url, const TestOrigin &origin);
// What browsers ask before a request that may change something, by that method.
HttpGet corsPreflight(const QUrl &url, const TestOrigin &origin, const QByteArray &method = "PUT");

} // namespace cockpit
