// Guards that run when somebody commits: what the repository brings along for everybody, and what git on this machine
// really calls.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/secrets/secretguards.h"

namespace cockpit {

struct HookUse
{
    GuardUse use;
    bool isShared = false;    // it is part of the code: whoever clones it has its settings
    bool isInstalled = false; // git on this machine calls it
};

// What git on this machine does before a commit.
struct InstalledHook
{
    QByteArray script;      // of pre-commit, executable; empty: there is none
    QString file;           // shown
    bool isInCode = false;  // core.hooksPath leads into the code
    QString folder;         // core.hooksPath as it is written; empty: git's own place
    bool isOutside = false; // core.hooksPath leads out of the repository: not read
};

struct HookReading
{
    std::vector<HookUse> uses; // each guard once, the strongest way in which it is called
    InstalledHook installed;
    QStringList files; // that tell of hooks, whatever they call
    QStringList gaps;  // what could not be read, a sentence each
};

// root: of the code. Nothing is run.
HookReading readHooks(const QString &root, const std::vector<SecretGuard> &guards,
                      const CancelToken &cancel = CancelToken());

// The forms one by one, from bytes. Gaps in `gaps`.
std::vector<GuardUse> guardsInPreCommitConfig(const QByteArray &yaml, const QString &file,
                                              const std::vector<SecretGuard> &guards, QStringList &gaps);
std::vector<GuardUse> guardsInLefthook(const QByteArray &yaml, const QString &file,
                                       const std::vector<SecretGuard> &guards, QStringList &gaps);
// A script, with what it calls by "npm run NAME" and lint-staged.
std::vector<GuardUse> guardsInHookScript(const QByteArray &script, const QString &file, const QByteArray &packageJson,
                                         const QByteArray &lintStaged, const std::vector<SecretGuard> &guards);

} // namespace cockpit
