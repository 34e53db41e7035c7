// Files that say how a product is built. The first byte chooses the kind.
#include "fuzz/fuzz.h"

#include "checks/secrets/pipeline/pipelinefaults.h"
#include "checks/secrets/pipeline/shellcommands.h"

#include <algorithm>

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto kind = static_cast<PipelineKind>(bytes[0] % (static_cast<int>(PipelineKind::Compose) + 1));
    const std::string_view text(reinterpret_cast<const char *>(bytes) + 1, size - 1);
    const auto lines = static_cast<qint64>(std::count(text.begin(), text.end(), '\n')) + 1;
    const std::vector<PipelineFaultFound> found = pipelineFaultsIn(text, kind);
    for (const PipelineFaultFound &fault : found) {
        promise(fault.line >= 1 && fault.line <= lines, "a line of the file");
        promise(!fault.name.contains(u'\n'), "a name, and no text");
    }
    promise(std::ranges::is_sorted(found, {}, &PipelineFaultFound::line), "in the order of the lines");
    for (const std::string_view command : shell::commandsIn(text.substr(0, text.find('\n'))))
        promise(command.empty() || (command.data() >= text.data() && command.data() <= text.data() + text.size()),
                "commands are parts of the line");
    pipelineKindOf(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
    return 0;
}
