// What each start of the program keeps for the next one: the compiled patterns, and the key of this user that seals
// them. Made once for all test programs of a build (to compile all patterns takes seconds of a processor) and put into
// the homes of those where a first start is not what a test is about.
#pragma once

#include "tests/app/builtprogram.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>

namespace cockpit {

class WarmHome
{
public:
    // False when the start failed. Other test programs may do the same at the same time: who comes first is kept.
    bool make()
    {
        if (QFileInfo::exists(m_folder))
            return true;
        removeThoseOfOtherBuilds();
        const BuiltProgram first;
        const QString making = m_folder + QStringLiteral("-%1").arg(QCoreApplication::applicationPid());
        // All keywords stand in the rules: each pattern is compiled.
        const int status = first.run({QStringLiteral("secrets"), QStringLiteral(COCKPIT_SECRET_RULES)}).status;
        if ((status != 0 && status != 1) || !QDir().mkpath(making) || !copy(first.path({}), making))
            return false;
        if (!QDir().rename(making, m_folder))
            QDir(making).removeRecursively();
        return QFileInfo::exists(m_folder);
    }
    bool copyTo(const BuiltProgram &other) const { return copy(m_folder, other.path({})); }

private:
    static bool copy(const QString &from, const QString &to)
    {
        return QProcess::execute(QStringLiteral("cp"), {QStringLiteral("-a"), from + QStringLiteral("/.cache"),
                                                        from + QStringLiteral("/.local"), to}) == 0;
    }
    void removeThoseOfOtherBuilds() const
    {
        const QFileInfo own(m_folder);
        for (const QFileInfo &other : own.dir().entryInfoList({QStringLiteral("warmhome-*")}, QDir::Dirs)) {
            if (!other.fileName().startsWith(own.fileName()))
                QDir(other.filePath()).removeRecursively();
        }
    }
    // Of this very build of the program, so that no other's patterns are tested with.
    static QString folderOfBuild()
    {
        const QFileInfo program(QStringLiteral(LAUNCH_COCKPIT));
        const QByteArray build =
            QByteArray::number(program.lastModified().toMSecsSinceEpoch()) + ' ' + QByteArray::number(program.size());
        return QCoreApplication::applicationDirPath() + QStringLiteral("/warmhome-") +
               QString::fromLatin1(QCryptographicHash::hash(build, QCryptographicHash::Sha256).toHex().left(16));
    }

    const QString m_folder = folderOfBuild();
};

} // namespace cockpit
