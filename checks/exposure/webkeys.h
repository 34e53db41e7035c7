// Keys and passwords in what a web server hands out: the rules for secrets (resources/rules/secrets), and what they
// mean in a browser.
#pragma once

#include "checks/secrets/textscanner.h"
#include "models/vocabulary.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

enum class KeyKind {
    Secret,          // never in a browser
    Public,          // made for browsers
    TestMode,        // public, but of a test account: the live product uses a practice service
    InternalAddress, // of a private network or a developer's machine
    OwnMachine,      // a password for the machine that runs the code: a developer's, or the server's
};

struct KeyFound
{
    QString rule;
    QString name; // "Stripe secret key (live)"
    KeyKind kind = KeyKind::Secret;
    Severity severity = Severity::Critical;
    Proof proof = Proof::Proven; // Strong and Lead: a word nearby belongs to it
    QString shown;               // an address as it is, else masked
    QByteArray fingerprint;      // of the value: the same one, the same fingerprint
    QString variable = {};       // the build-time variable for browsers that it is given to, "NEXT_PUBLIC_…"
};

struct KeySearch
{
    std::vector<KeyFound> keys;        // by place; a value may come more than once
    bool isWhole = true;               // else time was over, there were more than are listed, or there is trouble
    std::optional<Error> trouble = {}; // of the search itself (TextScan::trouble())
};

// One per thread.
class WebKeys
{
public:
    // The token ends a search at its next block.
    [[nodiscard]] static Result<WebKeys> make(const std::shared_ptr<const PatternSet> &patterns,
                                              const QByteArray &fingerprintKey, const CancelToken &token);

    // As it is, decoded once, and with its literals joined ('sk_' + 'live_…').
    KeySearch search(const QByteArray &text);
    bool isOver() const { return m_token.isCancelled(); }

private:
    WebKeys(TextScanner scanner, QByteArray key, const CancelToken &token)
        : m_scanner(std::move(scanner)), m_key(std::move(key)), m_token(token)
    {
    }
    void addFrom(const QByteArray &text, KeySearch &search);

    TextScanner m_scanner;
    QByteArray m_key;
    CancelToken m_token;
};

// The variable whose name puts a value into the browser (facts 14.2), when `before` ends with its assignment:
// NEXT_PUBLIC_X: ", VITE_X=, "REACT_APP_X":". Empty otherwise.
QString browserVariable(const QString &before);

} // namespace cockpit
