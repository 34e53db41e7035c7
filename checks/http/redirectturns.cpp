#include "checks/http/redirectturns.h"

#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

RedirectTurns::RedirectTurns(std::vector<RedirectEntry> map, const QJsonObject &before) : m_map(std::move(map))
{
    const QJsonArray entries = before["entries"_L1].toArray();
    for (const QJsonValue entry : entries) {
        QJsonObject seen = entry.toObject();
        seen.remove(u"chain"_s); // much, and of no use to whoever reads the state
        m_known.insert_or_assign(seen["from"_L1].toString(), std::move(seen));
    }
}

const QJsonObject *RedirectTurns::knownOf(const RedirectEntry &entry) const
{
    const auto known = m_known.find(entry.from);
    return known != m_known.end() && known->second["wanted"_L1].toString() == entry.to ? &known->second : nullptr;
}

std::vector<RedirectEntry> RedirectTurns::next(std::size_t most) const
{
    // ISO dates in UTC: their order is that of time; none at all comes first.
    const auto when = [this](const RedirectEntry &entry) {
        const QJsonObject *known = knownOf(entry);
        return known ? u'1' + known->value("seen"_L1).toString() : QString();
    };
    std::vector<std::pair<QString, RedirectEntry>> inTurn;
    inTurn.reserve(m_map.size());
    for (const RedirectEntry &entry : m_map)
        inTurn.emplace_back(when(entry), entry);
    std::ranges::stable_sort(inTurn, {}, &std::pair<QString, RedirectEntry>::first);
    std::vector<RedirectEntry> wanted;
    wanted.reserve(std::min(most, inTurn.size()));
    for (auto &[seen, entry] : inTurn) {
        if (wanted.size() == most)
            break;
        wanted.push_back(std::move(entry));
    }
    return wanted;
}

std::vector<QJsonObject> RedirectTurns::knownBeside(const QSet<QString> &asked) const
{
    std::vector<QJsonObject> known;
    known.reserve(m_map.size());
    for (const RedirectEntry &entry : m_map) {
        const QJsonObject *seen = asked.contains(entry.from) ? nullptr : knownOf(entry);
        if (seen)
            known.push_back(*seen);
    }
    return known;
}

} // namespace cockpit
