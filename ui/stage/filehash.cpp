#include "ui/stage/filehash.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FileHash)
};

} // namespace

Result<QString> sha256OfFile(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, Text::tr("%1 could not be read.").arg(QFileInfo(path).fileName()),
                       file.errorString());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!hash.addData(&file))
        return failure(ErrorKind::Storage, Text::tr("%1 could not be read to its end.").arg(QFileInfo(path).fileName()),
                       file.errorString());
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace cockpit
