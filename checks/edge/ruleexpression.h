// Expressions of Cloudflare's Rules language, read as far as it tells which requests a rule is about:
//     (http.host eq "app.example.com" and not starts_with(http.request.uri.path, "/api/")) or http.cookie contains "x"
// Words are fields, functions or operators; texts stand between quotes (r"…" and r#"…"# without escapes).
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

// How a text is compared with the field.
enum class MatchKind {
    Whole,      // "eq", "==", "in", and their opposites
    Part,       // "contains"
    Start,      // "starts_with"
    End,        // "ends_with"
    Wildcard,   // the whole of it, with "*" for any text
    Expression, // "matches", "~": a regular expression
    Other,      // a field alone, an order ("lt"), a function that is none of these
};

// A field and what it is compared with, up to the next "and" or "or".
struct Comparison
{
    QString field;      // "http.host"
    QStringList texts;  // as written, without quotes and escapes
    bool isNot = false; // "not", "!", "ne", "!="
    MatchKind match = MatchKind::Other;
    // len(field) against a number that does not tell "none" from "some" (against 0 it is read as a comparison with "").
    bool isLength = false;
    bool isShared = false; // its function takes another field as well, so that nobody can tell whose the texts are

    bool operator==(const Comparison &) const = default;
};

// Requests for which all of them hold; without any: every request.
using RuleBranch = std::vector<Comparison>;

struct RuleExpression
{
    std::vector<Comparison> comparisons; // all that it holds, in the order of the text
    // The rule is about requests that fit one of these, with "not" before a group carried inside ("not (a or b)" is
    // one branch of two); none: about no request.
    std::vector<RuleBranch> branches;
    bool isTooMuch = false; // it branches out too far: there are no branches, and nobody knows what it is about

    bool operator==(const RuleExpression &) const = default;
};

// Any bytes give one; longer ones than kLongestExpression are read up to there.
RuleExpression readExpression(const QByteArray &text);
constexpr qsizetype kLongestExpression = 16384; // Cloudflare's own limit is 4096

} // namespace cockpit
