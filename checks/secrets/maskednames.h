// Names that hold a secret themselves: a folder called after a key, an author whose name is a token. Reports show
// names, so what is secret in them is masked.
#pragma once

#include "checks/secrets/historyscan.h"
#include "checks/secrets/treescan.h"

#include <QHash>
#include <QSet>

namespace cockpit {

// The name with what was found in it masked; public keys stay.
QByteArray maskedBy(const std::vector<SecretHit> &hits, const QByteArray &name);

class NameMask
{
public:
    // The scanner must outlive it.
    explicit NameMask(TextScanner &scanner) : m_scanner(scanner) {}

    // Paths, authors and sentences, all in one pass: a report may have a hundred thousand. Fails where they could not
    // be searched: then no name of the scan may be shown.
    [[nodiscard]] Result<void> mask(TreeScan &scan);
    [[nodiscard]] Result<void> mask(HistoryScan &scan);

private:
    void learn(const QByteArray &name);
    void learn(const std::vector<FoundSecret> &found);
    Result<void> look();
    QByteArray masked(const QByteArray &name) const { return m_masked.value(name, name); }
    QString masked(const QString &name) const { return QString::fromUtf8(masked(name.toUtf8())); }
    void maskNote(std::optional<CommitNote> &note) const;
    void maskAll(QStringList &sentences) const;
    void mask(std::vector<FoundSecret> &found) const;

    TextScanner &m_scanner;
    QSet<QByteArray> m_names;
    QHash<QByteArray, QByteArray> m_masked; // those that hold a secret, which are few
};

} // namespace cockpit
