#include "app/cli/monitorcommand.h"

#include "app/cli/output.h"

#include <QCoreApplication>

#include <algorithm>
#include <csignal>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace

MonitorCommand::MonitorCommand(Options options, const Composition &composition, QObject *parent)
    : QObject(parent), m_options(std::move(options)), m_service(composition.takeSample)
{
    connect(&m_service, &MonitorService::sampleReady, this, &MonitorCommand::keep);
    connect(&m_interrupts, &InterruptWatcher::interrupted, this, [this](int signalNumber) {
        m_service.stop();
        // A service manager ends its services with SIGTERM: that is how this command is meant to end.
        emit finished(signalNumber == SIGTERM ? ExitStatus::Ok : ExitStatus::StoppedByUser);
    });
}

void MonitorCommand::start()
{
    if (auto watching = watch(); !watching)
        fail(watching.error());
}

Result<void> MonitorCommand::watch()
{
    auto store = ProjectStore::open(m_options.projectFile, OpenMode::ReadWrite);
    if (!store)
        return tl::unexpected(store.error());
    const auto state = (*store)->load();
    if (!state)
        return tl::unexpected(state.error());
    if (std::ranges::none_of(state->monitors, &Monitor::enabled)) {
        return failure(
            ErrorKind::NotFound,
            Text::tr("%1 has no monitor to run. Add one on the Monitoring page.").arg(m_options.projectFile));
    }
    m_store = std::move(*store);
    m_service.setOptions(m_options.net);
    m_service.setMonitors(state->monitors);
    return {};
}

void MonitorCommand::keep(const Sample &sample)
{
    if (auto kept = m_store->appendSamples({sample}); !kept) {
        fail(kept.error());
        return;
    }
    if (m_options.verbose)
        complain(
            Text::tr("monitor %1: %2, %3 ms")
                .arg(QString::number(sample.monitorId), toWord(sample.state), QString::number(sample.total.count())));
}

void MonitorCommand::fail(const Error &error)
{
    m_service.stop();
    complain(error.message);
    emit finished(ExitStatus::CouldNotRun);
}

} // namespace cockpit
