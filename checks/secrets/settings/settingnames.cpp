#include "checks/secrets/settings/setting.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace cockpit::env {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kSecretWords{"SECRET"_L1, "SECRETS"_L1,    "PASSWORD"_L1, "PASSWD"_L1,     "PASS"_L1,
                                  "PWD"_L1,    "PASSPHRASE"_L1, "TOKEN"_L1,    "CREDENTIAL"_L1, "CREDENTIALS"_L1,
                                  "APIKEY"_L1, "PRIVATE"_L1,    "SALT"_L1,     "PEPPER"_L1,     "SERVICEKEY"_L1};
// Written together with the word before them: PGPASSWORD, authtoken.
constexpr std::array kSecretEndings{"PASSWORD"_L1,  "PASSPHRASE"_L1, "PASSWD"_L1,     "SECRET"_L1,     "TOKEN"_L1,
                                    "SECRETKEY"_L1, "ACCESSKEY"_L1,  "PRIVATEKEY"_L1, "SIGNINGKEY"_L1, "APIKEY"_L1};
// Before KEY.
constexpr std::array kKeyWords{"API"_L1,     "ACCESS"_L1, "SECRET"_L1, "PRIVATE"_L1, "SERVICE"_L1, "ENCRYPTION"_L1,
                               "SIGNING"_L1, "AUTH"_L1,   "MASTER"_L1, "ADMIN"_L1,   "APP"_L1,     "ROLE"_L1,
                               "SESSION"_L1, "JWT"_L1,    "COOKIE"_L1, "WEBHOOK"_L1};
constexpr std::array kPublicWords{"PUBLISHABLE"_L1, "ANON"_L1, "SITE"_L1, "SITEKEY"_L1};
// At the end: of what stands beside a secret.
constexpr std::array kBesideWords{
    "ID"_L1,     "IDS"_L1,  "TTL"_L1,     "EXPIRY"_L1,   "EXPIRES"_L1,  "EXPIRATION"_L1, "LENGTH"_L1,  "ROUNDS"_L1,
    "HEADER"_L1, "NAME"_L1, "URL"_L1,     "URI"_L1,      "HOST"_L1,     "PORT"_L1,       "ENABLED"_L1, "PATH"_L1,
    "FILE"_L1,   "ARN"_L1,  "MINUTES"_L1, "SECONDS"_L1,  "HOURS"_L1,    "DAYS"_L1,       "IN"_L1,      "ALGORITHM"_L1,
    "ISSUER"_L1, "TYPE"_L1, "VERSION"_L1, "ENDPOINT"_L1, "LIFETIME"_L1, "AGE"_L1,        "SIZE"_L1,    "COUNT"_L1,
    "LIMIT"_L1,  "DIR"_L1,  "PROJECT"_L1, "REGION"_L1,   "AUDIENCE"_L1, "CIDR"_L1,       "IP"_L1,      "SUBNET"_L1,
    "USER"_L1,   "MODE"_L1, "USERNAME"_L1};

constexpr std::array kPrefixes{"NEXT_PUBLIC_"_L1, "NUXT_PUBLIC_"_L1, "EXPO_PUBLIC_"_L1, "REACT_APP_"_L1, "VITE_"_L1,
                               "GATSBY_"_L1,      "PUBLIC_"_L1,      "VUE_APP_"_L1,     "STORYBOOK_"_L1};

constexpr std::array kSystemNames{"NODE_ENV"_L1,
                                  "PORT"_L1,
                                  "HOST"_L1,
                                  "HOSTNAME"_L1,
                                  "HOME"_L1,
                                  "PATH"_L1,
                                  "PWD"_L1,
                                  "USER"_L1,
                                  "SHELL"_L1,
                                  "LANG"_L1,
                                  "TZ"_L1,
                                  "TERM"_L1,
                                  "CI"_L1,
                                  "DEBUG"_L1,
                                  "MODE"_L1,
                                  "DEV"_L1,
                                  "PROD"_L1,
                                  "SSR"_L1,
                                  "BASE_URL"_L1,
                                  "TMPDIR"_L1,
                                  "TEMP"_L1,
                                  "TMP"_L1,
                                  "EDITOR"_L1,
                                  "NO_COLOR"_L1,
                                  "APPDATA"_L1,
                                  "DYNO"_L1,
                                  "VERCEL"_L1,
                                  "NETLIFY"_L1,
                                  "RENDER"_L1,
                                  "ANALYZE"_L1,
                                  "VITEST"_L1,
                                  "LOG_LEVEL"_L1,
                                  "LOGNAME"_L1,
                                  "USERPROFILE"_L1,
                                  "COLUMNS"_L1,
                                  "FORCE_COLOR"_L1,
                                  "COLORTERM"_L1,
                                  "RAILS_ENV"_L1,
                                  "RACK_ENV"_L1,
                                  "FLASK_ENV"_L1,
                                  "PYTHONPATH"_L1,
                                  "LC_ALL"_L1,
                                  "DISPLAY"_L1,
                                  "SHLVL"_L1,
                                  "OLDPWD"_L1,
                                  "_"_L1,
                                  "SOURCE_DATE_EPOCH"_L1,
                                  "PYTEST_CURRENT_TEST"_L1};
constexpr std::array kSystemPrefixes{"VERCEL_"_L1,     "NEXT_RUNTIME"_L1,
                                     "NEXT_PHASE"_L1,  "npm_"_L1,
                                     "GITHUB_"_L1,     "CI_"_L1,
                                     "RAILWAY_"_L1,    "FLY_"_L1,
                                     "HEROKU_"_L1,     "K_"_L1,
                                     "AWS_LAMBDA_"_L1, "AWS_EXECUTION_"_L1,
                                     "RENDER_"_L1,     "JEST_"_L1,
                                     "XDG_"_L1,        "NETLIFY_"_L1,
                                     "CF_PAGES"_L1,    "RUNNER_"_L1,
                                     "PLAYWRIGHT_"_L1, "VITEST_"_L1,
                                     "CIRCLE"_L1,      "NEXT_PUBLIC_VERCEL_"_L1,
                                     "KUBERNETES_"_L1};

// "stripeSecretKey" and "stripe.secret-key" as STRIPE, SECRET, KEY.
QStringList wordsOf(QStringView name)
{
    QString spaced;
    for (qsizetype i = 0; i < name.size(); ++i) {
        const bool isHump = i > 0 && name[i].isUpper() && name[i - 1].isLower();
        if (isHump)
            spaced += u'_';
        spaced += name[i].isLetterOrNumber() ? name[i].toUpper() : QChar(u'_');
    }
    return spaced.split(u'_', Qt::SkipEmptyParts);
}

template<size_t N>
bool holds(const std::array<QLatin1StringView, N> &known, const QString &word)
{
    return std::ranges::any_of(known, [&](QLatin1StringView one) { return word == one; });
}

bool arePublic(const QStringList &words)
{
    return words.contains(u"PUBLIC"_s) ||
           std::ranges::any_of(words, [](const QString &word) { return holds(kPublicWords, word); });
}

bool isSecretWord(const QString &word)
{
    return holds(kSecretWords, word) ||
           std::ranges::any_of(kSecretEndings, [&word](QLatin1StringView end) { return word.endsWith(end); });
}

} // namespace

bool isSecretName(QStringView name)
{
    const QString prefix = browserPrefix(name);
    const QStringList words = wordsOf(name.sliced(prefix.size()));
    const bool isFolderOfShell = words.size() == 1 && (words[0] == "PWD"_L1 || words[0] == "OLDPWD"_L1);
    if (words.isEmpty() || isFolderOfShell || holds(kBesideWords, words.last()) || arePublic(words))
        return false;
    if (std::ranges::any_of(words, isSecretWord))
        return true;
    const qsizetype key = words.indexOf(u"KEY"_s);
    return key > 0 && holds(kKeyWords, words[key - 1]);
}

bool isServerSecretName(std::string_view name)
{
    const QString text = QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
    return browserPrefix(text).isEmpty() && isSecretName(text);
}

bool isPublicName(QStringView name)
{
    return !browserPrefix(name).isEmpty() || arePublic(wordsOf(name));
}

QString browserPrefix(QStringView name)
{
    for (const QLatin1StringView prefix : kPrefixes)
        if (name.startsWith(prefix) && name.size() > prefix.size())
            return prefix;
    return {};
}

bool isGivenBySystem(QStringView name)
{
    return std::ranges::any_of(kSystemNames, [&](QLatin1StringView one) { return name == one; }) ||
           std::ranges::any_of(kSystemPrefixes, [&](QLatin1StringView one) { return name.startsWith(one); });
}

} // namespace cockpit::env
