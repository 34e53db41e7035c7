// The redirect map of a person: read from a file.
#include "models/redactor.h"
#include "models/redirectmap.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QHash>
#include <QStringDecoder>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RedirectMap)
};

constexpr qint64 kLargestFile = 1024LL * 1024;
constexpr int kLongestShown = 80;

struct Columns
{
    qsizetype from = 0;
    qsizetype to = 1;
};

// What exports of hosts, shops and spreadsheets call the two columns.
const QStringList &namesOfOld()
{
    static const QStringList names{u"old"_s,           u"from"_s,    u"source"_s,   u"old address"_s,
                                   u"redirect from"_s, u"old url"_s, u"from url"_s, u"source url"_s,
                                   u"old path"_s,      u"address"_s, u"url"_s};
    return names;
}

const QStringList &namesOfWanted()
{
    static const QStringList names{
        u"new"_s,         u"to"_s,          u"target"_s,         u"destination"_s, u"wanted"_s,
        u"new address"_s, u"redirect to"_s, u"wanted address"_s, u"new url"_s,     u"to url"_s,
        u"target url"_s,  u"new path"_s,    u"destination url"_s};
    return names;
}

qsizetype columnNamed(const QStringList &cells, const QStringList &names)
{
    const auto found = std::ranges::find_if(
        cells, [&](const QString &cell) { return names.contains(cell.toLower().replace(u'_', u' ')); });
    return found == cells.end() ? -1 : found - cells.begin();
}

// A first record without any address in it names the columns.
std::optional<Columns> headerIn(const CsvRecord &record)
{
    const bool hasAddress = std::ranges::any_of(
        record.cells, [](const QString &cell) { return cell.contains(u'/') || cell.contains(u'.'); });
    if (hasAddress)
        return std::nullopt;
    const qsizetype from = columnNamed(record.cells, namesOfOld());
    const qsizetype to = columnNamed(record.cells, namesOfWanted());
    if (from < 0 && to < 0)
        return Columns();
    if (from < 0)
        return Columns{to == 0 ? 1 : 0, to};
    return Columns{from, to < 0 ? (from == 0 ? 1 : 0) : to};
}

Result<QString> decoded(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder.decode(bytes);
    if (decoder.hasError() || text.contains(QChar(u'\0')))
        return failure(ErrorKind::BadInput,
                       Text::tr("The file is not text in UTF-8. Save it as “CSV UTF-8” and import it again."));
    return text;
}

class ListReader
{
public:
    explicit ListReader(CsvTable table) : m_records(std::move(table.records))
    {
        m_list.badLines = std::move(table.badLines);
        m_list.entries.reserve(m_records.size());
    }

    RedirectList read()
    {
        for (std::size_t i = 0; i < m_records.size(); ++i) {
            const auto header = i == 0 ? headerIn(m_records[i]) : std::nullopt;
            if (header)
                m_columns = *header;
            else
                take(m_records[i]);
        }
        std::ranges::stable_sort(m_list.badLines, {}, &BadLine::number);
        return std::move(m_list);
    }

private:
    void take(const CsvRecord &record)
    {
        const auto entry = checkedRedirect({record.cells.value(m_columns.from), record.cells.value(m_columns.to)});
        if (!entry)
            return refuse(record, entry.error().message);
        const auto known = m_lineOf.constFind(entry->from);
        if (known != m_lineOf.cend())
            return refuse(record, Text::tr("The old address stands in line %1 already.").arg(*known));
        if (m_list.entries.size() >= kMostRedirects)
            return refuse(record, Text::tr("There are more than %1 addresses in the file.").arg(kMostRedirects));
        m_lineOf.insert(entry->from, record.line);
        m_list.entries.push_back(*entry);
    }

    void refuse(const CsvRecord &record, const QString &why)
    {
        m_list.badLines.push_back({record.line, plainText(redact(record.cells.join(u", "_s)), kLongestShown), why});
    }

    std::vector<CsvRecord> m_records;
    Columns m_columns;
    QHash<QString, int> m_lineOf;
    RedirectList m_list;
};

} // namespace

Result<RedirectList> parseRedirectMap(const QByteArray &bytes)
{
    const Result<QString> text = decoded(bytes);
    if (!text)
        return tl::unexpected(text.error());
    return ListReader(parseCsv(*text, csvSeparatorOf(*text))).read();
}

Result<RedirectList> readRedirectMap(const QString &path)
{
    QFile file(path);
    const QString shown = QDir::toNativeSeparators(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Storage, Text::tr("%1 cannot be read: %2").arg(shown, file.errorString()));
    // A pipe or device tells no size, so that one byte more than allowed is asked for.
    const QByteArray bytes = file.read(kLargestFile + 1);
    if (bytes.size() > kLargestFile)
        return failure(ErrorKind::TooLarge,
                       Text::tr("%1 is larger than a megabyte, too large for a list of addresses.").arg(shown));
    return parseRedirectMap(bytes);
}

} // namespace cockpit
