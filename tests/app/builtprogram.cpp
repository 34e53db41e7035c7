#include "tests/app/builtprogram.h"

#include "tests/lab/sanitized.h"

#include <QElapsedTimer>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestMs = 60000 * lab::kSlowdown;

QProcessEnvironment environmentOf(const QTemporaryDir &home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &display :
         {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s, u"DBUS_SESSION_BUS_ADDRESS"_s})
        environment.remove(display);
    environment.insert(u"HOME"_s, home.path());
    environment.insert(u"XDG_STATE_HOME"_s, home.filePath(u"state"_s));
    environment.insert(u"XDG_CONFIG_HOME"_s, home.filePath(u"config"_s));
    environment.insert(u"LANG"_s, u"C.UTF-8"_s);
    return environment;
}

} // namespace

std::vector<QJsonObject> Ended::results(const QString &checkId) const
{
    std::vector<QJsonObject> found;
    for (const QJsonValue check : json().value("checks"_L1).toArray()) {
        if (check.toObject().value("id"_L1).toString() == checkId)
            found.push_back(check.toObject());
    }
    return found;
}

std::unique_ptr<QProcess> BuiltProgram::prepared(const QStringList &arguments) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environmentOf(m_home));
    process->setWorkingDirectory(m_home.path());
    process->setProgram(QStringLiteral(LAUNCH_COCKPIT));
    process->setArguments(arguments);
    return process;
}

Ended BuiltProgram::run(const QStringList &arguments) const
{
    return runInside({}, arguments);
}

Ended BuiltProgram::runInside(const QStringList &wrapper, const QStringList &arguments) const
{
    const std::unique_ptr<QProcess> process = prepared(arguments);
    if (!wrapper.isEmpty()) {
        process->setArguments(wrapper.mid(1) + QStringList(process->program()) + arguments);
        process->setProgram(wrapper.first());
    }
    QElapsedTimer clock;
    clock.start();
    process->start();
    if (!process->waitForFinished(kLongestMs))
        return {};
    const int status = process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1;
    return {status, process->readAllStandardOutput(), process->readAllStandardError(),
            std::chrono::milliseconds(clock.elapsed())};
}

} // namespace cockpit
