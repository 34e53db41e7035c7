// Whether a POST may be sent to an address that is known for another method. Nobody has said what it would do there:
// POST /orders/{id} may confirm the order and charge somebody, whatever method a field beside it names.
#pragma once

#include "checks/net/httpclient.h"
#include "models/projectstate.h"

#include <QByteArrayList>

#include <array>
#include <vector>

namespace cockpit {

enum class PostRule {
    Allowed,  // there is such a POST, and the person has marked it as safe to write
    Never,    // there is one that is not marked
    Unlisted, // nobody knows of one: only where the product itself says that it has none
};
// By the address of the route, whatever its holes are called.
PostRule postRule(const Route &at, const std::vector<Route> &routes);

// The methods that an answer names in Allow (RFC 9110, sections 10.2.1 and 15.5.6), in capitals; empty when it names
// none.
QByteArrayList methodsIn(const HttpResponse &answer);

// What makes products name their methods, and changes nothing: OPTIONS, or a method that nobody has.
inline constexpr std::array kMethodQuestions{"OPTIONS", "LCGET"};

} // namespace cockpit
