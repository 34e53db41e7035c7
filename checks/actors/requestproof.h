// A request and its answer as evidence: what was sent, by whom, what came back, and a line to try it again. Secrets are
// masked, and of the answer only names of fields and the marker are shown: it may hold records of customers.
#pragma once

#include "checks/actors/markers.h"
#include "checks/net/httpclient.h"
#include "models/finding.h"
#include "models/secret.h"

#include <span>
#include <vector>

namespace cockpit {

struct ActiveRequest;

struct ProofOptions
{
    QString actor = {};               // "Mia (member, Tenant B)"; empty: signed out
    std::vector<Marker> markers = {}; // that are shown where they stand in the answer
    std::vector<Secret> known = {};   // values of the accounts in use: masked wherever they stand
};

// Title "GET https://… as Mia"; body: request line and headers, status and headers of the answer, the shape of its
// body with the markers in their places.
Evidence requestProof(const ActiveRequest &request, const HttpResponse &answer, const ProofOptions &options);

// The same request for a shell (bash, zsh), one line: $TOKEN, $COOKIE, $API_KEY, $PASSWORD stand in the place of
// secrets; everything else is quoted. Empty body: none is sent.
QString curlLine(const ActiveRequest &request, const std::vector<Secret> &known = {});

// JSON with every value left out but the markers: {"id": …, "note": "LC-CANARY-…", "items": [2 of {…}]}; of HTML and
// text the words around each marker. Masked and at most maxLength characters.
QString bodyShape(const HttpResponse &answer, std::span<const Marker> markers, int maxLength = 1500);

} // namespace cockpit
