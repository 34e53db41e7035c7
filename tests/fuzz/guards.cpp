// Guards against secrets, in the files that call them: hooks and workflows. What stands behind the first NUL is the
// package.json beside a hook.
#include "fuzz/fuzz.h"

#include "checks/secrets/hookguards.h"
#include "checks/secrets/pipelineguards.h"

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

void look(const std::vector<GuardUse> &uses, const QByteArray &text)
{
    for (const GuardUse &use : uses) {
        promise(!use.guard.id.isEmpty(), "a guard that is known");
        promise(use.line >= 0 && use.line <= text.count('\n') + 1, "a line of the file");
        promise(!use.stops || !use.isOnEachChange || use.weakness.isEmpty(), "what is strong has no weakness");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    static const auto guards = loadSecretGuards();
    promise(guards.has_value(), "the guards come along");
    const QByteArray given = inputOf(bytes, size);
    const qsizetype end = given.indexOf('\0');
    const QByteArray text = end < 0 ? given : given.first(end);
    const QByteArray beside = end < 0 ? QByteArray() : given.sliced(end + 1);
    QStringList gaps;
    look(guardsInPreCommitConfig(text, u".pre-commit-config.yaml"_s, *guards, gaps), text);
    look(guardsInLefthook(text, u"lefthook.yml"_s, *guards, gaps), text);
    look(guardsInHookScript(text, u".husky/pre-commit"_s, beside, beside, *guards), text);
    look(guardsInScript(QString::fromUtf8(text), u"scan.sh"_s, 1, *guards), text);
    GuardedPipelines reading;
    readGitHubWorkflows({{u"scan.yml"_s, text}, {u"called.yml"_s, beside}}, *guards, reading);
    return 0;
}
