// Repositories for tests, made by git itself, with nothing of this machine's settings.
#pragma once

#include "tests/lab/spawned.h"

#include <QDir>
#include <QFile>
#include <QProcessEnvironment>
#include <QTemporaryDir>

class GitFixture
{
public:
    explicit GitFixture(const QString &name = QStringLiteral("repository"))
        : m_root(QDir(m_folder.path()).filePath(name))
    {
    }

    const QString &root() const { return m_root; }
    QString path(const QString &inside) const { return QDir(m_root).filePath(inside); }

    // What git printed, without the last line end; empty with a warning in the log when it failed.
    QByteArray git(const QStringList &arguments, const QByteArray &input = {}) const
    {
        QDir().mkpath(m_root);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"})
            environment.remove(QLatin1StringView(name));
        environment.insert(QStringLiteral("GIT_CONFIG_GLOBAL"), QStringLiteral("/dev/null"));
        environment.insert(QStringLiteral("GIT_CONFIG_SYSTEM"), QStringLiteral("/dev/null"));
        for (const char *who : {"AUTHOR", "COMMITTER"}) {
            environment.insert(QStringLiteral("GIT_%1_NAME").arg(QLatin1StringView(who)),
                               QStringLiteral("Ada Example"));
            environment.insert(QStringLiteral("GIT_%1_EMAIL").arg(QLatin1StringView(who)),
                               QStringLiteral("ada@example.com"));
            environment.insert(QStringLiteral("GIT_%1_DATE").arg(QLatin1StringView(who)),
                               QStringLiteral("%1 +0130").arg(m_time));
        }
        m_time += 60;
        const auto ran = cockpit::lab::spawned(QStringList{QStringLiteral("git")} + arguments, m_root,
                                               environment.toStringList(), input);
        if (ran.status != 0)
            qWarning("git %s: %s", qPrintable(arguments.join(QLatin1Char(' '))), ran.errors.constData());
        return ran.out.trimmed();
    }
    void init(const QStringList &options = {}) const
    {
        git(QStringList{QStringLiteral("init"), QStringLiteral("-q"), QStringLiteral("-b"), QStringLiteral("main")} +
            options);
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QDir().mkpath(QFileInfo(path(name)).absolutePath());
        QFile file(path(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
    }
    // Commits everything in the working tree; the commit's id.
    QByteArray commitAll(const QString &message) const
    {
        git({QStringLiteral("add"), QStringLiteral("-A")});
        git({QStringLiteral("commit"), QStringLiteral("-q"), QStringLiteral("--allow-empty"), QStringLiteral("-m"),
             message});
        return git({QStringLiteral("rev-parse"), QStringLiteral("HEAD")});
    }
    // The name that git gives to these bytes.
    QByteArray blobId(const QByteArray &bytes) const
    {
        return git({QStringLiteral("hash-object"), QStringLiteral("--stdin")}, bytes);
    }

private:
    QTemporaryDir m_folder;
    QString m_root;
    mutable qint64 m_time = 1'700'000'000; // a minute later with each command
};
