#include "models/environmentrows.h"

#include "models/csv.h"
#include "models/redactor.h"
#include "models/wordtable.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(EnvironmentRows)
};

constexpr std::array kCells{
    WordRow<SettingCell>{SettingCell::NotRead, "not_read", QT_TRANSLATE_NOOP("EnvironmentRows", "Not read")},
    WordRow<SettingCell>{SettingCell::Missing, "missing", QT_TRANSLATE_NOOP("EnvironmentRows", "Missing")},
    WordRow<SettingCell>{SettingCell::Empty, "empty", QT_TRANSLATE_NOOP("EnvironmentRows", "Empty")},
    WordRow<SettingCell>{SettingCell::Placeholder, "placeholder", QT_TRANSLATE_NOOP("EnvironmentRows", "Placeholder")},
    WordRow<SettingCell>{SettingCell::Elsewhere, "elsewhere", QT_TRANSLATE_NOOP("EnvironmentRows", "Kept elsewhere")},
    WordRow<SettingCell>{SettingCell::Unreadable, "unreadable",
                         QT_TRANSLATE_NOOP("EnvironmentRows", "Not readable here")},
    WordRow<SettingCell>{SettingCell::Set, "set", QT_TRANSLATE_NOOP("EnvironmentRows", "Set")},
    WordRow<SettingCell>{SettingCell::SameAsProduction, "same_as_production",
                         QT_TRANSLATE_NOOP("EnvironmentRows", "Same as production")},
    WordRow<SettingCell>{SettingCell::SameAsStaging, "same_as_staging",
                         QT_TRANSLATE_NOOP("EnvironmentRows", "Same as staging")},
    WordRow<SettingCell>{SettingCell::Live, "live", QT_TRANSLATE_NOOP("EnvironmentRows", "Live key")},
    WordRow<SettingCell>{SettingCell::Test, "test", QT_TRANSLATE_NOOP("EnvironmentRows", "Test key")},
};

const QStringList kChecks{u"secrets.env-completeness"_s, u"secrets.env-separation"_s, u"secrets.env-exposure"_s};

SettingCell cellOf(const QJsonValue &seen, bool wasRead)
{
    if (!seen.isObject())
        return wasRead ? SettingCell::Missing : SettingCell::NotRead;
    const QString state = seen["state"_L1].toString();
    if (state != "set"_L1)
        return state == "empty"_L1         ? SettingCell::Empty
               : state == "placeholder"_L1 ? SettingCell::Placeholder
               : state == "unreadable"_L1  ? SettingCell::Unreadable
                                           : SettingCell::Elsewhere;
    if (seen["same_as_production"_L1].toBool())
        return SettingCell::SameAsProduction;
    if (seen["same_as_staging"_L1].toBool())
        return SettingCell::SameAsStaging;
    const QString mode = seen["mode"_L1].toString();
    return mode == "live"_L1 ? SettingCell::Live : mode == "test"_L1 ? SettingCell::Test : SettingCell::Set;
}

QString worstOpen(const QString &name, const ProjectState &state)
{
    const Finding *worst = nullptr;
    for (const auto &[id, record] : state.findings) {
        const bool isAbout =
            record.isOpen() && record.finding.subject == name && kChecks.contains(record.finding.checkId);
        if (isAbout && (!worst || record.finding.severity < worst->severity))
            worst = &record.finding;
    }
    return worst ? worst->id() : QString();
}

// The table of the first check that has one.
QJsonObject lastTable(const ProjectState &state)
{
    for (const QString &check : kChecks) {
        for (const CheckResult *result : latestOf(check, state))
            if (!result->observed["settings"_L1].toArray().isEmpty())
                return result->observed;
    }
    return {};
}

} // namespace

QString toWord(SettingCell cell)
{
    return wordOf(kCells, cell);
}

QString labelOf(SettingCell cell)
{
    return Text::tr(rowOf(kCells, cell).label);
}

bool EnvironmentRow::isWrongAt(size_t environment) const
{
    const SettingCell cell = cells[environment];
    if (kComparedEnvironments[environment] != Environment::Production)
        return isSecret && (cell == SettingCell::SameAsProduction || cell == SettingCell::Live);
    const bool isAbsent = cell == SettingCell::Missing || cell == SettingCell::Empty;
    return (isNeeded && isAbsent) || cell == SettingCell::Placeholder || cell == SettingCell::Test;
}

bool EnvironmentRow::isWrong() const
{
    for (size_t i = 0; i < cells.size(); ++i) {
        if (isWrongAt(i))
            return true;
    }
    return isSecret && reachesBrowsers;
}

bool fits(EnvironmentChoice choice, const EnvironmentRow &row)
{
    const SettingCell live = row.cells.front();
    switch (choice) {
    case EnvironmentChoice::All:
        return true;
    case EnvironmentChoice::Wrong:
        return row.isWrong() || !row.findingId.isEmpty();
    case EnvironmentChoice::Secrets:
        return row.isSecret;
    case EnvironmentChoice::MissingInProduction:
        return live == SettingCell::Missing || live == SettingCell::Empty;
    case EnvironmentChoice::Shared:
        return std::ranges::any_of(row.cells, [](SettingCell cell) {
            return cell == SettingCell::SameAsProduction || cell == SettingCell::SameAsStaging;
        });
    case EnvironmentChoice::ReachesBrowsers:
        return row.reachesBrowsers;
    }
    Q_UNREACHABLE();
}

std::vector<EnvironmentRow> environmentRows(const ProjectState &state)
{
    const QJsonObject table = lastTable(state);
    const QJsonArray read = table["environments"_L1].toArray();
    std::vector<EnvironmentRow> rows;
    for (const QJsonValue seen : table["settings"_L1].toArray()) {
        EnvironmentRow row{.name = plainText(seen["name"_L1].toString(), 200),
                           .isSecret = seen["is_secret"_L1].toBool(),
                           .isNeeded = seen["is_needed"_L1].toBool(),
                           .reachesBrowsers = seen["in_browser"_L1].toBool(),
                           .cells = {},
                           .findingId = {}};
        row.findingId = worstOpen(row.name, state);
        for (size_t i = 0; i < kComparedEnvironments.size(); ++i) {
            const QString word = toWord(kComparedEnvironments[i]);
            row.cells[i] = cellOf(seen[word], read.contains(word));
        }
        rows.push_back(std::move(row));
    }
    std::stable_partition(rows.begin(), rows.end(), [](const EnvironmentRow &row) { return row.isWrong(); });
    return rows;
}

QByteArray environmentCsv(const std::vector<EnvironmentRow> &rows)
{
    QStringList header{Text::tr("Name")};
    for (const Environment environment : kComparedEnvironments)
        header.append(labelOf(environment));
    header.append(Text::tr("Reaches browsers"));
    QString csv = csvRecord(header);
    for (const EnvironmentRow &row : rows) {
        QStringList cells{row.name};
        for (const SettingCell cell : row.cells)
            cells.append(labelOf(cell));
        cells.append(row.reachesBrowsers ? Text::tr("Yes") : Text::tr("No"));
        csv += csvRecord(cells);
    }
    return csv.toUtf8();
}

} // namespace cockpit
