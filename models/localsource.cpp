#include "models/localsource.h"

#include "models/wordtable.h"

#include <QCoreApplication>
#include <QDir>

#include <iterator>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LocalSource)
};

constexpr std::array<WordRow<SourceKind>, 8> kKinds{{
    {SourceKind::Code, "code", QT_TRANSLATE_NOOP("LocalSource", "Code")},
    {SourceKind::Build, "build", QT_TRANSLATE_NOOP("LocalSource", "Built files")},
    {SourceKind::Package, "package", QT_TRANSLATE_NOOP("LocalSource", "App package")},
    {SourceKind::Settings, "settings", QT_TRANSLATE_NOOP("LocalSource", "Settings of an environment")},
    {SourceKind::CiLog, "ci-log", QT_TRANSLATE_NOOP("LocalSource", "Build log")},
    {SourceKind::Log, "log", QT_TRANSLATE_NOOP("LocalSource", "Log")},
    {SourceKind::Prompts, "prompts", QT_TRANSLATE_NOOP("LocalSource", "Prompts and conversations")},
    {SourceKind::Advisories, "advisories", QT_TRANSLATE_NOOP("LocalSource", "Known vulnerabilities (OSV export)")},
}};

constexpr std::array<WordRow<Environment>, 3> kEnvironments{{
    {Environment::Local, "local", QT_TRANSLATE_NOOP("LocalSource", "Local")},
    {Environment::Staging, "staging", QT_TRANSLATE_NOOP("LocalSource", "Staging")},
    {Environment::Production, "production", QT_TRANSLATE_NOOP("LocalSource", "Production")},
}};

bool isControl(QChar c)
{
    return c.category() == QChar::Other_Control;
}

} // namespace

COCKPIT_WORDS(SourceKind, kKinds, sourceKindFromWord)
COCKPIT_WORDS(Environment, kEnvironments, environmentFromWord)

QString labelOf(SourceKind value)
{
    return Text::tr(rowOf(kKinds, value).label);
}

QString labelOf(Environment value)
{
    return Text::tr(rowOf(kEnvironments, value).label);
}

Result<LocalSource> checkedSource(LocalSource source)
{
    if (source.path.trimmed().isEmpty())
        return failure(ErrorKind::BadInput, Text::tr("Name the file or folder to read."));
    if (std::ranges::any_of(source.path, isControl))
        return failure(ErrorKind::BadInput,
                       Text::tr("The name of this file or folder has characters that cannot be shown. Rename it, or "
                                "choose the folder that it stands in."));
    source.path = QDir::cleanPath(QDir::current().absoluteFilePath(source.path));
    return source;
}

std::vector<LocalSource> sourcesOf(SourceKind kind, const std::vector<LocalSource> &sources)
{
    std::vector<LocalSource> chosen;
    std::ranges::copy_if(sources, std::back_inserter(chosen),
                         [kind](const LocalSource &source) { return source.kind == kind; });
    return chosen;
}

} // namespace cockpit
