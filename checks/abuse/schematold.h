// What one look of abuse.schema was told, beside what earlier looks found. Pure.
#pragma once

#include "checks/abuse/answerrules.h"
#include "checks/abuse/inputverdict.h"
#include "checks/abuse/schemamemory.h"

namespace cockpit {

// A good body that is taken before and after, and a body that had shown the fault: refused, or no longer kept. Where
// the body cannot be made any more, as its field is gone, the route's others tell. The run and the list outlive it.
class SchemaTold
{
public:
    SchemaTold(const BadInputRun &run, const std::vector<AnswerComparison> &compared) : m_run(run), m_compared(compared)
    {
    }

    // The look would have found it again.
    bool tells(const SchemaFound &one) const;

private:
    std::vector<const PlaceRun *> turnsAt(const SchemaFound &one) const;
    bool isWholeTold(const SchemaFound &one) const;
    bool tellsByBody(const SchemaFound &one) const;
    bool tellsByRead(const SchemaFound &one) const;
    bool tellsByAnswer(const SchemaFound &one) const;

    const BadInputRun &m_run;
    const std::vector<AnswerComparison> &m_compared;
};

// The verdict on a body says whether it does what the finding of that code is about.
bool tellsOf(const QString &code, InputVerdict verdict);

} // namespace cockpit
