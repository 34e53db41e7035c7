// Reading what a person named on this machine, folders and app packages, as far as is read at once: by one thread, to
// the stop of its run, and with a sentence for all that was left out.
#pragma once

#include "checks/engine/probe.h"
#include "checks/secrets/archivewalk.h"
#include "checks/secrets/treewalk.h"

#include <QStringList>

#include <functional>

namespace cockpit {

struct ReadingBounds
{
    qint64 files = 0; // of one folder
    qint64 bytes = 0; // of all that is visited
};

class BoundedReading
{
public:
    BoundedReading(const ProbeContext &context, ReadingBounds bounds);

    // The bytes that were read of it. An Error makes it a file that could not be read.
    using VisitFile = std::function<Result<qint64>(const WalkedFile &file)>;
    // sawLink: as in WalkSettings.
    void readFolder(const QString &root, const VisitFile &visit,
                    const std::function<void(const QByteArray &path)> &sawLink = {});
    // name: as shown. False: it is no archive that can be opened.
    bool readPackage(const QString &path, const QString &name, const std::function<void(const ArchiveEntry &)> &visit);

    // Stopped, or out of time.
    bool isOver() const { return m_stop.isCancelled(); }
    void addGap(const QString &sentence) { m_gaps << sentence; }

    // What was left out; empty: nothing. An Error: unfinished (a sentence) where it was ended, NotFound with all gaps
    // where nothing that was named could be read.
    [[nodiscard]] Result<QStringList> ended(const QString &unfinished);

private:
    const CancelToken m_run;
    const CancelToken m_stop; // of the run or its time
    const ReadingBounds m_bounds;
    QStringList m_gaps;
    qint64 m_bytes = 0;
    int m_readable = 0;
};

} // namespace cockpit
