#include "checks/secrets/openbelow.h"

#include <QFile>
#include <QList>

#include <fcntl.h>

namespace cockpit {

// Name by name from the top: no link is followed, and none of the names leads out.
Descriptor openBelow(const QString &top, const QByteArray &path)
{
    Descriptor folder(::open(QFile::encodeName(top).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const QList<QByteArray> names = path.split('/');
    for (qsizetype i = 0; i < names.size() && folder.isOpen(); ++i) {
        if (names[i].isEmpty() || names[i] == "." || names[i] == "..")
            return Descriptor();
        // Not blocking: a pipe that took the file's place would wait for a writer.
        const int kind = i + 1 < names.size() ? O_DIRECTORY : O_NONBLOCK | O_NOCTTY;
        folder = Descriptor(::openat(folder.number(), names[i].constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | kind));
    }
    return folder;
}

} // namespace cockpit
