#include "checks/secrets/hookplace.h"

#include "checks/secrets/guardcontent.h"
#include "checks/secrets/guardtexts.h"
#include "checks/secrets/smallfiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>

#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GuardFiles)
};

// git's setting of the folder of hooks, where there is one (husky sets it); else its own.
QString hooksFolder(const GitRepository &repository)
{
    const QString folder = repository.hooksPath();
    return folder.isEmpty() ? QDir(repository.commonFolder()).filePath(u"hooks"_s)
                            : QDir(repository.workTree()).absoluteFilePath(folder);
}

// Husky calls the files one folder above those that git calls.
QString hookPath(const GitRepository &repository)
{
    if (const QDir top(repository.workTree()); top.exists(u".husky"_s)) // also where this clone has not switched it on
        return top.filePath(u".husky/pre-commit"_s);
    const QDir hooks(QDir::cleanPath(hooksFolder(repository)));
    const bool isHusky = hooks.dirName() == "_"_L1 && hooks.path().endsWith(".husky/_"_L1);
    return QDir::cleanPath(hooks.filePath(isHusky ? u"../pre-commit"_s : u"pre-commit"_s));
}

// A folder that is neither of the code nor of this repository: others may take their hooks from it, too.
bool isOutside(const QString &path, const GitRepository &repository)
{
    const QString fromTop = QDir(repository.workTree()).relativeFilePath(path);
    const QString fromGit = QDir(repository.commonFolder()).relativeFilePath(path);
    return fromTop.startsWith(".."_L1) && fromGit.startsWith(".."_L1);
}

// A program that writes the hooks of git from its own settings.
struct Manager
{
    QStringList files; // that its settings may stand in
    QByteArray (*join)();
    QString remark; // with %1 for the file
    bool (*isUsed)(const QByteArray &content) = [](const QByteArray &) { return true; };
};

bool hasHooks(const QByteArray &packageJson)
{
    const QJsonObject json = QJsonDocument::fromJson(packageJson).object();
    return json.contains("simple-git-hooks"_L1) || json.contains("gitHooks"_L1) ||
           json["husky"_L1].toObject().contains("hooks"_L1);
}

std::vector<Manager> managers()
{
    return {{{u".pre-commit-config.yaml"_s, u".pre-commit-config.yml"_s},
             preCommitConfigStep,
             Text::tr("The program pre-commit looks after the hooks here. Add this to the list \"repos\" in %1. Who "
                      "has not done so yet runs \"pre-commit install\" once.")},
            {{u"lefthook.yml"_s, u"lefthook.yaml"_s, u".lefthook.yml"_s, u".lefthook.yaml"_s},
             lefthookStep,
             Text::tr("Lefthook looks after the hooks here. Add this to %1, beside the commands of pre-commit that are "
                      "there. Who has not done so yet runs \"lefthook install\" once.")},
            {{u"package.json"_s},
             hookCommand,
             Text::tr("%1 says what runs before a commit. Let its command \"pre-commit\" call this as well, joined "
                      "to what is there by &&."),
             hasHooks}};
}

GuardProposal joining(const QString &path, const QByteArray &before, const QByteArray &join, const QString &remark)
{
    GuardProposal proposal{.kind = GuardKind::PreCommit, .path = path, .before = before, .after = {}};
    if (callsSecrets(before)) {
        proposal.after = before;
        return proposal;
    }
    proposal.join = join;
    proposal.remark = remark;
    return proposal;
}

// Nothing: git looks after its hooks by itself.
std::optional<GuardProposal> joiningAManager(const QDir &root)
{
    for (const Manager &manager : managers()) {
        for (const QString &file : manager.files) {
            const auto content = readBelow(root.path(), file);
            if (content && *content && manager.isUsed(**content))
                return joining(root.filePath(file), **content, manager.join(), manager.remark.arg(file));
        }
    }
    return std::nullopt;
}

GuardProposal joiningAHook(const QString &path, const QByteArray &before)
{
    if (isShellScript(before) || path.contains("/.husky/"_L1))
        return joining(path, before, hookStep(),
                       Text::tr("There is a hook already, and it stays as it is. Add these lines to it, at its "
                                "beginning."));
    return joining(path, before, {},
                   Text::tr("The hook is no shell script. Let it call `launch-cockpit secrets --staged` in the "
                            "repository's folder, and stop when that fails."));
}

} // namespace

Result<GuardProposal> proposeHook(const GitRepository &repository)
{
    if (auto joined = joiningAManager(QDir(repository.workTree())))
        return std::move(*joined);
    const QString path = hookPath(repository);
    if (isOutside(path, repository))
        return joining(path, {}, hookStep(),
                       Text::tr("git on this computer takes its hooks from a folder outside of the code "
                                "(core.hooksPath), which other repositories may share. Add these lines to the file "
                                "\"pre-commit\" there, if all of them are to be looked at."));
    return guardContent(path).map([&](const QByteArray &before) {
        if (!before.isEmpty())
            return joiningAHook(path, before);
        return GuardProposal{
            .kind = GuardKind::PreCommit, .path = path, .before = {}, .after = preCommitHook(), .isExecutable = true};
    });
}

} // namespace cockpit
