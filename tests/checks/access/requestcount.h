// What a product was asked, beside what the list of requests says that it was asked.
#pragma once

#include "app/practice/shop/requestjournal.h"
#include "models/access/requestlog.h"
#include "models/csv.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <list>
#include <vector>

namespace cockpit::lab {

// One line of the list as it is exported (models/access/requestlog.h).
struct ExportedRequest
{
    QString check, method, host, route, account, status, note;
};

inline std::vector<ExportedRequest> exportedFrom(const QByteArray &csv)
{
    std::vector<ExportedRequest> requests;
    const CsvTable table = parseCsv(QString::fromUtf8(csv), u',');
    for (std::size_t i = 1; i < table.records.size(); ++i) {
        const QStringList &cells = table.records[i].cells;
        requests.push_back({cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[8]});
    }
    return requests;
}

// Not one of HTTP: what is said on a WebSocket stands in the list as well.
inline bool isOnSocket(const ExportedRequest &request)
{
    return request.method == QLatin1String("MESSAGE");
}

// As a pattern of paths. Each is asked for thousands of times.
inline const QRegularExpression &patternOf(const QString &route)
{
    static const QRegularExpression hole(QStringLiteral("\\\\\\{.*?\\\\\\}"));
    static QHash<QString, QRegularExpression> known;
    auto pattern = known.find(route);
    if (pattern == known.end()) {
        QString text = QRegularExpression::escape(route);
        text.replace(hole, QStringLiteral("[^/]+"));
        pattern = known.insert(route, QRegularExpression(u'^' + text + u'$'));
    }
    return *pattern;
}

// A template stands for what is filled in, an operation of GraphQL for its address; a record that was removed is looked
// for under the name of what removes it.
inline bool isAt(const ExportedRequest &request, const QString &path)
{
    static const QRegularExpression removal(QStringLiteral("/(?:delete|remove|destroy)$"));
    const QString route = request.route.section(u'#', 0, 0).section(u'?', 0, 0);
    QString item = route;
    item.remove(removal);
    return patternOf(route).match(path).hasMatch() || (item != route && patternOf(item).match(path).hasMatch());
}

// Checks that bend a path on purpose (other spellings, older versions, broken values, names of files): the list calls
// it by its route.
inline bool bendsPaths(const ExportedRequest &request)
{
    static const QStringList ids{QStringLiteral("access.method-tampering"), QStringLiteral("access.tenant-isolation"),
                                 QStringLiteral("abuse.error-leak"), QStringLiteral("edge.cache-leak")};
    return ids.contains(request.check);
}

// What one of them has and the other has not, each a line; nothing when they agree: by method, host, status and path;
// where that was bent, without it.
inline QStringList differencesOf(const std::vector<JournalLine> &received, const std::vector<ExportedRequest> &listed)
{
    std::list<ExportedRequest> left; // thousands, of which one at a time is taken out
    std::ranges::remove_copy_if(listed, std::back_inserter(left), isOnSocket);
    std::vector<JournalLine> open = received;
    const auto match = [&](bool isBent, const auto &isSame) {
        std::erase_if(open, [&](const JournalLine &line) {
            const QString path = QString::fromLatin1(line.target).section(u'?', 0, 0);
            const auto found = std::ranges::find_if(left, [&](const ExportedRequest &request) {
                return bendsPaths(request) == isBent && request.method == QLatin1String(line.method) &&
                       request.host == QLatin1String(line.host) && request.status.toInt() == line.status &&
                       isSame(request, path);
            });
            if (found == left.end())
                return false;
            left.erase(found);
            return true;
        });
    };
    const auto isExactly = [](const ExportedRequest &request, const QString &path) { return request.route == path; };
    for (const bool isBent : {false, true})
        match(isBent, isExactly);
    for (const bool isBent : {false, true})
        match(isBent, isAt);
    match(true, [](const ExportedRequest &, const QString &) { return true; });
    QStringList lines;
    for (const JournalLine &line : open)
        lines.append(QStringLiteral("not in the list: %1 %2%3 %4")
                         .arg(QString::fromLatin1(line.method), QString::fromLatin1(line.host),
                              QString::fromLatin1(line.target), QString::number(line.status)));
    for (const ExportedRequest &request : left)
        lines.append(QStringLiteral("never arrived: %1 %2%3 %4 (%5, %6) %7")
                         .arg(request.method, request.host, request.route, request.status, request.check,
                              request.account, request.note));
    return lines;
}

} // namespace cockpit::lab
