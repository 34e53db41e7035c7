#include "checks/actors/tabletexts.h"

#include "checks/actors/answertext.h"
#include "checks/web/denial.h"
#include "models/csv.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMostTexts = 4000;

bool isTable(const HttpResponse &answer)
{
    const QByteArray type = answer.header("content-type").value_or(QByteArray()).toLower();
    return type.startsWith("text/csv") || type.startsWith("text/tab-separated-values");
}

// RFC 4180, with the names of the columns in the first line.
std::vector<TableText> ofRecords(const QString &text)
{
    std::vector<TableText> texts;
    const auto records = parseCsv(text, csvSeparatorOf(text)).records;
    for (std::size_t row = 1; row < records.size(); ++row) {
        const QStringList &names = records.front().cells;
        const QStringList &cells = records[row].cells;
        for (qsizetype i = 0; i < cells.size() && texts.size() < kMostTexts; ++i)
            texts.push_back({i < names.size() ? names[i].trimmed() : QString(), cells[i].trimmed()});
    }
    return texts;
}

std::vector<TableText> ofPage(const QString &html)
{
    static const QRegularExpression cell(u"<td(?:\\s[^<>]*)?>\\s*([^<]{1,500}?)\\s*</td>"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    std::vector<TableText> texts;
    for (auto it = cell.globalMatch(html); it.hasNext() && texts.size() < kMostTexts;)
        texts.push_back({{}, withoutEntities(it.next().captured(1))});
    return texts;
}

} // namespace

std::vector<TableText> tableTextsOf(const HttpResponse &answer)
{
    if (isTable(answer))
        return ofRecords(QString::fromUtf8(answer.body));
    return isPage(answer) ? ofPage(QString::fromUtf8(answer.body)) : std::vector<TableText>();
}

} // namespace cockpit
