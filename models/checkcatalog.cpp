#include "models/checkcatalog.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <numeric>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CheckCatalog)
};

// "mail.mta-sts": a family and a name, in small letters, digits and hyphens.
bool isWellFormed(const QString &id)
{
    static const QRegularExpression pattern(u"\\A[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*\\z"_s);
    return pattern.match(id).hasMatch();
}

Result<CatalogEntry> parseEntry(const QJsonObject &object)
{
    const QString id = object["id"_L1].toString();
    if (!isWellFormed(id))
        return failure(ErrorKind::BadInput, Text::tr("The list of checks has a malformed id: “%1”.").arg(id.left(80)));
    const auto kind = fromWord<CheckKind>(object["kind"_L1].toString());
    if (!kind)
        return failure(ErrorKind::BadInput, Text::tr("The list of checks gives %1 an unknown kind.").arg(id));
    const QString title = object["title"_L1].toString();
    if (title.isEmpty())
        return failure(ErrorKind::BadInput, Text::tr("The list of checks gives %1 no title.").arg(id));
    return CatalogEntry{.id = id, .kind = *kind, .title = title};
}

// Levenshtein's distance, one row at a time.
qsizetype editDistance(const QString &a, const QString &b)
{
    std::vector<qsizetype> row(static_cast<std::size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        qsizetype diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j < row.size(); ++j) {
            const qsizetype replaced = diagonal + (a[i - 1] == b[static_cast<qsizetype>(j) - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
        }
    }
    return row.back();
}

} // namespace

Result<CheckCatalog> CheckCatalog::parse(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return failure(ErrorKind::BadInput, Text::tr("The list of checks is not JSON: %1.").arg(error.errorString()));
    if (document["schema"_L1].toInt() != 1 || !document["checks"_L1].isArray())
        return failure(ErrorKind::BadInput, Text::tr("The list of checks has a form that this program does not know."));

    CheckCatalog catalog;
    for (const QJsonValue value : document["checks"_L1].toArray()) {
        auto entry = parseEntry(value.toObject());
        if (!entry)
            return tl::unexpected(entry.error());
        if (catalog.find(entry->id))
            return failure(ErrorKind::BadInput, Text::tr("The list of checks names %1 twice.").arg(entry->id));
        catalog.m_entries.push_back(std::move(*entry));
    }
    return catalog;
}

Result<CheckCatalog> CheckCatalog::load()
{
    QFile file(u":/checks.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, Text::tr("The list of checks is missing from this program."));
    return parse(file.readAll());
}

const CatalogEntry *CheckCatalog::find(const QString &id) const
{
    const auto it = std::ranges::find(m_entries, id, &CatalogEntry::id);
    return it == m_entries.end() ? nullptr : &*it;
}

std::set<QString> CheckCatalog::ids() const
{
    std::set<QString> ids;
    for (const CatalogEntry &entry : m_entries)
        ids.insert(entry.id);
    return ids;
}

QString CheckCatalog::nearest(const QString &mistyped) const
{
    // Longer words than any id need no exact distance.
    const QString word = mistyped.left(100).toLower();
    const auto distance = [&word](const CatalogEntry &entry) { return editDistance(word, entry.id); };
    const auto it = std::ranges::min_element(m_entries, {}, distance);
    return it == m_entries.end() ? QString() : it->id;
}

} // namespace cockpit
