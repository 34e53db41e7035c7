// What an answer to a bad body means (facts 20). Pure.
#pragma once

#include "checks/abuse/badinput.h"
#include "checks/http/errorleaks.h"

namespace cockpit {

enum class InputVerdict {
    Refused,  // 4xx, or an answer that says no
    Kept,     // taken, and it shows afterwards as it was sent
    Altered,  // taken, and something else shows: cut, escaped, turned into another type
    Ignored,  // taken, and what was bad shows nowhere
    Unseen,   // taken, and nothing shows whether it was kept
    Crashed,  // 5xx, while the good body is still taken
    HeldBack, // 429, 503 with Retry-After, a test for robots: no answer of the product
    TookDown, // 5xx, and the good body gets the same afterwards: the product may have failed by itself
};
QString toWord(InputVerdict value);

InputVerdict inputVerdictOf(const TriedMutation &one, const PlaceRun &run);

// Marks of what the product did with the text, whatever its status says.
struct InputMarks
{
    bool isEvaluated = false;    // 7*7 was worked out
    bool isReflected = false;    // the element stands in a page as an element
    bool isStoredInPage = false; // the same in the page that shows the record
    QString databaseText = {};   // an error of the database, masked; empty: none
};
InputMarks inputMarksOf(const TriedMutation &one, const std::vector<PageLeakRule> &rules);
InputMarks inputMarksOf(const AskedRead &read, const std::vector<PageLeakRule> &rules);

// The value at the path in the record that the answer shows; empty where there is none.
std::optional<QJsonValue> valueAt(const HttpResponse &answer, const QStringList &path);

} // namespace cockpit
