#include "checks/actors/listend.h"

#include "checks/actors/likeness.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

namespace {

// The longest list, however it is wrapped.
qsizetype rowsIn(const QJsonValue &value, int depth = 0)
{
    constexpr int kDeepest = 4;
    if (value.isArray())
        return value.toArray().size();
    qsizetype most = -1;
    const QJsonObject object = value.toObject();
    for (const QJsonValue one : object)
        most = std::max(most, depth < kDeepest ? rowsIn(one, depth + 1) : -1);
    return most;
}

} // namespace

bool mayGoOn(const HttpResponse &list)
{
    constexpr qsizetype kShortestPage = 10; // what products show at least before they turn a page
    const auto json = jsonOf(list);
    if (!json || list.header("link").value_or(QByteArray()).contains("next"))
        return true;
    const qsizetype rows = rowsIn(*json);
    return rows < 0 || rows >= kShortestPage;
}

} // namespace cockpit
