// The parts of a sign-in that need no network: templates with holes, and what a login page hands out.
#pragma once

#include "checks/actors/cookiejar.h"
#include "models/access/actor.h"
#include "models/result.h"
#include "models/secret.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>
#include <utility>
#include <vector>

namespace cockpit {

// A field of a form that nobody sees, and which a browser sends back.
struct HiddenField
{
    QString name;
    Secret value;
};
// Those of the form that has a field for a password; of the first form where none has. Empty for a page that cannot be
// read (checks/web/nesting.h).
std::vector<HiddenField> hiddenFieldsIn(const QByteArray &html);
// Of a form that sends to that address.
struct FormFields
{
    std::vector<HiddenField> hidden; // of the first such form
    bool isFilledIn = false;         // any of them has a field that a person types into or chooses in
};
// page: where the HTML came from. Empty without such a form.
std::optional<FormFields> formFieldsFor(const QByteArray &html, const QUrl &page, const QUrl &action);

// An anti-forgery token, and the header in which the product looks for it when a script sends it.
struct CsrfToken
{
    Secret value;
    QByteArray header;
    QString field = {}; // the hidden field that it stood in; empty when it stood elsewhere
};
// From a hidden field, a meta element, a JSON answer or a cookie, in this order. Empty when there is none.
std::optional<CsrfToken> csrfTokenIn(const HttpResponse &answer, const CookieJar &jar);
// The cookie that scripts are to send back in a header (double submit), as it is now.
std::optional<CsrfToken> csrfCookieIn(const CookieJar &jar);

// "csrf_token", "authenticity_token", "_token", "__RequestVerificationToken".
bool isCsrfName(const QString &name);

// What the keychain keeps for the account, and what the account itself says ({{user}}, {{client_id}}).
HoleValues holeValuesFor(const TestActor &actor, const Secret &entry);

// Puts the values into the holes, written as that type of content needs it: percent-encoded in a form, escaped in JSON
// and XML, as they are elsewhere. BadInput names a hole that nobody has a value for.
[[nodiscard]] Result<Secret> filled(const QString &text, const HoleValues &values, const QByteArray &contentType);
// An address whose query has holes ("?key={{key}}"), percent-encoded.
[[nodiscard]] Result<QUrl> filledAddress(const QString &address, const HoleValues &values);
// The headers of the sign-in, with their values.
[[nodiscard]] Result<std::vector<std::pair<QByteArray, Secret>>> filledHeaders(const SignIn &how,
                                                                               const HoleValues &values);

// Which of its own names and secrets an OAuth client has (RFC 6749 section 2.3).
struct OAuthSelf
{
    QByteArray id;
    std::optional<Secret> secret;

    QByteArray basicHeader() const; // section 2.3.1; there is a secret
    // What stands in the body: the id where no header says it, and the secret of servers that know no header.
    std::vector<std::pair<QByteArray, QByteArray>> bodyFields(bool secretInBody) const;
};
OAuthSelf oauthSelfOf(const TestActor &actor, const HoleValues &values);

} // namespace cockpit
