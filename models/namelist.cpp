// The person's list of names: read from a file, and merged with what is known.
#include "models/hostname.h"
#include "models/inventory.h"
#include "models/redactor.h"
#include "models/target.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(NameList)
};

constexpr qint64 kLargestFile = 1024LL * 1024;
constexpr size_t kMostNames = 2000;
constexpr int kLongestShown = 80;
constexpr int kLongestPurpose = 200;

// RFC 4180: a cell in quotation marks may hold the separator, and the mark itself twice.
QStringList cellsOf(const QString &line)
{
    QStringList cells{QString()};
    bool isQuoted = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line[i];
        if (isQuoted && c == u'"' && i + 1 < line.size() && line[i + 1] == u'"') {
            cells.last() += c;
            ++i;
        } else if (c == u'"') {
            isQuoted = !isQuoted;
        } else if (!isQuoted && (c == u',' || c == u';' || c == u'\t')) {
            cells << QString();
        } else {
            cells.last() += c;
        }
    }
    for (QString &cell : cells)
        cell = cell.trimmed();
    return cells;
}

// "*.example.com" is a record that people list, too: what stands below it is not known, the name above is.
Result<QString> nameIn(const QString &cell)
{
    // An apostrophe is what spreadsheets and our own export put in front of a formula.
    const QString typed = cell.startsWith(u'\'') ? cell.mid(1) : cell;
    const auto target = parseAddress(withoutWildcard(typed));
    if (!target)
        return tl::unexpected(target.error());
    return target->hosts.front().name;
}

bool mayBeHeader(const QStringList &cells)
{
    return std::ranges::none_of(cells, [](const QString &cell) { return cell.contains(u'.'); });
}

} // namespace

NameList parseNameList(const QByteArray &text, const QString &source)
{
    NameList list;
    QString all = QString::fromUtf8(text);
    if (all.startsWith(u'\ufeff'))
        all.remove(0, 1); // a byte order mark, as spreadsheets write it
    int number = 0;
    bool isFirst = true;
    for (QString line : all.split(u'\n')) {
        ++number;
        line = line.trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        const QStringList cells = cellsOf(line);
        const bool isHeader = std::exchange(isFirst, false) && cells.size() > 1 && mayBeHeader(cells);
        if (isHeader)
            continue;
        const auto name = nameIn(cells.front());
        if (!name || list.names.size() >= kMostNames) {
            const QString why =
                name ? Text::tr("There are more than %1 names in the file.").arg(kMostNames) : name.error().message;
            list.badLines.push_back({number, plainText(line, kLongestShown), why});
            continue;
        }
        if (std::ranges::find(list.names, *name, &ListedName::name) == list.names.end())
            list.names.push_back({*name, plainText(cells.value(1), kLongestPurpose), source});
    }
    return list;
}

Result<NameList> readNameList(const QString &path)
{
    QFile file(path);
    const QString shown = QDir::toNativeSeparators(path);
    if (file.size() > kLargestFile)
        return failure(ErrorKind::TooLarge, Text::tr("%1 is too large for a list of names.").arg(shown));
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Storage, Text::tr("%1 cannot be read: %2").arg(shown, file.errorString()));
    return parseNameList(file.read(kLargestFile), QFileInfo(path).fileName());
}

std::vector<ListedName> mergedNames(std::vector<ListedName> known, const std::vector<ListedName> &added)
{
    for (const ListedName &name : added) {
        const auto old = std::ranges::find(known, name.name, &ListedName::name);
        if (old == known.end())
            known.push_back(name);
        else if (!name.purpose.isEmpty())
            old->purpose = name.purpose;
    }
    return known;
}

} // namespace cockpit
