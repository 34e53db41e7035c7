#include "app/practice/workspace.h"

#include "app/practice/workspacerepository.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

Result<void> write(const QString &folder, const std::vector<WorkspaceFile> &files)
{
    for (const WorkspaceFile &each : files) {
        QFile file(folder + u'/' + each.path);
        QDir().mkpath(QFileInfo(file).absolutePath());
        if (!file.open(QIODevice::WriteOnly) || file.write(each.text) != each.text.size() || !file.flush()) {
            return failure(
                ErrorKind::Storage,
                Text::tr("The practice company could not write its files to %1: %2").arg(folder, file.errorString()));
        }
    }
    return {};
}

} // namespace

Result<void> makeWorkspace(const QString &folder)
{
    const QString code = folder + u"/code"_s;
    return write(folder, firstWorkspace())
        .and_then([&] { return commitAll(code, "Send invoices and take payments"); })
        .and_then([&] { return write(folder, changedWorkspace()); })
        .and_then([&] { return commitAll(code, "Read the key for mail from the settings"); })
        .and_then([&] { return write(folder, besideWorkspace()); });
}

std::vector<LocalSource> workspaceSources(const QString &folder)
{
    return {{SourceKind::Code, folder + u"/code"_s, std::nullopt},
            {SourceKind::Build, folder + u"/dist"_s, std::nullopt},
            {SourceKind::Settings, folder + u"/settings/staging.env"_s, Environment::Staging},
            {SourceKind::Settings, folder + u"/settings/production.env"_s, Environment::Production},
            {SourceKind::Log, folder + u"/logs/app.log"_s, Environment::Production}};
}

} // namespace cockpit
