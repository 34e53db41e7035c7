#include "checks/secrets/settings/classify.h"

#include "checks/secrets/candidate.h"
#include "checks/secrets/ciphertext.h"
#include "checks/secrets/fingerprintkey.h"
#include "checks/secrets/placeholders.h"
#include "checks/secrets/weakpassword.h"
#include "checks/values/bytekinds.h"
#include "models/redactor.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace cockpit::env {

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

namespace {

constexpr size_t kShortestSecret = 6; // by its name alone: "true" and "1234" are none
constexpr size_t kLongestAddress = 2000;
constexpr size_t kRoom = 64;

std::string_view trimmed(std::string_view text)
{
    const size_t first = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    text.remove_prefix(first);
    while (!text.empty() && " \t\r\n"sv.find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    return text;
}

bool holdsWord(std::string_view value, std::string_view lowerWord)
{
    return std::search(value.begin(), value.end(), lowerWord.begin(), lowerWord.end(),
                       [](char one, char other) { return lowerByte(one) == other; }) != value.end();
}

// "${{ secrets.KEY }}", "$KEY", "$(vault …)", "op://vault/item": the value is somewhere else.
bool isReference(std::string_view value)
{
    const bool isWhole = value.starts_with("${"sv) || value.starts_with("$("sv) || value.starts_with("op://"sv) ||
                         value.starts_with("vault:"sv) || value.starts_with("arn:aws:secretsmanager"sv) ||
                         value.starts_with("@Microsoft.KeyVault"sv) || value.starts_with("{{"sv) ||
                         value.starts_with("sm://"sv);
    const bool isName = value.size() > 1 && value.front() == '$' &&
                        std::ranges::all_of(value.substr(1), [](char c) { return c == '_' || (c >= 'A' && c <= 'Z'); });
    return isWhole || isName;
}

struct Address
{
    std::string_view scheme;
    std::string_view rest; // host, port and path
    std::string_view host;
    std::string_view port; // digits; empty: the scheme's own
    std::string_view user;
    bool hasPassword = false;
};

// scheme://[user[:password]@]host[:port][/path]
std::optional<Address> addressIn(std::string_view value)
{
    const size_t sign = value.find("://"sv);
    const bool isScheme =
        sign != std::string_view::npos && sign > 1 && sign < 24 &&
        std::ranges::all_of(value.substr(0, sign), [](char c) { return isWordByte(c) || c == '+' || c == '-'; });
    if (!isScheme || value.size() > kLongestAddress || value.find_first_of(" \t\r\n"sv) != std::string_view::npos)
        return std::nullopt;
    Address address{value.substr(0, sign), value.substr(sign + 3), {}, {}, {}, false};
    const size_t authorityEnd = std::min(address.rest.find_first_of("/?#"sv), address.rest.size());
    const size_t at = address.rest.substr(0, authorityEnd).rfind('@');
    if (at != std::string_view::npos) {
        const size_t colon = address.rest.substr(0, at).find(':');
        address.user = address.rest.substr(0, std::min(colon, at));
        address.hasPassword = colon != std::string_view::npos && colon + 1 < at;
        address.rest.remove_prefix(at + 1);
    }
    address.rest = address.rest.substr(0, address.rest.find_first_of("?#"sv));
    const std::string_view authority = address.rest.substr(0, address.rest.find('/'));
    address.host = authority.starts_with('[') ? authority.substr(0, authority.find(']') + 1)
                                              : authority.substr(0, authority.find(':'));
    const std::string_view behind = authority.substr(std::min(address.host.size(), authority.size()));
    const bool isPort = behind.size() > 1 && behind.size() <= 6 && behind.front() == ':' &&
                        std::ranges::all_of(behind.substr(1), isDigitByte);
    address.port = isPort ? behind.substr(1) : std::string_view();
    return address;
}

bool isDatabaseScheme(std::string_view scheme)
{
    constexpr std::array known{"postgres"sv,
                               "postgresql"sv,
                               "mysql"sv,
                               "mariadb"sv,
                               "mongodb"sv,
                               "mongodb+srv"sv,
                               "redis"sv,
                               "rediss"sv,
                               "sqlserver"sv,
                               "mssql"sv,
                               "cockroachdb"sv,
                               "libsql"sv,
                               "clickhouse"sv,
                               "neo4j"sv,
                               "neo4j+s"sv,
                               "jdbc"sv,
                               "postgresql+asyncpg"sv,
                               "postgresql+psycopg2"sv,
                               "mysql+pymysql"sv};
    return std::ranges::find(known, scheme) != known.end();
}

// One name for all customers of a region: the user's name says whose database it is.
bool isSharedDoor(const QString &host)
{
    return host.endsWith("pooler.supabase.com"_L1) || host.endsWith(".connect.psdb.cloud"_L1) ||
           host.endsWith(".cockroachlabs.cloud"_L1) || host.endsWith(".prisma-data.net"_L1) ||
           host.endsWith("db.prisma.io"_L1);
}

// The same name means the same machine wherever it is asked for.
bool isComparableHost(const QString &host)
{
    constexpr std::array ofNetwork{".internal"_L1, ".local"_L1, ".svc"_L1,       ".flycast"_L1,
                                   ".lan"_L1,      ".home"_L1,  ".localhost"_L1, ".localdomain"_L1};
    const bool isNumber = std::ranges::all_of(host, [](QChar c) { return c.isDigit() || c == u'.'; });
    const bool isPrivate = host.startsWith("10."_L1) || host.startsWith("127."_L1) || host.startsWith("192.168."_L1) ||
                           host.startsWith("172."_L1) || host.startsWith("169.254."_L1);
    return host.contains(u'.') && !(isNumber && isPrivate) &&
           std::ranges::none_of(ofNetwork, [&](QLatin1StringView end) { return host.endsWith(end); });
}

// PAYPAL_MODE=sandbox and its like.
KeyMode modeByWord(const QString &name, std::string_view value)
{
    const QString upper = name.toUpper();
    const bool isMode = upper.endsWith("_MODE"_L1) || upper.endsWith("_ENV"_L1) || upper.endsWith("_ENVIRONMENT"_L1);
    constexpr std::array providers{"PAYPAL"_L1, "BRAINTREE"_L1, "SQUARE"_L1, "PLAID"_L1,    "ADYEN"_L1, "KLARNA"_L1,
                                   "PADDLE"_L1, "MOLLIE"_L1,    "STRIPE"_L1, "RAZORPAY"_L1, "DWOLLA"_L1};
    const bool isProvider = std::ranges::any_of(providers, [&](QLatin1StringView one) { return upper.contains(one); });
    if (!isMode || !isProvider)
        return KeyMode::None;
    if (holdsWord(value, "sandbox"sv) || holdsWord(value, "test"sv))
        return KeyMode::Test;
    return holdsWord(value, "live"sv) || holdsWord(value, "production"sv) ? KeyMode::Live : KeyMode::None;
}

KeyMode modeOf(const SecretHit &hit)
{
    if (hit.kind == LeakKind::TestMode || hit.rule->id.contains("-test-"_L1) || hit.rule->id.startsWith("test-"_L1))
        return KeyMode::Test;
    return hit.rule->id.contains("-live-"_L1) ? KeyMode::Live : KeyMode::None;
}

void readAddress(std::string_view value, const QByteArray &key, Setting &setting)
{
    const auto address = addressIn(value);
    if (!address || address->host.empty())
        return;
    const auto text = [](std::string_view part) {
        return QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size()));
    };
    setting.urlHost = text(address->host).toLower();
    setting.urlScheme = text(address->scheme).toLower();
    constexpr int lastPort = 65535;
    const int port = text(address->port).toInt();
    setting.urlPort = port <= lastPort ? port : 0;
    setting.isSharedHost = isSharedDoor(setting.urlHost);
    if (isDatabaseScheme(address->scheme) && isComparableHost(setting.urlHost)) {
        WipedBytes place = wipedCopy(address->rest);
        if (setting.isSharedHost)
            place.append("@").append(address->user);
        setting.database = fingerprintOf({place.data(), place.size()}, key);
    }
    if (address->hasPassword) {
        setting.isSecret = true;
        if (setting.rule.isEmpty())
            setting.rule = u"user and password in an address"_s;
    }
}

ValueState stateOf(std::string_view value, bool isSecretByName, bool isAddress)
{
    if (value.empty())
        return ValueState::Empty;
    if (isReference(value))
        return ValueState::Elsewhere;
    if (isCiphertext(value))
        return ValueState::Unreadable;
    // A word that everybody tries is as good as none: where a secret belongs, nobody filled one in.
    if (standsForSetting(value) || (isSecretByName && !isAddress && (standsForSecret(value) || isWeakPassword(value))))
        return ValueState::Placeholder;
    return ValueState::Set;
}

} // namespace

Result<Classifier> Classifier::make(std::shared_ptr<const PatternSet> patterns, const QByteArray &key)
{
    return TextScanner::make(std::move(patterns), {key, {}, QDateTime::currentDateTimeUtc()})
        .map([&](TextScanner &&scanner) { return Classifier(std::move(scanner), key); });
}

Result<void> Classifier::scan(const RawSetting &raw, Setting &setting)
{
    m_text.clear();
    m_text.reserve(raw.name.size() + raw.value.size() + kRoom);
    m_text += raw.name;
    m_text += '=';
    m_text += raw.value;
    const TextScan found = m_scanner.scan({m_text.data(), m_text.size()});
    if (found.ended)
        return tl::unexpected<Error>(*found.ended);
    for (const SecretHit &hit : found.hits) {
        if (const KeyMode mode = modeOf(hit); mode != KeyMode::None)
            setting.mode = mode;
        const bool isPublic = hit.kind == LeakKind::PublicByDesign || hit.kind == LeakKind::TestMode;
        setting.isPublicKey = setting.isPublicKey || isPublic;
        const bool isWorse = !setting.isSecret || hit.severity < setting.severity;
        if (isPublic || !isWorse)
            continue;
        setting.isSecret = true;
        setting.severity = hit.severity;
        setting.rule = hit.rule->name;
        setting.isKnownKey = setting.isKnownKey || !isGeneric(*hit.rule);
    }
    if (setting.isSecret)
        setting.isPublicKey = false;
    return {};
}

Result<Setting> Classifier::classify(const RawSetting &raw)
{
    Setting setting;
    setting.name = QString::fromStdString(raw.name);
    setting.line = raw.line;
    setting.environment = raw.environment;
    setting.scope = plainText(QString::fromStdString(raw.scope), 100);
    if (!raw.hasValue || raw.isUnreadable) {
        setting.state = raw.isUnreadable ? ValueState::Unreadable : ValueState::Elsewhere;
        setting.isSecret = isSecretName(setting.name);
        return setting;
    }
    const std::string_view value = trimmed({raw.value.data(), raw.value.size()});
    const bool isSecretByName = isSecretName(setting.name);
    setting.state = stateOf(value, isSecretByName, addressIn(value).has_value());
    setting.isSecret = isSecretByName;
    if (setting.state != ValueState::Set)
        return setting;
    setting.isSecret = false;
    if (auto scanned = scan(raw, setting); !scanned)
        return tl::unexpected(std::move(scanned.error()));
    readAddress(value, m_key, setting);
    if (!setting.isSecret && !setting.isPublicKey && isSecretByName && value.size() >= kShortestSecret) {
        setting.isSecret = true;
        setting.severity = Severity::Medium;
    }
    if (setting.mode == KeyMode::None)
        setting.mode = modeByWord(setting.name, value);
    setting.fingerprint = fingerprintOf(value, m_key);
    return setting;
}

} // namespace cockpit::env
