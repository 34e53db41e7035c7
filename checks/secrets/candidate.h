// The filters between what a pattern finds and what is a secret.
#pragma once

#include "checks/secrets/patternset.h"

#include <QDateTime>

#include <optional>
#include <string_view>

namespace cockpit {

// A value that passed, and what it is.
struct JudgedSecret
{
    size_t start = 0; // of the value in the text, in bytes
    size_t end = 0;
    size_t matchStart = 0;
    size_t matchEnd = 0;
    const LeakRule *rule = nullptr;
    LeakKind kind = LeakKind::Secret;
    Severity severity = Severity::Critical;
    bool isWeak = false;     // a password that everybody tries first, of a host that everybody can ask
    bool isCutShort = false; // the end of the value is none of the secret's: more of it follows
};

// A rule that knows a value by the name that it is given to, and not by a shape of its own: its id begins with
// "generic".
bool isGeneric(const LeakRule &rule);

// Where a key may begin and end: in a text half a word is none, a name joins its words by underscores, and the strings
// of a program may have nothing between them (Go, Rust). The columns of a database (SQLite) never have.
enum class KeyEdges { OfText, OfName, OfProgram, OfDatabase };

std::optional<JudgedSecret> judgeMatch(std::string_view text, const PatternMatch &match, const LeakRule &rule,
                                       const QDateTime &now, KeyEdges edges = KeyEdges::OfText);

// One value is one secret: of judgements that overlap, the surest stays. Sorts by place.
void keepSurest(std::vector<JudgedSecret> &judged);

} // namespace cockpit
