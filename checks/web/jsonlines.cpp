#include "checks/web/jsonlines.h"

#include <QJsonDocument>

namespace cockpit {

std::vector<QJsonObject> jsonLinesIn(const QByteArray &body)
{
    constexpr size_t kMostLines = 1000; // enough to tell what kind of data it is
    constexpr size_t kFewestLines = 2;
    std::vector<QJsonObject> lines;
    qsizetype from = 0;
    while (from < body.size() && lines.size() < kMostLines) {
        const qsizetype end = body.indexOf('\n', from);
        const QByteArray line = body.mid(from, end < 0 ? -1 : end - from).trimmed();
        from = end < 0 ? body.size() : end + 1;
        if (line.isEmpty())
            continue;
        const QJsonDocument document = line.startsWith('{') ? QJsonDocument::fromJson(line) : QJsonDocument();
        if (!document.isObject())
            break;
        lines.push_back(document.object());
    }
    if (lines.size() < kFewestLines)
        lines.clear();
    return lines;
}

} // namespace cockpit
