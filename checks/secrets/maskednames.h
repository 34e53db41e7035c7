// Names that hold a secret themselves: a folder called after a key, an author whose name is a token. Reports show
// names, so what is secret in them is masked.
#pragma once

#include "checks/secrets/historyscan.h"
#include "checks/secrets/treescan.h"

#include <QHash>

namespace cockpit {

class NameMask
{
public:
    // The scanner must outlive it.
    explicit NameMask(TextScanner &scanner) : m_scanner(scanner) {}

    QByteArray masked(const QByteArray &name);
    QString masked(const QString &name) { return QString::fromUtf8(masked(name.toUtf8())); }

    // Paths, authors and sentences.
    void mask(TreeScan &scan);
    void mask(HistoryScan &scan);

private:
    void mask(std::vector<FoundSecret> &found);

    TextScanner &m_scanner;
    QHash<QByteArray, QByteArray> m_known; // most secrets stand in few files
};

} // namespace cockpit
