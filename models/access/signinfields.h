// What the members of a login form are, as far as their names tell.
#pragma once

#include <QString>

namespace cockpit {

enum class FieldRole {
    Plain,
    User,        // who signs in
    Password,    // or the secret of an OAuth client
    Csrf,        // handed out by the page before
    Captcha,     // good for one time
    OneTimeCode, // of a second factor
    ClientId,    // of OAuth
    Scope,
    GrantType,
    Secret, // another value that nobody is to see
};

// Names are compared without case and separators; of "user[email]" and "user.email" the last part counts.
FieldRole fieldRoleOf(const QString &name, const QString &value);
// Headers that a browser sends of its own, or that differ with each request: no part of a sign-in.
bool isBrowserHeader(const QString &name);
bool isCsrfHeader(const QString &name);
bool isApiKeyHeader(const QString &name);

} // namespace cockpit
