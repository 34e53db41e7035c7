// What http.cors asks a host: made here, so that others who ask the same ask it in the same words, which is once.
#pragma once

#include "checks/http/cors.h"

#include <vector>

namespace cockpit {

// The page that a visitor of this host sees: itself, or its www, which has no look of its own. look.host is set.
QUrl corsFrontAddress(const Look &look);
// That page that a visitor of the host sees, and a few of its routes that only read.
std::vector<QUrl> corsAddresses(const Look &look);
std::vector<TestOrigin> corsOrigins(const Look &look);
// A name below the domain that nobody uses: one of corsOrigins().
TestOrigin subdomainOrigin(const Look &look);

// Those of them that are asked at each further address: of the special characters only the ones that work most.
std::vector<TestOrigin> fewerOrigins(const std::vector<TestOrigin> &origins);
// Does a preflight with it tell something new? Servers that reflect do so by class, and not by character.
bool isForPreflight(const TestOrigin &origin);

HttpGet corsQuestion(const QUrl &url, const TestOrigin &origin);
// What browsers ask before a request that may change something.
HttpGet corsPreflight(const QUrl &url, const TestOrigin &origin);

} // namespace cockpit
