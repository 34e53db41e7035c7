// The lists that the OSV database answers with (https://google.github.io/osv.dev/post-v1-querybatch/).
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace cockpit {

// Of one query: ids of known holes and, where there are more, the token of the next page.
struct OsvPage
{
    QStringList ids;
    QString nextToken;

    bool operator==(const OsvPage &) const = default;
};
// A page for each of the queries, in their order. Protocol for anything else.
[[nodiscard]] Result<std::vector<OsvPage>> readOsvPages(const QByteArray &json, size_t queries);

} // namespace cockpit
