#include "checks/secrets/patternkeep.h"

#include <QDataStream>
#include <QDir>
#include <QFileInfo>
#include <QMessageAuthenticationCode>
#include <QSaveFile>

#include <algorithm>

#include <openssl/crypto.h>
#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kLargestFile = qint64(64) << 20; // all of them together have less than a tenth of it
constexpr qsizetype kSealBytes = 32;
// Changes with the form of the file.
constexpr QByteArrayView kForm = "launch-cockpit compiled patterns 3\n";
constexpr auto kOwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

QString fileOf(const PatternKeeping &keeping, const QString &name)
{
    return QDir(keeping.folder).filePath(u"secrets-%1.patterns"_s.arg(name));
}

QByteArray sealOf(const QByteArray &content, const QByteArray &key)
{
    QMessageAuthenticationCode seal(QCryptographicHash::Sha256, key);
    seal.addData(kForm.data(), kForm.size()); // the key seals other things, too
    seal.addData(content);
    return seal.result();
}

bool isSame(const QByteArray &one, const QByteArray &other)
{
    return one.size() == other.size() &&
           CRYPTO_memcmp(one.constData(), other.constData(), static_cast<size_t>(one.size())) == 0;
}

// The file's bytes, when it is one that this user may have written.
QByteArray bytesOf(const QString &path)
{
    const QFileInfo info(path);
    const bool isOwn = info.isFile() && !info.isSymLink() && info.ownerId() == ::geteuid();
    QFile file(path);
    if (!isOwn || info.size() > kLargestFile || !file.open(QIODevice::ReadOnly))
        return {};
    // No more than there is: memory for the largest would be taken, and filled where freed memory is wiped.
    return file.read(std::min(info.size(), kLargestFile));
}

} // namespace

std::optional<CompiledPatterns> readKept(const PatternKeeping &keeping, const QString &name, const QByteArray &identity)
{
    if (keeping.folder.isEmpty() || keeping.key.isEmpty())
        return std::nullopt;
    const QByteArray bytes = bytesOf(fileOf(keeping, name));
    if (bytes.size() <= kSealBytes)
        return std::nullopt;
    // No copies: a database may have megabytes.
    const QByteArray content = QByteArray::fromRawData(bytes.constData() + kSealBytes, bytes.size() - kSealBytes);
    if (!isSame(sealOf(content, keeping.key), bytes.first(kSealBytes)))
        return std::nullopt;
    QDataStream stream(content);
    stream.setVersion(QDataStream::Qt_6_4);
    QByteArray itsIdentity;
    CompiledPatterns compiled;
    stream >> itsIdentity >> compiled.database >> compiled.widths;
    if (stream.status() != QDataStream::Ok || itsIdentity != identity)
        return std::nullopt;
    return compiled;
}

bool keepCompiled(const PatternKeeping &keeping, const QString &name, const QByteArray &identity,
                  const CompiledPatterns &compiled)
{
    if (keeping.folder.isEmpty() || keeping.key.isEmpty() || !QDir().mkpath(keeping.folder))
        return false;
    QByteArray content;
    QDataStream stream(&content, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << identity << compiled.database << compiled.widths;
    const QString path = fileOf(keeping, name);
    if (QFileInfo(path).isSymLink() && !QFile::remove(path)) // it would be followed
        return false;
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.setPermissions(kOwnerOnly) &&
           file.write(sealOf(content, keeping.key)) == kSealBytes && file.write(content) == content.size() &&
           file.commit();
}

} // namespace cockpit
