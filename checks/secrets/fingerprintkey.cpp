#include "checks/secrets/fingerprintkey.h"

#include "checks/secrets/descriptor.h"

#include <QCoreApplication>
#include <QDir>
#include <QRandomGenerator>

#include <array>
#include <cerrno>
#include <optional>

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FingerprintKey)
};

constexpr qsizetype kBytes = 32;
constexpr mode_t kOwnerOnly = 0600;

enum class Stored { Missing, Broken };

// The key, or why there is none.
std::optional<QByteArray> readKey(const QByteArray &path, Stored &whyNot)
{
    const Descriptor file(::open(path.constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    whyNot = !file.isOpen() && (errno == ENOENT || errno == ENOTDIR) ? Stored::Missing : Stored::Broken;
    if (!file.isOpen())
        return std::nullopt;
    struct stat status
    {
    };
    const bool isKey = ::fstat(file.number(), &status) == 0 && S_ISREG(status.st_mode) && status.st_size == kBytes;
    QByteArray key(kBytes, '\0');
    if (!isKey || ::read(file.number(), key.data(), static_cast<size_t>(kBytes)) != kBytes)
        return std::nullopt;
    if ((status.st_mode & 0777) != kOwnerOnly) // a backup that was put back, say
        ::fchmod(file.number(), kOwnerOnly);
    return key;
}

// Whole or not at all, and never over one that is there: written beside it, then given the name.
bool storeKey(const QByteArray &path, const QByteArray &key)
{
    const QByteArray beside =
        path + '.' + QByteArray::number(QRandomGenerator::system()->generate64(), 36); // nobody else's
    bool isWritten = false;
    {
        const Descriptor file(::open(beside.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly));
        isWritten = file.isOpen() &&
                    ::write(file.number(), key.constData(), static_cast<size_t>(key.size())) == kBytes &&
                    ::fsync(file.number()) == 0;
    }
    const bool isThere = isWritten && (::link(beside.constData(), path.constData()) == 0 || errno == EEXIST);
    ::unlink(beside.constData());
    return isThere;
}

} // namespace

QByteArray fingerprintOf(std::string_view value, const QByteArray &key)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned length = 0;
    HMAC(EVP_sha256(), key.constData(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char *>(value.data()), value.size(), mac.data(), &length);
    return QByteArray(reinterpret_cast<const char *>(mac.data()), static_cast<qsizetype>(length)).toHex();
}

QByteArray newFingerprintKey()
{
    std::array<quint32, kBytes / sizeof(quint32)> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return QByteArray(reinterpret_cast<const char *>(words.data()), kBytes);
}

FingerprintKey fingerprintKeyIn(const QString &folder)
{
    const QString path = QDir(folder).filePath(u"fingerprint.key"_s);
    const QByteArray name = QFile::encodeName(path);
    auto stored = Stored::Missing;
    if (const auto key = readKey(name, stored))
        return {*key, true, {}};
    const QByteArray fresh = newFingerprintKey();
    if (stored == Stored::Broken)
        return {fresh, false,
                Text::tr("%1 is no key for fingerprints, or cannot be read: those of this session will not match "
                         "earlier ones. Delete the file to have a new one made.")
                    .arg(QDir::toNativeSeparators(path))};
    const bool hasFolder = !folder.isEmpty() && QDir().mkpath(folder);
    if (hasFolder && storeKey(name, fresh)) {
        if (const auto key = readKey(name, stored)) // another program's, when that was faster
            return {*key, true, {}};
    }
    return {fresh, false,
            Text::tr("%1 cannot be written: the fingerprints of this session will not match those of the next.")
                .arg(QDir::toNativeSeparators(path))};
}

} // namespace cockpit
