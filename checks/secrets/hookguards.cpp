#include "checks/secrets/hookguards.h"

#include "checks/secrets/githandles.h"
#include "checks/secrets/gitrepository.h"
#include "checks/secrets/smallfiles.h"
#include "models/jsonplaces.h"
#include "models/routes/yamljson.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretGuards)
};

// All texts below a value: commands stand in lists and in objects of several forms.
QStringList textsIn(const QJsonValue &value)
{
    constexpr int deepest = 10;
    QStringList texts;
    const auto collect = [&](const JsonPlace &place) {
        if (place.value.isString())
            texts += place.value.toString();
        return true;
    };
    visitJsonLeaves(value, collect, deepest);
    return texts;
}

// "npm run secrets" stands for what package.json has under that name.
QString withScripts(const QString &text, const QJsonObject &packageJson)
{
    static const QRegularExpression call(u"\\b(?:npm|pnpm|yarn|bun)\\s+(?:run\\s+)?([A-Za-z0-9:_-]+)"_s);
    const QJsonObject scripts = packageJson["scripts"_L1].toObject();
    QString all = text;
    for (auto it = call.globalMatch(text); it.hasNext();) {
        const QString script = scripts[it.next().captured(1)].toString();
        if (!script.isEmpty())
            all += u'\n' + script;
    }
    return all;
}

bool runsLintStaged(const QString &text)
{
    return text.contains("lint-staged"_L1);
}

class HookReader
{
public:
    HookReader(const QString &root, const std::vector<SecretGuard> &guards, const CancelToken &cancel)
        : m_root(root), m_guards(guards), m_cancel(cancel)
    {
    }

    HookReading read()
    {
        readInstalled();
        readPreCommit();
        readHusky();
        readLefthook();
        readPackageJson();
        return std::move(m_reading);
    }

private:
    QByteArray file(const QString &path)
    {
        const auto bytes = readBelow(m_root, path);
        if (!bytes)
            m_reading.gaps += bytes.error().message;
        return bytes && *bytes ? **bytes : QByteArray();
    }

    QByteArray lintStaged()
    {
        QByteArray all;
        for (const QString &name :
             {u".lintstagedrc"_s, u".lintstagedrc.json"_s, u".lintstagedrc.yml"_s, u".lintstagedrc.yaml"_s,
              u".lintstagedrc.js"_s, u".lintstagedrc.mjs"_s, u".lintstagedrc.cjs"_s, u"lint-staged.config.js"_s,
              u"lint-staged.config.mjs"_s, u"lint-staged.config.cjs"_s})
            all += file(name) + '\n';
        return all;
    }

    void keep(const std::vector<GuardUse> &uses, bool isShared, bool isInstalled)
    {
        for (const GuardUse &use : uses) {
            const auto known =
                std::ranges::find(m_reading.uses, use.guard.id, [](const HookUse &one) { return one.use.guard.id; });
            if (known == m_reading.uses.end()) {
                m_reading.uses.push_back({use, isShared, isInstalled});
                continue;
            }
            // The hook on this machine and the settings in the code are often two sides of one guard.
            known->isShared = known->isShared || isShared;
            known->isInstalled = known->isInstalled || isInstalled;
            if (use.isFull() && !known->use.isFull())
                known->use = use;
        }
    }

    void readInstalled()
    {
        const auto repository = GitRepository::open(m_root, m_cancel);
        if (!repository) {
            if (repository.error().kind != ErrorKind::NotFound)
                m_reading.gaps += repository.error().message;
            return;
        }
        InstalledHook &hook = m_reading.installed;
        hook.folder = repository->hooksPath();
        const QString top = repository->workTree();
        if (hook.folder.isEmpty()) {
            takeScript(repository->commonFolder(), u"hooks/pre-commit"_s, u".git/hooks/pre-commit"_s);
        } else {
            const QString place = QDir(top).absoluteFilePath(hook.folder);
            const QString below = QDir(top).relativeFilePath(place);
            hook.isInCode = !top.isEmpty() && !below.startsWith(".."_L1) && !below.startsWith(".git/"_L1);
            hook.isOutside = below.startsWith(".."_L1);
            // Husky 9 puts its own start in front: the text is beside it.
            if (!hook.isOutside)
                takeScript(top, below + "/pre-commit"_L1, below + "/pre-commit"_L1);
        }
        if (hook.isOutside)
            m_reading.gaps += Text::tr("The hooks of this machine stand outside of the code (core.hooksPath is %1) and "
                                       "were not read.")
                                  .arg(hook.folder);
        keep(guardsInHookScript(hook.script, hook.file, file(u"package.json"_s), lintStaged(), m_guards), hook.isInCode,
             true);
    }

    // Git does not start a hook that is not executable.
    void takeScript(const QString &root, const QString &path, const QString &shown)
    {
        const auto bytes = readBelow(root, path);
        if (!bytes)
            m_reading.gaps += bytes.error().message;
        const bool isThere = bytes && *bytes && QFileInfo(QDir(root).filePath(path)).isExecutable();
        if (!isThere)
            return;
        m_reading.installed.script = **bytes;
        m_reading.installed.file = shown;
    }

    bool isInstalledBy(const char *program) const { return m_reading.installed.script.contains(program); }

    void readPreCommit()
    {
        for (const QString &name : {u".pre-commit-config.yaml"_s, u".pre-commit-config.yml"_s}) {
            const QByteArray yaml = file(name);
            if (yaml.isEmpty())
                continue;
            m_reading.files += name;
            const bool isInstalled = isInstalledBy("pre-commit.com") || isInstalledBy("pre_commit");
            keep(guardsInPreCommitConfig(yaml, name, m_guards, m_reading.gaps), true, isInstalled);
        }
    }

    void readHusky()
    {
        const QByteArray script = file(u".husky/pre-commit"_s);
        if (script.isEmpty())
            return;
        m_reading.files += u".husky/pre-commit"_s;
        const bool isInstalled = m_reading.installed.folder.contains(".husky"_L1);
        keep(guardsInHookScript(script, u".husky/pre-commit"_s, file(u"package.json"_s), lintStaged(), m_guards), true,
             isInstalled);
    }

    void readLefthook()
    {
        for (const QString &name : {u"lefthook.yml"_s, u"lefthook.yaml"_s, u".lefthook.yml"_s, u".lefthook.yaml"_s}) {
            const QByteArray yaml = file(name);
            if (yaml.isEmpty())
                continue;
            m_reading.files += name;
            keep(guardsInLefthook(yaml, name, m_guards, m_reading.gaps), true, isInstalledBy("lefthook"));
        }
    }

    // Of simple-git-hooks, Husky 4 and yorkie.
    void readPackageJson()
    {
        const QByteArray bytes = file(u"package.json"_s);
        const QJsonObject json = QJsonDocument::fromJson(bytes).object();
        for (const QJsonValue &hooks :
             {json["simple-git-hooks"_L1], QJsonValue(json["husky"_L1].toObject()["hooks"_L1]), json["gitHooks"_L1]}) {
            const QString command = hooks.toObject()["pre-commit"_L1].toString();
            if (command.isEmpty())
                continue;
            m_reading.files += u"package.json"_s;
            auto uses = guardsInHookScript(command.toUtf8(), u"package.json"_s, bytes, lintStaged(), m_guards);
            for (GuardUse &use : uses)
                use.line = lineWith(bytes, u"\"pre-commit\""_s);
            keep(uses, true, !m_reading.installed.script.isEmpty());
        }
    }

    const QString m_root;
    const std::vector<SecretGuard> &m_guards;
    const CancelToken m_cancel;
    HookReading m_reading;
};

QString unreadable(const QString &file, const Error &error)
{
    return Text::tr("%1: %2").arg(file, error.message);
}

} // namespace

std::vector<GuardUse> guardsInHookScript(const QByteArray &script, const QString &file, const QByteArray &packageJson,
                                         const QByteArray &lintStaged, const std::vector<SecretGuard> &guards)
{
    const QJsonObject json = QJsonDocument::fromJson(packageJson).object();
    QString text = withScripts(QString::fromUtf8(script), json);
    if (runsLintStaged(text))
        text += u'\n' + textsIn(json["lint-staged"_L1]).join(u'\n') + u'\n' + QString::fromUtf8(lintStaged);
    auto uses = guardsInScript(text, file, 1, guards);
    const auto lines = static_cast<int>(script.count('\n')) + 1;
    for (GuardUse &use : uses) {
        if (use.line > lines)
            use.line = 0; // it stands in another file
    }
    return uses;
}

std::vector<GuardUse> guardsInPreCommitConfig(const QByteArray &yaml, const QString &file,
                                              const std::vector<SecretGuard> &guards, QStringList &gaps)
{
    const auto json = yamlToJson(yaml);
    if (!json) {
        gaps += unreadable(file, json.error());
        return {};
    }
    std::vector<GuardUse> uses;
    const QStringList usual = textsIn((*json)["default_stages"_L1]);
    for (const QJsonValue repository : (*json)["repos"_L1].toArray()) {
        for (const QJsonValue hook : repository["hooks"_L1].toArray()) {
            const QString id = hook["id"_L1].toString();
            const QString entry = hook["entry"_L1].toString() + u' ' + textsIn(hook["args"_L1]).join(u' ');
            const int line = lineWith(yaml, "id: "_L1 + id);
            auto found = guardsInScript(entry, file, line, guards);
            if (found.empty())
                found = guardsNamed(id, file, line, guards);
            QStringList stages = textsIn(hook["stages"_L1]);
            if (stages.isEmpty())
                stages = usual;
            const bool isAtCommit =
                stages.isEmpty() || stages.contains("commit"_L1) || stages.contains("pre-commit"_L1);
            for (GuardUse &use : found) {
                if (!isAtCommit) {
                    use.isOnEachChange = false;
                    use.weakness = Text::tr("%1 does not run at a commit (its stages are %2).")
                                       .arg(use.guard.name, stages.join(", "_L1));
                }
                uses.push_back(std::move(use));
            }
        }
    }
    return uses;
}

std::vector<GuardUse> guardsInLefthook(const QByteArray &yaml, const QString &file,
                                       const std::vector<SecretGuard> &guards, QStringList &gaps)
{
    const auto json = yamlToJson(yaml);
    if (!json) {
        gaps += unreadable(file, json.error());
        return {};
    }
    const QJsonValue hook = (*json)["pre-commit"_L1];
    QStringList commands;
    for (const QJsonValue &group : {hook["commands"_L1], hook["jobs"_L1], hook["scripts"_L1]})
        commands += textsIn(group);
    auto uses = guardsInScript(commands.join(u'\n'), file, 1, guards);
    for (GuardUse &use : uses)
        use.line = lineWith(yaml, use.guard.marks.first());
    return uses;
}

HookReading readHooks(const QString &root, const std::vector<SecretGuard> &guards, const CancelToken &cancel)
{
    return HookReader(root, guards, cancel).read();
}

} // namespace cockpit
