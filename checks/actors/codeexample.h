// A route that takes a one-time code: where it is, its example, and where the code stands in that. Pure.
#pragma once

#include "checks/actors/codebody.h"
#include "checks/engine/check.h"

#include <QUrl>

#include <optional>

namespace cockpit {

struct CodeExample
{
    QUrl url;
    const RouteSample *sample = nullptr; // belongs to the facts
    CodeBody code;
};

// Nothing unless it is a POST with an address on a host of the target, no holes in its path, and an example with a
// code.
std::optional<CodeExample> codeExampleOf(const Route &route, const Target &target, const ProjectFacts &facts);

} // namespace cockpit
