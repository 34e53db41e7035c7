// One audit as data: what every report format prints.
#pragma once

#include "app/report/left.h"
#include "models/access/letters.h"
#include "models/projectstate.h"
#include "models/roadmap.h"
#include "models/verdict.h"

#include <QJsonObject>

#include <map>
#include <optional>
#include <vector>

namespace cockpit {

struct AuditReport
{
    QString toolVersion;
    Target target;
    Roadmap roadmap;
    Run run;
    Verdict verdict;
    std::vector<Finding> findings;              // of this run, worst for the business first
    std::map<QString, Decision> decisions = {}; // what people decided about them, by finding id
    LeftInReport left = {};                     // by earlier runs, in the product
    LetterTally letters = {};                   // that this run made the product send
    std::vector<Finding> stillOpen = {};        // found before, and not seen mended by this run (openProblems())
};

// known: the project's state with this run already folded in.
AuditReport makeReport(const ProjectState &known, const Roadmap &roadmap, const Run &run, const QString &toolVersion);

// How often each outcome was reached, for the summary.
std::map<Outcome, int> countOutcomes(const Run &run);

// What was decided about a finding; empty when nothing was.
std::optional<Decision> decisionAbout(const Finding &finding, const AuditReport &report);
// The same, for a risk that somebody has accepted only.
std::optional<Decision> acceptanceOf(const Finding &finding, const AuditReport &report);

// Is there a finding at or above this severity that nobody has accepted?
bool reaches(const AuditReport &report, Severity threshold);

QJsonObject auditJson(const AuditReport &report);
QByteArray auditSarif(const AuditReport &report);
QByteArray auditJunit(const AuditReport &report);

enum class TextDetail { Findings, EveryCheck };
enum class TextColour { Off, On };
QString auditText(const AuditReport &report, TextDetail detail, TextColour colour);

} // namespace cockpit
