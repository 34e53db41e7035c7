// Whose turn it is: a long map is asked for in parts, so that each address comes up before any comes up again.
#pragma once

#include "models/redirectmap.h"

#include <QJsonObject>
#include <QSet>

#include <map>
#include <vector>

namespace cockpit {

class RedirectTurns
{
public:
    // before: what the last http.redirect-map observed. What it says of an address counts for the aim that it has now.
    RedirectTurns(std::vector<RedirectEntry> map, const QJsonObject &before);

    // At most `most`, in the order of the map within each: first those that nobody has asked for, then the ones that
    // were asked for longest ago.
    std::vector<RedirectEntry> next(std::size_t most) const;
    // What was seen of the others, without the chains.
    std::vector<QJsonObject> knownBeside(const QSet<QString> &asked) const;

private:
    const QJsonObject *knownOf(const RedirectEntry &entry) const;

    std::vector<RedirectEntry> m_map;
    std::map<QString, QJsonObject> m_known; // by the old address
};

} // namespace cockpit
