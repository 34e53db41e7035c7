// The redirect map as a table: each old address with what became of it when it was last asked for.
#pragma once

#include "models/projectstate.h"
#include "models/redirectmap.h"

#include <optional>

namespace cockpit {

struct RedirectRow
{
    RedirectEntry entry;
    std::optional<RedirectState> state; // empty: not looked at since it was written down
    QString landed;                     // where it ended; empty when nothing was seen
    QString detail;                     // for people: "404, 2 steps", or why it could not be looked at

    bool operator==(const RedirectRow &) const = default;
};

// In the order of the map. What the last http.redirect-map says of an address counts only for the aim that it has now.
std::vector<RedirectRow> redirectRows(const ProjectState &state);

// What a row says in one line: "Leads to an error (404, 1 step)".
QString seenText(const RedirectRow &row);

// With a header, UTF-8, CRLF (models/csv.h); parseRedirectMap() reads it back.
QByteArray redirectCsv(const std::vector<RedirectRow> &rows);

} // namespace cockpit
