#include "models/redirectrows.h"

#include "models/redactor.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RedirectRows)
};

constexpr int kLongestShown = 300;

// By the old address; results are foreign input, they may come by mail.
QHash<QString, QJsonObject> seenEntries(const ProjectState &state)
{
    QHash<QString, QJsonObject> seen;
    for (const CheckResult *result : latestOf(u"http.redirect-map"_s, state)) {
        const QJsonArray entries = result->observed["entries"_L1].toArray();
        for (const QJsonValue entry : entries)
            seen.insert(entry["from"_L1].toString(), entry.toObject());
    }
    return seen;
}

QString detailOf(const QJsonObject &seen)
{
    if (const QString why = seen["reason"_L1].toString(); !why.isEmpty())
        return plainText(why, kLongestShown);
    const int status = seen["status"_L1].toInt();
    if (status == 0)
        return {};
    const int hops = seen["hops"_L1].toInt();
    return Text::tr("status %1, %n step(s)", nullptr, hops).arg(status);
}

void describe(RedirectRow &row, const QJsonObject &seen)
{
    const auto state = redirectStateFromWord(seen["state"_L1].toString());
    if (!state || seen["wanted"_L1].toString() != row.entry.to)
        return;
    row.state = *state;
    row.landed = plainText(seen["to"_L1].toString(), kLongestShown);
    row.detail = detailOf(seen);
}

} // namespace

std::vector<RedirectRow> redirectRows(const ProjectState &state)
{
    const QHash<QString, QJsonObject> seen = seenEntries(state);
    std::vector<RedirectRow> rows;
    rows.reserve(state.redirects.size());
    for (const RedirectEntry &entry : state.redirects) {
        RedirectRow row{.entry = entry, .state = {}, .landed = {}, .detail = {}};
        if (const auto known = seen.constFind(entry.from); known != seen.cend())
            describe(row, *known);
        rows.push_back(std::move(row));
    }
    return rows;
}

QString seenText(const RedirectRow &row)
{
    if (!row.state)
        return Text::tr("Not looked at yet");
    return row.detail.isEmpty() ? labelOf(*row.state) : Text::tr("%1 (%2)").arg(labelOf(*row.state), row.detail);
}

QByteArray redirectCsv(const std::vector<RedirectRow> &rows)
{
    // The names by which parseRedirectMap() finds the columns again: not translated.
    QString csv = csvRecord({u"old address"_s, u"wanted address"_s, u"result"_s, u"ended at"_s});
    for (const RedirectRow &row : rows)
        csv += csvRecord({row.entry.from, row.entry.to, seenText(row), row.landed});
    return csv.toUtf8();
}

} // namespace cockpit
