// Code with guards in it, and a look at them.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/secretguards.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTest>

namespace cockpit::test {

using namespace Qt::StringLiterals;

// "gitleaks:3", with "!" where it stops nothing, "~" where it is not on each change.
inline QStringList printed(const std::vector<GuardUse> &uses)
{
    QStringList lines;
    for (const GuardUse &use : uses) {
        const QString marks = (use.stops ? QString() : u"!"_s) + (use.isOnEachChange ? QString() : u"~"_s);
        lines += u"%1:%2%3"_s.arg(use.guard.id).arg(use.line).arg(marks);
    }
    return lines;
}

inline void writeTo(const QString &path, const QByteArray &bytes, bool isExecutable = false)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    if (isExecutable)
        file.setPermissions(file.permissions() | QFile::ExeOwner);
}

inline void git(const QString &folder, const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(u"git"_s, arguments);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
}

inline Judged look(const Check &check, const QString &folder)
{
    Observations seen({}, {}, Deadline::in(std::chrono::seconds(20)), nullptr);
    ProjectFacts facts;
    facts.sources = {{SourceKind::Code, folder, {}}};
    return check.look({seen, {}, nullptr, {}, facts, QDateTime()});
}

inline QStringList codesOf(const Judged &judged)
{
    QStringList codes;
    for (const Finding &finding : judged.findings)
        codes += finding.code + u' ' + toWord(finding.severity);
    return codes;
}

} // namespace cockpit::test
