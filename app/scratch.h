// A folder for what is needed only while the program runs. It goes with the object; what a killed program left behind
// is removed by the next one that makes a folder, so that leftovers never pile up.
#pragma once

#include <QLockFile>
#include <QString>
#include <QTemporaryDir>

#include <memory>

namespace cockpit {

class Scratch
{
public:
    Scratch();

    bool isReady() const { return m_lock && m_lock->isLocked(); }
    // Both are empty where no folder could be made.
    QString path() const { return isReady() ? m_folder->path() : QString(); }
    QString filePath(const QString &name) const { return isReady() ? m_folder->filePath(name) : QString(); }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QLockFile> m_lock; // tells others that the folder is in use; gone before the folder
};

} // namespace cockpit
