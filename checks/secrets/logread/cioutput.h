// What the output of a build shows beside the values themselves: that commands were traced, that the environment was
// printed, and whether something masks.
#pragma once

#include <QtGlobal>

#include <string_view>
#include <vector>

namespace cockpit {

struct CiSeen
{
    qint64 traced = 0;               // lines of "set -x"
    qint64 tracedWithSecret = 0;     // those that give a value to the name of a secret
    qint64 environments = 0;         // printed lists of all settings
    qint64 hidden = 0;               // lines in which something was masked
    qint64 npmDebug = 0;             // lines of npm's debug log
    qint64 plans = 0;                // that Terraform or OpenTofu printed
    qint64 hiddenByPlan = 0;         // lines in which one hid a value that is marked as sensitive
    std::vector<qint64> tracedLines; // the first three, as of those below
    std::vector<qint64> environmentLines;
    std::vector<qint64> npmDebugLines;
    std::vector<qint64> planLines;
};

// One file, line after line.
class CiCounter
{
public:
    explicit CiCounter(CiSeen &seen) : m_seen(seen) {}
    ~CiCounter() { endList(); }
    Q_DISABLE_COPY_MOVE(CiCounter)

    void add(std::string_view line, qint64 number);

private:
    void endList();

    CiSeen &m_seen;
    // The list of NAME=value lines at hand.
    qint64 m_listed = 0;
    qint64 m_listedFrom = 0;
    int m_usual = 0; // of them: names that every environment has
};

} // namespace cockpit
