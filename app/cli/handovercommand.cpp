#include "app/cli/handovercommand.h"

#include "app/cli/output.h"
#include "app/handoverpack.h"

namespace cockpit {

namespace {

Result<void> writePack(const Options &options, const Composition &composition)
{
    auto store = ProjectStore::open(options.projectFile, OpenMode::ReadOnly);
    if (!store)
        return tl::unexpected(store.error());
    const auto state = (*store)->load();
    if (!state)
        return tl::unexpected(state.error());
    const auto roadmap = composition.roadmap(state->settings.roadmapId);
    if (!roadmap)
        return tl::unexpected(roadmap.error());
    return writeHandoverPack(*state, *roadmap, store->get(), composition, options.outFile);
}

} // namespace

ExitStatus runHandover(const Options &options, const Composition &composition)
{
    if (auto written = writePack(options, composition); !written) {
        complain(written.error().message);
        return ExitStatus::CouldNotRun;
    }
    return ExitStatus::Ok;
}

} // namespace cockpit
