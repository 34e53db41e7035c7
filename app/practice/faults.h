// What is wrong with the practice company, and what is right: the list that a test holds against what an audit finds.
#pragma once

#include <QString>

#include <vector>

namespace cockpit {

struct PracticeFault
{
    QString checkId;
    QString code;
    QString host; // empty: the whole target
    QString what; // for people
};

struct PracticeRight
{
    QString checkId;
    QString host; // empty: the whole target
};

std::vector<PracticeFault> practiceFaults();
std::vector<PracticeRight> practiceRights();

} // namespace cockpit
