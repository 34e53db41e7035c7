// Test accounts: who they are, how each signs in, and which Credential has the password. A value never stands here: the
// texts have holes, {{user}}, {{password}}, {{csrf}} and {{client_id}}, and others of a name of their own
// ({{apikey}}), which are filled in as a request is made.
#pragma once

#include "models/result.h"
#include "models/secret.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace cockpit {

enum class SignInKind {
    Form,          // an HTML form, answered with a cookie
    Json,          // a JSON login, answered with a cookie or a token
    OAuthPassword, // RFC 6749 section 4.3
    OAuthClient,   // RFC 6749 section 4.4
    Cookie,        // pasted: the keychain has the value of the Cookie header
    BearerToken,   // pasted: the keychain has the token (RFC 6750)
    ApiKey,        // the keychain has the key, sent in headerName
    SigningKey,    // no account: the keychain has the key that events are signed with, headerName takes the signature
};
QString toWord(SignInKind value);
std::optional<SignInKind> signInKindFromWord(QStringView word);
QString labelOf(SignInKind value);
// It sends a request to sign in; the other kinds bring what the keychain has.
bool asksToSignIn(SignInKind kind);

struct SignIn
{
    SignInKind kind = SignInKind::Form;
    QString url; // where it signs in; absolute, HTTPS or loopback
    QString method = QStringLiteral("POST");
    QByteArray contentType;
    QString bodyTemplate; // as it is sent, with holes: of a form percent-encoded, of JSON within its quotation marks
    std::vector<std::pair<QString, QString>> headers; // may have holes too
    // Where the token comes back: a JSON pointer (RFC 6901, begins with a slash), or the name of a header or a cookie.
    // Empty: every cookie of the answer is kept.
    QString tokenPointer;
    QString refreshUrl, refreshPointer; // where a new token is asked for, and where the refresh token came back
    // Of ApiKey ("X-Api-Key") and SigningKey ("Stripe-Signature"); of the others where a token goes: Authorization.
    QString headerName;
    QString csrfSource;      // address of the page that hands out {{csrf}}
    QString clientId, scope; // of the OAuth kinds
    QString logoutMethod, logoutUrl;

    bool operator==(const SignIn &) const = default;
};

struct TestActor
{
    QString id;   // stable; newActorId()
    QString name; // "Anna, admin of Acme"
    QString role; // a word in lower case: "admin", "member"
    QString tenant;
    QString userName; // what stands for {{user}}
    SignIn signIn;
    QString credential;       // name of the Credential whose keychain entry has the password, token, cookie or key
    QString whoAmIUrl;        // answers with who is signed in; empty: not known
    QString whoAmIPointer;    // JSON pointer to the name in that answer; empty: the whole answer
    bool isThrowAway = false; // may be locked out

    bool operator==(const TestActor &) const = default;
};

constexpr std::size_t kMostActors = 50;
constexpr qsizetype kLongestBodyTemplate = 16384;

QString newActorId();
// Nobody's account: events are signed with it, and it is never sent. It has no place in a crew, and no role in the
// matrix.
bool isSigningKey(const TestActor &actor);

// The body template; where an OAuth kind has none, the one of RFC 6749 (form encoded).
QString bodyTemplateOf(const SignIn &signIn);

// Every host that signing in, out, or asking who one is talks to, each once: what a person agrees to send a password
// to.
QStringList signInHosts(const TestActor &actor);

// {{name}}: the names of the holes in a text, each once, in their order.
QStringList holesIn(const QString &text);

// What the keychain entry of an actor has: the value for {{password}}, or a JSON object of several for sign-ins with
// further holes ({"password":"…","apikey":"…"}).
using HoleValues = std::map<QString, Secret>;
HoleValues holeValuesOf(const Secret &entry);
Secret keychainValueOf(const HoleValues &values);

// The same actor, tidied. BadInput with a sentence that says what to write instead: without a name or a role, with an
// address that is neither HTTPS nor on this machine or has a password in it, without a hole for the password where one
// is sent, with a line end in a header, too long, or with something that looks like a value.
[[nodiscard]] Result<TestActor> checkedActor(TestActor actor);
// The whole list: each checked, no id and no name twice, no more than kMostActors.
[[nodiscard]] Result<std::vector<TestActor>> checkedActors(const std::vector<TestActor> &actors);

// What is missing of two tenants × (admin, member), as sentences; empty: complete. Roles as isAdminRole() tells.
QStringList missingActors(const std::vector<TestActor> &actors);
// "admin", "owner", "superadmin", "org-admin", …
bool isAdminRole(const QString &role);
// Only looks: "viewer", "guest", "readonly", …
bool isReadOnlyRole(const QString &role);
// A word in lower case of a-z 0-9 - _, at most 40 long.
bool isRoleWord(const QString &role);

// The stored form. Empty for words that this program does not know.
QJsonObject toJson(const TestActor &actor);
std::optional<TestActor> testActorFromJson(const QJsonObject &object);

} // namespace cockpit
