// Files of settings that are links to a place outside of the folder that is looked at: they are not followed, so what
// stands in them is not seen, and whoever looks is told.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <mutex>

namespace cockpit {

// How many, and the first of them by name, as shown.
struct OutsideFiles
{
    static constexpr qsizetype kMostNamed = 20;

    qint64 count = 0;
    QStringList names;

    bool operator==(const OutsideFiles &) const = default;
};

class OutsideSettings
{
public:
    // root: a folder.
    explicit OutsideSettings(const QString &root);

    // Of each link, by its path below the root; from any thread. Asks where it leads, and opens nothing. One that leads
    // nowhere holds nothing, and what is below the root is met there.
    void note(const QByteArray &path);
    OutsideFiles files() const; // when the walk is over

private:
    const QString m_root; // canonical
    mutable std::mutex m_mutex;
    OutsideFiles m_files;
};

// A sentence; empty where there are none.
QString sentenceOf(const OutsideFiles &files);

} // namespace cockpit
