// `launch-cockpit spf`: what a receiver makes of mail from one address (RFC 7208), as the result word.
#pragma once

#include "app/cli/options.h"
#include "app/interrupt.h"
#include "checks/mail/spfevaluation.h"

#include <QObject>
#include <QThreadPool>

namespace cockpit {

struct Composition;

class SpfCommand : public QObject
{
    Q_OBJECT

public:
    SpfCommand(Options options, const Composition &composition, QObject *parent = nullptr);
    ~SpfCommand() override; // waits for the worker, at most a second

    // Ends in finished().
    void start();

signals:
    void finished(cockpit::ExitStatus status);

private:
    void print(const SpfEvaluation &evaluation);

    const Options m_options;
    const CancelToken m_token;
    InterruptWatcher m_interrupts;
    QThreadPool m_workers; // last: its work ends before what it uses goes away
};

} // namespace cockpit
