// The words of a report of secrets: those for programs, and those for people.
#pragma once

#include "app/report/secretsreport.h"
#include "checks/secrets/leakhistory.h"

#include <map>

namespace cockpit {

// For programs.
QString toWord(Through value);
QString toWord(BlobKind value);
QString opensWord(Opens value);
QString reachWord(const HistoryPlace &place); // as toWord(Reach), and "staged"; empty: not known

// For people, of what was left out by its kind; empty where there is none.
QString linksSentence(const WalkTotals &walk);
QString specialSentence(const WalkTotals &walk); // pipes and their like
QString binariesSentence(const SecretsReport &report);

// For people. "It opens money and customer data." Empty: nothing is known.
QString opensSentence(const LeakRule &rule);
// "First in 1a2b3c4d5e6f of 2026-03-01 by Ada Example. It still stands in HEAD.": sentences, or empty.
QString historySentences(const ReportedSecret &secret);
// What is said of a rule, made once for all of a report.
class RuleWords
{
public:
    struct Words
    {
        QString opens;    // opensSentence()
        QString rotateAt; // an address; may be empty
        QString rotation; // the step
    };
    const Words &of(const LeakRule &rule);

private:
    std::map<const LeakRule *, Words> m_words;
};

// What to do, in this order.
QStringList repairSteps(const ReportedSecret &secret, RuleWords &words);
// The same for a rule whose places are not known.
QString repairOfRule(const LeakRule &rule);

} // namespace cockpit
