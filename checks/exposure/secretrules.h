// Keys and passwords by their shape, and whether they belong into a browser (resources/rules/bundle-secrets.json).
#pragma once

#include "models/result.h"
#include "models/vocabulary.h"

#include <QByteArray>
#include <QRegularExpression>
#include <QString>

#include <functional>
#include <vector>

namespace cockpit {

enum class KeyKind {
    Secret,          // never in a browser
    Public,          // made for browsers
    TestMode,        // public, but of a test account: the live product uses a practice service
    SupabaseJwt,     // its role, decoded, decides
    InternalAddress, // of a private network or a developer's machine
    OwnMachine,      // a password for the machine that runs the code: a developer's, or the server's
};

struct SecretRule
{
    QString id;
    QString name; // "Stripe secret key (live)"
    KeyKind kind = KeyKind::Secret;
    Severity severity = Severity::Critical;
    std::vector<QByteArray> keywords; // one must stand near the value: found first, because that is fast
    QRegularExpression pattern;       // the first group is the value, else the whole match
    QRegularExpression near;          // must stand in the window around the value, too; empty: nothing need
    double minEntropy = 0;            // bits per character
};

[[nodiscard]] Result<std::vector<SecretRule>> parseSecretRules(const QByteArray &json);
[[nodiscard]] Result<std::vector<SecretRule>> loadSecretRules();

struct KeyFound
{
    const SecretRule *rule = nullptr;
    KeyKind kind = KeyKind::Secret; // after decoding
    QString value;                  // the raw value: to be masked before it goes anywhere
    QString variable = {};          // the build-time variable for browsers that it is given to, "NEXT_PUBLIC_…"
};

// Each different value once. Linear in the text: patterns only run in a window around their keyword.
struct KeySearch
{
    std::vector<KeyFound> keys;
    bool isWhole = true; // else time was over, or a keyword stood in more places than are searched
};
// isOver: asked before each rule, because megabytes take seconds.
KeySearch searchKeys(
    const QByteArray &text, const std::vector<SecretRule> &rules,
    const std::function<bool()> &isOver = [] { return false; });
// The same, for who asks only what is there.
std::vector<KeyFound> findKeys(const QByteArray &text, const std::vector<SecretRule> &rules);

// The variable whose name puts a value into the browser (facts 14.2), when `before` ends with its assignment:
// NEXT_PUBLIC_X: ", VITE_X=, "REACT_APP_X":". Empty otherwise.
QString browserVariable(const QString &before);

// Shannon entropy in bits per character.
double entropyOf(const QString &text);
// EXAMPLE, your_…, xxxx, ${…}, process.env and the like: stands for a value, is none. So do the samples of well-known
// documentations, and the logins that everybody gives to a database on the own machine.
bool isPlaceholder(const QString &value);
// "…@localhost:5432/…": whoever has it reaches nothing from outside.
bool isForOwnMachine(const QString &address);

} // namespace cockpit
