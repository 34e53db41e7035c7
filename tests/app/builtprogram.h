// The built program, started the way a deploy gate starts it: no display, no terminal, no keychain, a home of its own.
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <chrono>
#include <memory>

namespace cockpit {

struct Ended
{
    int status = -1; // of a program that did not end in time, too
    QByteArray out;
    QByteArray complaint; // standard error
    std::chrono::milliseconds took{0};

    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    // Every result of the check in the report; more than one when it is asked for each host.
    std::vector<QJsonObject> results(const QString &checkId) const;
};

class BuiltProgram
{
public:
    QString path(const QString &name) const { return m_home.filePath(name); } // in its home
    Ended run(const QStringList &arguments) const;
    // The same inside another program that starts it ("unshare -rn").
    Ended runInside(const QStringList &wrapper, const QStringList &arguments) const;
    std::unique_ptr<QProcess> prepared(const QStringList &arguments) const;

private:
    QTemporaryDir m_home;
};

} // namespace cockpit
