#include "app/practice/faults.h"

#include "app/practice/names.h"

namespace cockpit {

using namespace Qt::StringLiterals;

std::vector<PracticeFault> practiceFaults()
{
    return {};
}

std::vector<PracticeRight> practiceRights()
{
    return {};
}

} // namespace cockpit
