// Keys and passwords by their shape (resources/rules/secrets/*.json): what each opens and where it is replaced.
#pragma once

#include "models/result.h"
#include "models/vocabulary.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <vector>

namespace cockpit {

enum class LeakKind { Secret, PublicByDesign, TestMode, Jwt }; // Jwt: its claims, decoded, decide
// "secret", "public", "test_mode": a JSON Web Token is one of them once it is decoded, and a secret before.
QString toWord(LeakKind value);
enum class Opens {
    Money,
    CustomerData,
    Infrastructure,
    SourceCode,
    SendingMail,
    Messages,
    AiBills,
    SignIn,
    Domain,
    Files,
    Logs,
    Nothing
};

struct LeakRule
{
    QString id;      // "stripe-live-secret": stable, part of reports
    QString name;    // "Stripe secret key (live)"
    QString service; // "Stripe"
    LeakKind kind = LeakKind::Secret;
    Severity severity = Severity::Critical;
    std::vector<QByteArray> keywords; // lower case; one must stand within 1 KB of the value
    // In the common subset of PCRE2 and Hyperscan: no look-around, no back reference; what many have in common is a
    // part ({given}, patternparts.h), filled in here. The group is the value (of alternatives the one that took part),
    // else the whole match. Where the value is
    // the edge of the match, it may not go on there: half a word is no key.
    QByteArray pattern;
    QByteArray searched; // what Hyperscan looks for: the same or a little more (withCoarseParts()); empty: the pattern
    QByteArray near;     // case-insensitive; must match in the window around the value, too; empty: nothing need
    bool isCaseless = false;
    // A name alone tells that the value is a secret, so one that is made of words is a stand-in. (Of a rule whose id
    // begins with "generic" this is so without being said.)
    bool refusesWords = false;
    // Its values have one length and a beginning that nothing else has: in the strings of a program, which run into
    // each other, letters beside one do not make it half a word.
    bool runsOn = false;
    // People choose its values, or others make them of what people chose (guessable.h).
    bool isChosen = false;
    // The most characters of a value that are random, as the templates of its examples say; 0: they say nothing.
    qsizetype mostRandom = 0;
    double minEntropy = 0; // bits per character
    std::vector<Opens> opens;
    QUrl rotate;                      // the page where one replaces it; empty: no such page
    std::vector<QByteArray> matching; // examples, with templates (exampletemplate.h)
    std::vector<QByteArray> passing;
    // Of a rule of the kind Jwt: what its tokens are by their claims, each as a rule with words of its own
    // ("jwt-expired") that shares the pattern and has no examples.
    std::vector<LeakRule> classes = {};
    QString tokenClass = {}; // of one of these: the word of its TokenClass (jwtclaims.h)
};

// What to look for: the rule's searched pattern, else its pattern. It belongs to the rule.
inline const QByteArray &searchedOf(const LeakRule &rule)
{
    return rule.searched.isEmpty() ? rule.pattern : rule.searched;
}

// One file, {"rules": [...]}. BadInput names the rule and its member: one that is not known or missing, a word that is
// none of the list, a pattern that PCRE2 or Hyperscan cannot compile, an id that is there twice.
[[nodiscard]] Result<std::vector<LeakRule>> parseLeakRules(const QByteArray &json);
// Of several files: ids are unique across them.
[[nodiscard]] Result<std::vector<LeakRule>> parseLeakRules(const std::vector<QByteArray> &files);
// Those that come with the program, whose patterns the tests have compiled: here they are not (PatternSet does).
// NotFound when it came without.
[[nodiscard]] Result<std::vector<LeakRule>> loadLeakRules();

} // namespace cockpit
