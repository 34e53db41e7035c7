#include "checks/secrets/gitincludes.h"

#include "checks/secrets/wipedmemory.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

#include <sys/stat.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GitRepository)
};

constexpr off_t kLargest = off_t(16) << 20;
constexpr qsizetype kMostIncludes = 100;

// A value as it is written: quotes, escapes, and a remark behind it.
QByteArray valueOf(const QByteArray &written)
{
    QByteArray value;
    bool isQuoted = false;
    for (qsizetype i = 0; i < written.size(); ++i) {
        const char c = written[i];
        if (!isQuoted && (c == '#' || c == ';'))
            break;
        if (c == '"')
            isQuoted = !isQuoted;
        else if (c == '\\' && i + 1 < written.size())
            value += written[++i];
        else
            value += c;
    }
    return value.trimmed();
}

// Of every "path", whatever its section: a name too many is looked at and no more.
QStringList includesIn(QByteArray text)
{
    static const QRegularExpression path(uR"((?:^|\])[ \t\v\f\r]*path[ \t\v\f\r]*=([^\n]*))"_s,
                                         QRegularExpression::MultilineOption |
                                             QRegularExpression::CaseInsensitiveOption);
    text.replace("\\\r\n", "").replace("\\\n", ""); // lines that go on
    QStringList paths;
    QString characters = QString::fromLatin1(text);
    for (auto it = path.globalMatch(characters); it.hasNext();)
        paths += QFile::decodeName(valueOf(it.next().captured(1).toLatin1()));
    // Addresses of remotes hold tokens.
    wipeMemory(characters.data(), sizeof(QChar) * static_cast<size_t>(characters.size()));
    wipeMemory(text.data(), static_cast<size_t>(text.size()));
    return paths;
}

QString resolved(const QString &config, const QString &path)
{
    if (path.startsWith("~/"_L1))
        return QDir::homePath() + path.mid(1);
    return QFileInfo(config).dir().absoluteFilePath(path);
}

Result<void> checkKind(const QString &config, const QString &included)
{
    struct stat status
    {
    };
    if (::stat(QFile::encodeName(included).constData(), &status) != 0 || S_ISDIR(status.st_mode) ||
        (S_ISREG(status.st_mode) && status.st_size <= kLargest))
        return {};
    return failure(ErrorKind::NotPermitted, Text::tr("%1 includes %2, which is a pipe, a device or far too large, so "
                                                     "the repository was not opened.")
                                                .arg(config, included));
}

} // namespace

Result<void> checkIncludes(const QString &config)
{
    QStringList all{config};
    for (qsizetype i = 0; i < all.size() && i < kMostIncludes; ++i) {
        const QString at = all[i];
        QFile file(at);
        if (!QFileInfo(at).isFile() || !file.open(QIODevice::ReadOnly))
            continue;
        const QStringList paths = includesIn(file.read(std::min<qint64>(file.size(), kLargest)));
        for (const QString &path : paths) {
            const QString included = resolved(at, path);
            if (auto checked = checkKind(at, included); !checked)
                return checked;
            if (!all.contains(included))
                all += included;
        }
    }
    return {};
}

} // namespace cockpit
