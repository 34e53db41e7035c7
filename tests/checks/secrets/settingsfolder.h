// A project's files with settings, in a folder of the test's own.
#pragma once

#include "checks/engine/observations.h"
#include "checks/secrets/exampletemplate.h"
#include "checks/secrets/settings/readsettings.h"
#include "checks/secrets/settings/settingstable.h"
#include "tests/checks/secrets/allrules.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace cockpit::test {

using namespace Qt::StringLiterals;

// A value by a rule's template, another one for each seed.
inline QByteArray key(const char *form, quint32 seed = 1)
{
    return expanded(QByteArray(form), seed);
}

class SettingsFolder
{
public:
    QString path() const { return m_folder.path(); }
    QString path(const QString &name) const { return m_folder.filePath(name); }

    void write(const QString &name, const QByteArray &text) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    void git(const QString &folder, const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(path(folder));
        process.start(u"git"_s, arguments);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
    }

private:
    QTemporaryDir m_folder;
};

inline Result<env::SettingsRead> ask(std::vector<LocalSource> sources, const CancelToken &token)
{
    Observations seen({}, token, Deadline::never(), nullptr);
    return *seen.ask(env::ReadSettings{std::move(sources), QByteArray(32, 'k'), allRules()});
}

inline env::SettingsRead readAll(std::vector<LocalSource> sources)
{
    auto read = ask(std::move(sources), {});
    if (!read)
        qFatal("%s", qPrintable(read.error().message));
    return *read;
}

} // namespace cockpit::test
