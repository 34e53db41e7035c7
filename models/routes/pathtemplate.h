// Addresses of one kind written as one: /invoices/17 and /invoices/18 are both /invoices/{id}.
#pragma once

#include <QString>

namespace cockpit {

struct PathTemplate
{
    QString path; // with holes; begins with a slash, without query and fragment
    QString seen; // as it was met, when each hole held a plain id; empty otherwise: tokens and e-mail addresses are not
                  // kept

    bool operator==(const PathTemplate &) const = default;
};

// Numbers, UUIDs, object ids, ULIDs, "cus_…" ids, hashes, tokens and e-mail addresses become {id}, then {id2}. Holes as
// frameworks write them (:id, [id], <int:id>, ${id}, {{id}}) become {id}. Any text is a path.
PathTemplate pathTemplate(const QString &path);

// The same for all spellings of one address: names of holes and a slash at the end do not matter.
QString shapeOf(const QString &path);

bool hasHoles(const QString &path);

} // namespace cockpit
