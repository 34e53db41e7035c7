// `launch-cockpit monitor`: watches a project's monitors and stores the samples until it is stopped (service use).
#pragma once

#include "app/cli/options.h"
#include "app/composition.h"
#include "app/interrupt.h"
#include "models/projectstore.h"

#include <QObject>

#include <memory>

namespace cockpit {

class MonitorCommand : public QObject
{
    Q_OBJECT

public:
    MonitorCommand(Options options, const Composition &composition, QObject *parent = nullptr);

    void start();

signals:
    void finished(cockpit::ExitStatus status);

private:
    [[nodiscard]] Result<void> watch();
    void keep(const Sample &sample);
    void fail(const Error &error);

    const Options m_options;
    std::unique_ptr<ProjectStore> m_store;
    InterruptWatcher m_interrupts;
    MonitorService m_service; // last: it stops before the store closes
};

} // namespace cockpit
