// Guides: the words for people behind each check, one Markdown file per check and language
// (resources/guides/<lang>/<check-id>.md), so that they can be improved without a compiler and translated as a whole.
//
// Form of a guide (## headings are fixed words; anything else is refused by the schema test):
//   # Title of the check in plain words ("Mail that is really from you")
//   ## What it means        a paragraph
//   ## Why it matters       a paragraph
//   ## How to fix it        numbered steps, used when no more specific section fits
//   ## Fix: <code>          numbered steps for one finding code
//   ## At <provider-id>     numbered steps in the dashboard of that provider (ids of resources/providers.json);
//                           put in front of the general steps when that provider was detected
//   ## Prompt               text to paste into an AI coding tool
// Placeholders {name} are replaced by values of the finding (host, domain, code, paste, title, seen, and what the
// judge adds in Judged::values); an unknown placeholder stays as it is and fails the schema test.
#pragma once

#include "models/finding.h"
#include "models/result.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <map>

namespace cockpit {

struct Guide
{
    QString checkId;
    QString title;
    QString meaning;
    QString why;
    QStringList steps;
    std::map<QString, QStringList> stepsByCode;
    std::map<QString, QStringList> stepsByProvider;
    QString prompt;

    bool operator==(const Guide &) const = default;
};

[[nodiscard]] Result<Guide> parseGuide(const QString &checkId, const QString &markdown);

// The guide in the wanted language ("de_AT" falls back to "de", then to English). NotFound when there is none.
[[nodiscard]] Result<Guide> loadGuide(const QString &checkId, const QString &language);

// Names of the placeholders in its steps and prompt, for the schema test.
QStringList placeholdersOf(const Guide &guide);

// Fills whyItMatters and fix of a finding from its guide. providers: ids of the providers detected for this target,
// most specific first.
void fillFromGuide(Finding &finding, const Guide &guide, const QStringList &providers,
                   const QHash<QString, QString> &values);

} // namespace cockpit
