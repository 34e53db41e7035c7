#include "checks/exposure/secretrules.h"

#include "checks/exposure/pathrules.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretRules)
};

// Patterns see this much around a keyword: minified files are one line of megabytes, and PCRE backtracks.
constexpr qsizetype kBefore = 128;
constexpr qsizetype kAfter = 1024;
// A keyword that stands everywhere is noise; what is looked at stays bounded. Files of eight megabytes have three times
// as many windows, one after the other.
constexpr int kMostWindows = 5000;

std::optional<KeyKind> kindFrom(const QString &word)
{
    if (word == "secret"_L1)
        return KeyKind::Secret;
    if (word == "public"_L1)
        return KeyKind::Public;
    if (word == "test_mode"_L1)
        return KeyKind::TestMode;
    if (word == "supabase_jwt"_L1)
        return KeyKind::SupabaseJwt;
    if (word == "internal_address"_L1)
        return KeyKind::InternalAddress;
    return std::nullopt;
}

const QSet<QString> kMembers{u"id"_s,       u"name"_s,       u"pattern"_s,  u"kind"_s,
                             u"severity"_s, u"minEntropy"_s, u"keywords"_s, u"near"_s};

Result<SecretRule> parseRule(const QJsonObject &json)
{
    SecretRule rule;
    rule.id = json.value("id"_L1).toString();
    for (const QString &member : json.keys()) {
        if (!kMembers.contains(member))
            return failure(ErrorKind::BadInput,
                           Text::tr("Rule \"%1\" for keys has an unknown member \"%2\".").arg(rule.id, member));
    }
    rule.name = json.value("name"_L1).toString();
    const auto kind = kindFrom(json.value("kind"_L1).toString());
    const auto severity = fromWord<Severity>(json.value("severity"_L1).toString(u"low"_s));
    // The right boundary keeps a longer word from passing for a key; the left one a key from being the end of a word.
    rule.pattern =
        QRegularExpression(u"(?<![A-Za-z0-9_])(?:%1)(?![A-Za-z0-9_])"_s.arg(json.value("pattern"_L1).toString()));
    rule.minEntropy = json.value("minEntropy"_L1).toDouble();
    rule.near = QRegularExpression(json.value("near"_L1).toString(), QRegularExpression::CaseInsensitiveOption);
    for (const QJsonValue keyword : json.value("keywords"_L1).toArray())
        rule.keywords.push_back(keyword.toString().toUtf8());
    if (rule.id.isEmpty() || rule.name.isEmpty() || rule.keywords.empty() || !kind || !severity ||
        !rule.pattern.isValid() || !rule.near.isValid())
        return failure(ErrorKind::BadInput, Text::tr("Rule \"%1\" for keys is not usable.").arg(rule.id));
    rule.kind = *kind;
    rule.severity = *severity;
    return rule;
}

// Facts 14.4: "decode, do not grep": the anonymous key is public by design, the service key opens everything.
KeyKind supabaseKind(const QString &token, bool &isSupabase)
{
    const QByteArray payload =
        QByteArray::fromBase64(token.section(u'.', 1, 1).toLatin1(), QByteArray::Base64UrlEncoding);
    const QJsonObject claims = QJsonDocument::fromJson(payload).object();
    isSupabase = claims.value("iss"_L1).toString().startsWith("supabase"_L1) && claims.contains("role"_L1);
    return claims.value("role"_L1).toString() == "service_role"_L1 ? KeyKind::Secret : KeyKind::Public;
}

bool isWorthNothing(const SecretRule &rule, const QString &value)
{
    if (rule.kind == KeyKind::InternalAddress)
        return false;
    return isPlaceholder(value) || (rule.minEntropy > 0 && entropyOf(value) < rule.minEntropy);
}

void collect(std::vector<KeyFound> &found, QSet<QString> &known, const SecretRule &rule, const QString &window)
{
    for (auto it = rule.pattern.globalMatch(window); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString value = match.lastCapturedIndex() >= 1 ? match.captured(1) : match.captured(0);
        if (known.contains(rule.id + value) || isWorthNothing(rule, value))
            continue;
        const bool isNear = rule.near.pattern().isEmpty() || rule.near.match(window).hasMatch();
        if (!isNear)
            continue;
        KeyFound key{&rule, rule.kind, value};
        if (rule.kind == KeyKind::Secret && isForOwnMachine(value))
            key.kind = KeyKind::OwnMachine;
        key.variable = browserVariable(window.first(match.capturedStart(match.lastCapturedIndex())));
        if (rule.kind == KeyKind::SupabaseJwt) {
            bool isSupabase = false;
            key.kind = supabaseKind(value, isSupabase);
            if (!isSupabase)
                continue;
        }
        known.insert(rule.id + value);
        found.push_back(key);
    }
}

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// "re_" in "feature_flag": a value that begins with the keyword begins no word here, so the pattern cannot hold.
bool beginsValue(const SecretRule &rule, const QByteArray &keyword)
{
    return isWordCharacter(keyword.front()) && rule.pattern.pattern().contains(u"(?:"_s + QString::fromUtf8(keyword));
}

// False when there were more places than are looked at.
bool searchKeyword(std::vector<KeyFound> &found, QSet<QString> &known, const SecretRule &rule, const QByteArray &text,
                   const QByteArray &keyword)
{
    const bool isBeginning = beginsValue(rule, keyword);
    qsizetype searchedTo = 0;
    int windows = 0;
    for (qsizetype at = text.indexOf(keyword); at >= 0; at = text.indexOf(keyword, at + 1)) {
        const bool isInsideWord = isBeginning && at > 0 && isWordCharacter(text[at - 1]);
        if (at + keyword.size() <= searchedTo || isInsideWord)
            continue;
        if (++windows > kMostWindows)
            return false;
        const qsizetype from = std::max<qsizetype>(0, at - kBefore);
        const qsizetype to = std::min(text.size(), at + kAfter);
        collect(found, known, rule, QString::fromUtf8(text.sliced(from, to - from)));
        searchedTo = at + kAfter / 2; // a value that starts there has its whole length in the next window
    }
    return true;
}

} // namespace

Result<std::vector<SecretRule>> parseSecretRules(const QByteArray &json)
{
    const QJsonArray array = QJsonDocument::fromJson(json).object().value("rules"_L1).toArray();
    if (array.isEmpty())
        return failure(ErrorKind::BadInput, Text::tr("The rules for keys cannot be read."));
    std::vector<SecretRule> rules;
    for (const QJsonValue value : array) {
        const auto rule = parseRule(value.toObject());
        if (!rule)
            return tl::unexpected(rule.error());
        if (std::ranges::find(rules, rule->id, &SecretRule::id) != rules.end())
            return failure(ErrorKind::BadInput, Text::tr("Rule \"%1\" for keys is there twice.").arg(rule->id));
        rules.push_back(*rule);
    }
    return rules;
}

Result<std::vector<SecretRule>> loadSecretRules()
{
    const auto json = readRuleFile(u"bundle-secrets"_s);
    if (!json)
        return tl::unexpected(json.error());
    return parseSecretRules(*json);
}

KeySearch searchKeys(const QByteArray &text, const std::vector<SecretRule> &rules, const std::function<bool()> &isOver)
{
    KeySearch search;
    QSet<QString> known;
    for (const SecretRule &rule : rules) {
        if (isOver()) {
            search.isWhole = false;
            break;
        }
        for (const QByteArray &keyword : rule.keywords)
            search.isWhole = searchKeyword(search.keys, known, rule, text, keyword) && search.isWhole;
    }
    return search;
}

std::vector<KeyFound> findKeys(const QByteArray &text, const std::vector<SecretRule> &rules)
{
    return searchKeys(text, rules).keys;
}

QString browserVariable(const QString &before)
{
    static const QRegularExpression assignment(
        u"\\b((?:NEXT_PUBLIC|VITE|REACT_APP|PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|GATSBY|VUE_APP)_[A-Z0-9_]{1,60})\\\\?[\"']?"
        u"\\s*[:=]\\s*\\\\?[\"'`]?$"_s);
    return assignment.match(before.right(120)).captured(1);
}

double entropyOf(const QString &text)
{
    QHash<QChar, int> counts;
    for (const QChar c : text)
        ++counts[c];
    double bits = 0;
    for (const int count : counts) {
        const double share = static_cast<double>(count) / static_cast<double>(text.size());
        bits -= share * std::log2(share);
    }
    return bits;
}

namespace {

// "postgres:postgres@localhost": of examples and of every developer's machine.
bool isSampleLogin(const QString &address)
{
    static const QRegularExpression login(u"//([^:@/]*):([^@/]*)@"_s);
    static const QRegularExpression usual(
        u"^(?:(?:my|your|some|the|db|test|dev|local|super)?[-_]?(?:pass(?:word|wd)?|passwort|secret|pwd|pw)\\d{0,3}|"
        u"user|"
        u"root|admin|postgres(?:ql)?|mysql|mongo(?:db)?|redis|guest|test|demo|dev|local|example|docker|prisma|toor|12345\\d*)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = login.match(address);
    if (!match.hasMatch() || !isForOwnMachine(address))
        return false;
    const QString password = match.captured(2);
    return usual.match(password).hasMatch() || password.compare(match.captured(1), Qt::CaseInsensitive) == 0;
}

} // namespace

bool isPlaceholder(const QString &value)
{
    static const QRegularExpression stand(
        u"(?<!\\.)example(?!\\.)|change[-_]?me|your[-_]|placeholder|xxxx|\\*\\*\\*|\\.\\.\\.|\\$\\{|"
        u"\\{\\{|<[a-z_ ]+>|%[A-Z_]+%|process\\.env|import\\.meta|"
        "(.)\\1{7,}|abcdefgh|01234567|user:pass(?:word)?@|username:password@|"
        // of the documentation of Prisma and of Stripe
        "johndoe:randompassword@|_test_(?:4eC39HqLyjWDarjtT1zdp7dc|BQokikJOvBiI2HlWgH4olfQ2|TYooMQauvdEDq54NiTphI7jx)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return stand.match(value).hasMatch() || isSampleLogin(value);
}

bool isForOwnMachine(const QString &address)
{
    static const QRegularExpression own(
        u"@(?:localhost|127(?:\\.\\d{1,3}){3}|0\\.0\\.0\\.0|host\\.docker\\.internal)(?![A-Za-z0-9.-])"_s,
        QRegularExpression::CaseInsensitiveOption);
    return own.match(address).hasMatch();
}

} // namespace cockpit
