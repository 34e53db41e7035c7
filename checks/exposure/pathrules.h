// Which paths are asked for, and what their content must be to count (resources/rules/*-paths.json). A status alone
// proves nothing: every rule has a predicate on the content.
#pragma once

#include "models/result.h"
#include "models/vocabulary.h"

#include <QByteArray>
#include <QRegularExpression>
#include <QStringList>

#include <vector>

namespace cockpit {

// How a tool asks who comes.
enum class ToolLogin {
    Form,   // by a form in the page
    Script, // its script draws the form: the page that a stranger gets tells nothing
    None,   // it has none, whoever sees its page is in
};

struct PathRule
{
    QString id;
    QStringList paths; // {host} stands for the host's name
    Severity severity = Severity::Low;
    Impact impact = Impact::DataExposure;
    QString title;                  // of the finding, for a founder
    QRegularExpression pattern;     // somewhere in the first bytes
    QRegularExpression linePattern; // on at least linesNeeded lines
    int linesNeeded = 0;
    std::vector<QByteArray> magics; // one of them begins the content
    QString absentAtStart;          // must not stand in the first 200 bytes
    bool needsJson = false;
    bool allowsHtml = false;  // an HTML answer is what is looked for
    bool needsSecret = false; // counts only with a key in it that no browser may have
    bool isInside = false;    // a tool that nobody outside should even find locked
    ToolLogin login = ToolLogin::Form;
    // What a proof may show of the content: names, never values. The first group, else the whole match; empty: nothing.
    QRegularExpression shows;

    bool accepts(const QByteArray &body, const QByteArray &contentType) const;
};

// BadInput names the rule and what is wrong: an unknown member or word, no predicate, a pattern that does not compile.
[[nodiscard]] Result<std::vector<PathRule>> parsePathRules(const QByteArray &json);
// Those that come with the program, by the name of their file.
[[nodiscard]] Result<std::vector<PathRule>> loadPathRules(const QString &name = QStringLiteral("exposed-paths"));
// A whole rule file of the program.
[[nodiscard]] Result<QByteArray> readRuleFile(const QString &name);

} // namespace cockpit
