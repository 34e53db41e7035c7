// Reads a list of routes: the cockpit's own JSON list, or the paths of an OpenAPI 3 document in JSON.
#pragma once

#include "models/projectstate.h"
#include "models/result.h"

#include <vector>

namespace cockpit {

// Own list: [{"method","path","access": public|signed_in|admin,"host"?,"safe_to_write"?}].
// OpenAPI: an operation is public when its (or the document's) security is absent or empty, signed_in otherwise.
[[nodiscard]] Result<std::vector<Route>> parseRoutes(const QByteArray &bytes);
[[nodiscard]] Result<std::vector<Route>> readRoutesFile(const QString &path);

// GET, PUT and so on, as a person chooses from.
const QStringList &routeMethods();
// Method in capitals, host normalised; refuses a path without its slash and an unknown method with a sentence.
[[nodiscard]] Result<Route> checkedRoute(Route route);
// The known ones, then those of `added` whose method, path and host none of them has.
std::vector<Route> mergedRoutes(std::vector<Route> known, const std::vector<Route> &added);

} // namespace cockpit
