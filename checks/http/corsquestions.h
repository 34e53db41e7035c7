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
struct CorsQuestions
{
    std::vector<CorsQuestion> questions;
    int routesLeftOut = 0;
    int routesAskedLess = 0; // with the telling origins only
};
// Every origin at the front page, every class of them at the first routes, and the few that tell most at the others.
CorsQuestions corsQuestions(const Look &look);
// A name below the domain that nobody uses: one of corsOrigins().
TestOrigin subdomainOrigin(const Look &look);

// Those of them that are asked at the first routes: of the special characters only the ones that work most.
std::vector<TestOrigin> fewerOrigins(const std::vector<TestOrigin> &origins);
// Those that are asked at all the others: who lets somebody in by mistake lets in one of these.
std::vector<TestOrigin> tellingOrigins(const std::vector<TestOrigin> &origins);
// The first of each class, for preflights: servers that reflect do so by class, and not by character.
std::vector<TestOrigin> oneOfEachClass(const std::vector<TestOrigin> &origins);

// The permission stands in the headers: of the page only so much is kept as tells a test for robots.
HttpGet corsQuestion(const QUrl &url, const TestOrigin &origin);
// What browsers ask before a request that may change something.
HttpGet corsPreflight(const QUrl &url, const TestOrigin &origin);

} // namespace cockpit
