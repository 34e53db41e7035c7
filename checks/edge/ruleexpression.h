// Expressions of Cloudflare's Rules language, read as far as it tells which requests a rule is about:
//     (http.host eq "app.example.com" and not starts_with(http.request.uri.path, "/api/")) or http.cookie contains "x"
// Words are fields, functions or operators; texts stand between quotes (r"…" and r#"…"# without escapes).
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

// A field and what it is compared with, up to the next "and" or "or".
struct Comparison
{
    QString field;        // "http.host"
    QStringList texts;    // as written, without quotes and escapes
    bool isNot = false;   // "not", "!", "ne", "!="
    bool isExact = false; // "eq", "==", "in": the texts are the whole of it

    bool operator==(const Comparison &) const = default;
};

struct RuleExpression
{
    bool isTrue = false; // "true": every request
    std::vector<Comparison> comparisons;

    bool operator==(const RuleExpression &) const = default;
};

// Any bytes give one; longer ones than kLongestExpression are read up to there.
RuleExpression readExpression(const QByteArray &text);
constexpr qsizetype kLongestExpression = 16384; // Cloudflare's own limit is 4096

// Every request of every path, be it on some hosts only.
bool isAboutEverything(const RuleExpression &expression);
// Hosts that it names; empty: all.
QStringList hostsIn(const RuleExpression &expression);
// Who is signed in: it looks at cookies or at the header for that.
bool looksAtSession(const RuleExpression &expression);
// Texts that paths are compared with.
QStringList pathsIn(const RuleExpression &expression);

} // namespace cockpit
