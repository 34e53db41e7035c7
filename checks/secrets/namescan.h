// Secrets in the names of files and folders themselves: whoever sees the list of files has them.
#pragma once

#include "checks/secrets/textscanner.h"

#include <functional>
#include <vector>

namespace cockpit {

// Names are looked at many at a time, each by itself. One thread.
class NameScan
{
public:
    // path: up to the name that has it. The hit's place is one in that name, and line and column say nothing.
    using OnName = std::function<void(const QByteArray &path, SecretHit hit)>;

    // The scanner must outlive it.
    NameScan(TextScanner &scanner, OnName onName) : m_scanner(scanner), m_onName(std::move(onName)) {}

    // Of a file, with '/' between names. A folder is looked at once for files that follow each other.
    void add(const QByteArray &path);
    // The names that are left. Fails as TextScanner::scanNames() did, for these or for those before.
    [[nodiscard]] Result<void> finish();

private:
    struct Name
    {
        QByteArray path;
        qsizetype from = 0; // of its last name
    };
    void addName(const QByteArray &path, qsizetype from);
    void look();

    TextScanner &m_scanner;
    const OnName m_onName;
    std::vector<Name> m_names;
    QByteArray m_folder; // of the last file
    qsizetype m_bytes = 0;
    Result<void> m_looked;
};

} // namespace cockpit
