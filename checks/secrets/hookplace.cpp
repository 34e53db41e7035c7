#include "checks/secrets/hookplace.h"

#include "checks/secrets/guardcontent.h"
#include "checks/secrets/guardtexts.h"
#include "checks/secrets/smallfiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
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

// A folder that is neither of the code nor of this repository: others may take their hooks from it, too.
bool isOutside(const QString &path, const GitRepository &repository)
{
    const QString fromTop = QDir(repository.workTree()).relativeFilePath(path);
    const QString fromGit = QDir(repository.commonFolder()).relativeFilePath(path);
    return fromTop.startsWith(".."_L1) && fromGit.startsWith(".."_L1);
}

// What git itself starts before a commit; empty where there is nothing that it can start.
QByteArray installedHook(const GitRepository &repository)
{
    const QDir hooks(hooksFolder(repository));
    const QString file = hooks.filePath(u"pre-commit"_s);
    if (isOutside(file, repository) || !QFileInfo(file).isExecutable())
        return {};
    const auto script = readBelow(hooks.path(), u"pre-commit"_s);
    return script && *script ? **script : QByteArray();
}

// Where a guard is to stand, and what is to be done before git calls it.
struct HookPlace
{
    QString path;
    QString toSwitchOn = {};  // a sentence; empty: git calls what stands there
    bool isOfManager = false; // Husky starts it by a shell: it need not be executable
};

// What git of this clone is told decides. A .husky that it does not know of may be left from earlier, or waits for
// `npm install`: husky calls the files one folder above those that git calls.
HookPlace hookPlace(const GitRepository &repository)
{
    const QDir top(repository.workTree());
    const bool waitsForHusky = repository.hooksPath().isEmpty() && top.exists(u".husky"_s);
    if (waitsForHusky && !callsSecrets(installedHook(repository)))
        return {.path = top.filePath(u".husky/pre-commit"_s),
                .toSwitchOn = Text::tr("Husky looks after the hooks here, and it is not switched on in this clone: git "
                                       "calls none of them. Run \"npm install\" or \"npx husky\" once."),
                .isOfManager = true};
    const QDir hooks(QDir::cleanPath(hooksFolder(repository)));
    const bool isHusky = hooks.dirName() == "_"_L1 && hooks.path().endsWith(".husky/_"_L1);
    if (!isHusky)
        return {.path = QDir::cleanPath(hooks.filePath(u"pre-commit"_s))};
    return {.path = QDir::cleanPath(hooks.filePath(u"../pre-commit"_s)), .isOfManager = true};
}

// A program that writes the hooks of git from its own settings.
struct Manager
{
    QStringList files; // that its settings may stand in
    QByteArray (*join)();
    QString remark; // with %1 for the file
    QString toSwitchOn;
    QByteArrayList marks; // in a hook that it has written; any hook where there is none
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
                      "has not done so yet runs \"pre-commit install\" once."),
             Text::tr("Git on this computer does not call pre-commit yet: run \"pre-commit install\" once."),
             {"pre-commit.com", "pre_commit"}},
            {{u"lefthook.yml"_s, u"lefthook.yaml"_s, u".lefthook.yml"_s, u".lefthook.yaml"_s},
             lefthookStep,
             Text::tr("Lefthook looks after the hooks here. Add this to %1, beside the commands of pre-commit that are "
                      "there. Who has not done so yet runs \"lefthook install\" once."),
             Text::tr("Git on this computer does not call Lefthook yet: run \"lefthook install\" once."),
             {"lefthook"}},
            {{u"package.json"_s},
             hookCommand,
             Text::tr("%1 says what runs before a commit. Let its command \"pre-commit\" call this as well, joined "
                      "to what is there by &&."),
             Text::tr("Git on this computer has no such hook yet: run the program that sets it up, as \"npm install\" "
                      "or \"npx simple-git-hooks\" does."),
             {},
             hasHooks}};
}

// toSwitchOn: empty where git calls it.
GuardProposal joining(const QString &path, const QByteArray &before, const QByteArray &join, const QString &remark,
                      const QString &toSwitchOn)
{
    GuardProposal proposal{.kind = GuardKind::PreCommit, .path = path, .before = before, .after = {}};
    if (callsSecrets(before)) {
        proposal.after = before;
        proposal.remark = toSwitchOn;
        proposal.isCalled = toSwitchOn.isEmpty();
        return proposal;
    }
    proposal.join = join;
    proposal.remark = remark;
    return proposal;
}

bool hasInstalled(const Manager &manager, const QByteArray &hook)
{
    return !hook.isEmpty() &&
           (manager.marks.isEmpty() ||
            std::ranges::any_of(manager.marks, [&](const QByteArray &mark) { return hook.contains(mark); }));
}

// Nothing: git looks after its hooks by itself.
std::optional<GuardProposal> joiningAManager(const GitRepository &repository)
{
    const QDir root(repository.workTree());
    for (const Manager &manager : managers()) {
        for (const QString &file : manager.files) {
            const auto content = readBelow(root.path(), file);
            if (content && *content && manager.isUsed(**content))
                return joining(root.filePath(file), **content, manager.join(), manager.remark.arg(file),
                               hasInstalled(manager, installedHook(repository)) ? QString() : manager.toSwitchOn);
        }
    }
    return std::nullopt;
}

// Where git would not start what stands at the place, how that is changed.
QString toSwitchOn(const HookPlace &place)
{
    const bool isStarted = place.isOfManager || QFileInfo(place.path).isExecutable();
    if (!place.toSwitchOn.isEmpty() || isStarted)
        return place.toSwitchOn;
    return Text::tr("Git does not start the file, because it is not executable: run \"chmod +x\" on it.");
}

QString joined(const QString &remark, const QString &more)
{
    return more.isEmpty() ? remark : remark + u'\n' + more;
}

GuardProposal joiningAHook(const HookPlace &place, const QByteArray &before)
{
    const QString more = toSwitchOn(place);
    if (isShellScript(before) || place.path.contains("/.husky/"_L1))
        return joining(place.path, before, hookStep(),
                       joined(Text::tr("There is a hook already, and it stays as it is. Add these lines to it, at its "
                                       "beginning."),
                              more),
                       more);
    return joining(place.path, before, {},
                   joined(Text::tr("The hook is no shell script. Let it call `launch-cockpit secrets --staged` in the "
                                   "repository's folder, and stop when that fails."),
                          more),
                   more);
}

} // namespace

Result<GuardProposal> proposeHook(const GitRepository &repository)
{
    if (auto joined = joiningAManager(repository))
        return std::move(*joined);
    const HookPlace place = hookPlace(repository);
    if (isOutside(place.path, repository))
        return joining(place.path, {}, hookStep(),
                       Text::tr("git on this computer takes its hooks from a folder outside of the code "
                                "(core.hooksPath), which other repositories may share. Add these lines to the file "
                                "\"pre-commit\" there, if all of them are to be looked at."),
                       {});
    return guardContent(place.path).map([&](const QByteArray &before) {
        if (!before.isEmpty())
            return joiningAHook(place, before);
        return GuardProposal{.kind = GuardKind::PreCommit,
                             .path = place.path,
                             .before = {},
                             .after = preCommitHook(),
                             .isExecutable = true,
                             .remark = place.toSwitchOn,
                             .isCalled = place.toSwitchOn.isEmpty()};
    });
}

} // namespace cockpit
