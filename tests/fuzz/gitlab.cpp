// Guards against secrets in GitLab's pipeline. What stands behind the first NUL is the file that the pipeline may
// include.
#include "fuzz/fuzz.h"

#include "checks/secrets/pipelineguards.h"

#include <QFile>
#include <QTemporaryDir>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    promise(file.open(QIODevice::WriteOnly) && file.write(text) == text.size(), "a place for the file");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    static const auto guards = loadSecretGuards();
    promise(guards.has_value(), "the guards come along");
    static const QTemporaryDir root;
    const QByteArray given = inputOf(bytes, size);
    const qsizetype end = given.indexOf('\0');
    const QByteArray pipeline = end < 0 ? given : given.first(end);
    const QByteArray included = end < 0 ? QByteArray() : given.sliced(end + 1);
    write(root.filePath(u".gitlab-ci.yml"_s), pipeline);
    write(root.filePath(u"included.yml"_s), included);
    GuardedPipelines reading;
    readGitLabPipeline(root.path(), *guards, reading);
    promise(reading.files.size() <= 2, "each file once");
    promise(reading.files.value(0) == ".gitlab-ci.yml"_L1, "the pipeline first");
    for (const GuardUse &use : reading.uses) {
        promise(!use.guard.id.isEmpty(), "a guard that is known");
        promise(reading.files.contains(use.file), "in a file that was read");
        const QByteArray &text = use.file == "included.yml"_L1 ? included : pipeline;
        promise(use.line >= 0 && use.line <= text.count('\n') + text.count('\r') + 1, "a line of the file");
        promise(!use.stops || !use.isOnEachChange || use.weakness.isEmpty(), "what is strong has no weakness");
    }
    return 0;
}
