#include "models/sourceguess.h"

#include "models/pathwords.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LocalSource)
};

bool endsWithAny(const QString &name, std::initializer_list<QLatin1StringView> endings)
{
    return std::ranges::any_of(endings, [&](QLatin1StringView ending) { return name.endsWith(ending); });
}

bool isAnyOf(const QString &name, std::initializer_list<QLatin1StringView> names)
{
    return std::ranges::find(names, name) != names.end();
}

SourceKind guessedFolder(const QString &name)
{
    if (isPutOnlineFolder(name))
        return SourceKind::Build;
    if (isAnyOf(name, {"log"_L1, "logs"_L1}))
        return SourceKind::Log;
    if (isAnyOf(name, {"prompts"_L1, "conversations"_L1, "transcripts"_L1}))
        return SourceKind::Prompts;
    return name.contains("osv"_L1) || name == "advisories"_L1 ? SourceKind::Advisories : SourceKind::Code;
}

SourceKind guessedFile(const QString &name)
{
    if (isEnvFileName(name) || isComposeFileName(name))
        return SourceKind::Settings;
    if (name == "all.zip"_L1 || name.contains("osv"_L1)) // as https://osv.dev hands them out
        return SourceKind::Advisories;
    if (endsWithAny(name, {".apk"_L1, ".aab"_L1, ".ipa"_L1, ".jar"_L1, ".war"_L1, ".zip"_L1, ".tgz"_L1, ".tar.gz"_L1}))
        return SourceKind::Package;
    if (name.contains("build"_L1) || name.contains("deploy"_L1) || name.contains("pipeline"_L1))
        return SourceKind::CiLog;
    if (name.endsWith(".jsonl"_L1) || name.contains("prompt"_L1) || name.contains("conversation"_L1))
        return SourceKind::Prompts;
    return endsWithAny(name, {".js"_L1, ".html"_L1, ".css"_L1}) ? SourceKind::Build : SourceKind::Log;
}

} // namespace

QString labelOf(SourceStanding value)
{
    switch (value) {
    case SourceStanding::Folder:
        return Text::tr("Folder");
    case SourceStanding::File:
        return Text::tr("File");
    case SourceStanding::Missing:
        return Text::tr("Not there");
    case SourceStanding::Unreadable:
        return Text::tr("May not be read");
    case SourceStanding::Special:
        return Text::tr("No ordinary file");
    }
    Q_UNREACHABLE();
}

SourceStanding standingOf(const LocalSource &source)
{
    const QFileInfo info(source.path);
    if (!info.exists())
        return SourceStanding::Missing;
    if (!info.isDir() && !info.isFile())
        return SourceStanding::Special;
    if (!info.isReadable())
        return SourceStanding::Unreadable;
    return info.isDir() ? SourceStanding::Folder : SourceStanding::File;
}

bool isFolder(const QString &path)
{
    return QFileInfo(path).isDir();
}

LocalSource guessedSource(const QString &path, bool isFolder)
{
    const QString name = QFileInfo(QDir::cleanPath(path)).fileName().toLower();
    const SourceKind kind = isFolder ? guessedFolder(name) : guessedFile(name);
    LocalSource source{kind, path, std::nullopt};
    if (kind == SourceKind::Settings || kind == SourceKind::Log)
        source.environment = environmentOfPath(name);
    return source;
}

} // namespace cockpit
