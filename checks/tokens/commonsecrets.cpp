#include "checks/tokens/commonsecrets.h"

#include "checks/tokens/tokensignature.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

constexpr std::array kGeneral{
    "",
    "secret",
    "Secret",
    "SECRET",
    "secret1",
    "secret123",
    "secretkey",
    "secret-key",
    "secret_key",
    "secretKey",
    "SecretKey",
    "SECRET_KEY",
    "mysecret",
    "my-secret",
    "my_secret",
    "mySecret",
    "mysecretkey",
    "my-secret-key",
    "my_secret_key",
    "mySecretKey",
    "supersecret",
    "super-secret",
    "super_secret",
    "superSecret",
    "supersecretkey",
    "super-secret-key",
    "super_secret_key",
    "topsecret",
    "top-secret",
    "verysecret",
    "shhhh",
    "shhhhh",
    "shhh",
    "changeme",
    "change-me",
    "change_me",
    "changeMe",
    "CHANGEME",
    "changeit",
    "changethis",
    "change-this",
    "change-this-secret",
    "change_this_secret",
    "change-me-in-production",
    "changeme-in-production",
    "change-in-production",
    "replace-me",
    "replaceme",
    "replace_me",
    "todo",
    "default",
    "default-secret",
    "defaultsecret",
    "password",
    "Password",
    "password1",
    "password123",
    "passw0rd",
    "P@ssw0rd",
    "admin",
    "admin123",
    "root",
    "test",
    "testing",
    "test123",
    "testsecret",
    "test-secret",
    "test_secret",
    "demo",
    "dev",
    "dev-secret",
    "devsecret",
    "dev_secret",
    "development",
    "development-secret",
    "local",
    "localhost",
    "staging",
    "production",
    "example",
    "example-secret",
    "sample",
    "private",
    "privatekey",
    "private-key",
    "private_key",
    "key",
    "mykey",
    "my-key",
    "apikey",
    "token",
    "token-secret",
    "tokensecret",
    "accesstoken",
    "access-token-secret",
    "access_token_secret",
    "refresh-token-secret",
    "refresh_token_secret",
    "jwt",
    "JWT",
    "jwtsecret",
    "jwt-secret",
    "jwt_secret",
    "jwtSecret",
    "JWT_SECRET",
    "jwt-secret-key",
    "jwt_secret_key",
    "jwtkey",
    "jwt-key",
    "jwtPrivateKey",
    "your-secret",
    "your_secret",
    "yoursecret",
    "your-secret-key",
    "your_secret_key",
    "yourSecretKey",
    "your-jwt-secret",
    "your_jwt_secret",
    "your-jwt-secret-key",
    "your-super-secret-key",
    "your-super-secret-jwt-key",
    "your-secret-key-here",
    "your-secret-here",
    "your_jwt_secret_key",
    "your-256-bit-secret",
    "your-384-bit-secret",
    "your-512-bit-secret",
    "a-string-secret-at-least-256-bits-long",
    "a-valid-string-secret-that-is-at-least-384-bits-long",
    "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long",
    "super-secret-jwt-token-with-at-least-32-characters-long",
    "your-super-secret-jwt-token-with-at-least-32-characters-long",
    "nextauth-secret",
    "nextauth_secret",
    "NEXTAUTH_SECRET",
    "next-auth-secret",
    "AUTH_SECRET",
    "auth-secret",
    "authsecret",
    "session-secret",
    "session_secret",
    "sessionsecret",
    "cookie-secret",
    "keyboard cat",
    "thisisasecret",
    "this-is-a-secret",
    "this_is_a_secret",
    "this is a secret",
    "this-is-my-secret",
    "this-is-a-secret-key",
    "ThisIsMySecretKey",
    "thisismysecretkey",
    "some-secret",
    "somesecret",
    "some-secret-key",
    "random-secret",
    "notsecret",
    "not-a-secret",
    "insecure",
    "django-insecure",
    "hard!to-guess_secret",
    "hard to guess string",
    "qwerty",
    "qwerty123",
    "letmein",
    "abc123",
    "abcdef",
    "123",
    "1234",
    "12345",
    "123456",
    "12345678",
    "123456789",
    "1234567890",
    "0123456789abcdef",
    "00000000",
    "hello",
    "helloworld",
    "foobar",
    "express",
    "flask",
    "laravel",
    "spring",
    "supabase",
    "firebase",
    "hasura",
};

constexpr std::array kEndings{"",     "-secret", "_secret", "secret",      "Secret",      "-secret-key", "_secret_key",
                              "-jwt", "_jwt",    "jwt",     "-jwt-secret", "_jwt_secret", "123",         "2024",
                              "2025", "2026",    "-key",    "-dev",        "-production"};

void addOnce(std::vector<QByteArray> &all, const QByteArray &word)
{
    if (std::ranges::find(all, word) == all.end())
        all.push_back(word);
}

} // namespace

std::vector<QByteArray> commonSecrets(const QString &domain)
{
    std::vector<QByteArray> all;
    for (const char *word : kGeneral)
        addOnce(all, word);
    if (domain.isEmpty())
        return all;
    const QByteArray name = domain.section(u'.', 0, 0).toLatin1();
    QByteArray capital = name;
    capital.front() = QChar::fromLatin1(name.front()).toUpper().toLatin1();
    addOnce(all, domain.toLatin1());
    for (const QByteArray &begin : {name, capital, QByteArray(name).replace('-', "")}) {
        for (const char *ending : kEndings)
            addOnce(all, begin + ending);
    }
    return all;
}

std::optional<Secret> commonSecretOf(const Jwt &token, const QString &domain)
{
    if (!isHmacAlgorithm(token.algorithm()))
        return std::nullopt;
    const std::vector<QByteArray> words = commonSecrets(domain);
    const auto found = std::ranges::find_if(words, [&](const QByteArray &word) { return isSignedWith(token, word); });
    return found == words.end() ? std::nullopt : std::optional(Secret(*found));
}

} // namespace cockpit
