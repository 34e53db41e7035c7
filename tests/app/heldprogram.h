// A program that has done its work and writes its report to a pipe that nobody empties: what is left in its memory then
// can be looked through.
#pragma once

#include "tests/app/builtprogram.h"
#include "tests/app/plantedtraces.h"

#include <QMap>

#include <memory>

namespace cockpit {

class HeldProgram
{
public:
    explicit HeldProgram(const BuiltProgram &home) : m_home(home) {}
    ~HeldProgram(); // ends it

    // False when it could not be started. Its standard output is the pipe.
    bool start(const QStringList &arguments);
    // The pipe is full: there is more of the report than it holds.
    bool isHeld() const;
    bool isRunning() const { return m_process && m_process->state() == QProcess::Running; }
    qint64 processId() const { return m_process->processId(); }
    // What it has written. Lets it go on.
    QByteArray beginning();
    QByteArray complaint() { return m_process->readAllStandardError(); }

private:
    const BuiltProgram &m_home;
    int m_pipe = -1;
    std::unique_ptr<QProcess> m_process;
};

struct MemorySeen
{
    qint64 bytes = 0;
    bool hasKnown = false;      // what must be there: the search is seen to search
    QMap<QByteArray, int> left; // how often, by where it was planted and what memory has it
};

// The readable memory of a process, but for the files below the folder of the code that it has mapped: git's packs are
// read through such windows, and what is in them is the page cache's, shared with the file on the disk. Left out, too:
// the names of folders and people. A name is no value that was looked for: the system hands it to whoever opens the
// file, and reports show it, masked. known: as long as a piece, at least.
MemorySeen memoryOf(qint64 process, const PlantedTraces &traces, const QByteArray &known);

} // namespace cockpit
