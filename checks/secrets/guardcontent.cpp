#include "checks/secrets/guardcontent.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GuardFiles)
};

constexpr qint64 kLongestFile = 1 << 20; // of a hook or a pipeline: people write them by hand

} // namespace

Result<QByteArray> guardContent(const QString &path)
{
    const QFileInfo info(path);
    if (info.isSymLink())
        return failure(ErrorKind::NotPermitted,
                       Text::tr("%1 is a link to another file. Change that file yourself.").arg(path));
    if (!info.exists())
        return QByteArray();
    QFile file(path);
    if (!info.isFile() || info.size() > kLongestFile || !file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotPermitted, Text::tr("%1 could not be read.").arg(path), file.errorString());
    return file.readAll();
}

} // namespace cockpit
