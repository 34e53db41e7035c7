// Texts that tests write into a product themselves. Several of them are at work in one run, for both customers: what
// one customer has of them and the other one not yet proves nothing.
#pragma once

#include "checks/actors/markers.h"

#include <span>
#include <vector>

namespace cockpit {

struct ProjectFacts;

// The samples of routes that are marked as safe to write, as if they were answers: their bodies, those of forms
// decoded.
std::vector<HttpResponse> testTextsOf(const ProjectFacts &facts);

// Without the values that stand in one of those. Mail addresses of accounts and ids stay, whatever a sample names: no
// record that a test makes is the owner's by them. So does the text by which a test record is known (canary.h): it is
// made up anew for each.
Markers withoutTestTexts(const Markers &markers, std::span<const HttpResponse> testTexts);

} // namespace cockpit
