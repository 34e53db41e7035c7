// The closed list of check ids (resources/checks.json): every id that a roadmap may name, built or not.
#pragma once

#include "models/result.h"
#include "models/vocabulary.h"

#include <QString>

#include <set>
#include <vector>

namespace cockpit {

struct CatalogEntry
{
    QString id;
    CheckKind kind = CheckKind::Passive;
    QString title; // what it proves, one sentence

    QString family() const { return id.section(QLatin1Char('.'), 0, 0); }
    bool operator==(const CatalogEntry &) const = default;
};

class CheckCatalog
{
public:
    // Refuses duplicate ids, unknown kinds and malformed ids.
    [[nodiscard]] static Result<CheckCatalog> parse(const QByteArray &json);
    // The shipped catalogue; a broken resource is a programming error that a test catches.
    [[nodiscard]] static Result<CheckCatalog> load();

    const std::vector<CatalogEntry> &entries() const { return m_entries; }
    const CatalogEntry *find(const QString &id) const;
    std::set<QString> ids() const;
    // The known id nearest to a mistyped one (edit distance), for "did you mean".
    QString nearest(const QString &mistyped) const;

private:
    std::vector<CatalogEntry> m_entries;
};

} // namespace cockpit
