#include "models/hostname.h"

#include "models/redactor.h"
#include "models/target.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

#include <arpa/inet.h>
#include <libpsl.h>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HostName)
};

// RFC 1035 section 2.3.4: 255 bytes on the wire are 253 in text.
constexpr qsizetype kLongestName = 253;
constexpr qsizetype kLongestLabel = 63;

Error refusal(const QString &message)
{
    return {.kind = ErrorKind::BadInput, .message = message};
}

QString shown(const QString &typed)
{
    return plainText(typed, 60);
}

bool isAscii(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) { return c.unicode() < 0x80; });
}

bool isIpv6(const QString &text)
{
    in6_addr address{};
    return inet_pton(AF_INET6, text.toLatin1().constData(), &address) == 1;
}

bool isIpv6Loopback(const QString &text)
{
    in6_addr address{};
    return inet_pton(AF_INET6, text.toLatin1().constData(), &address) == 1 && IN6_IS_ADDR_LOOPBACK(&address);
}

// All of 127.0.0.0/8 is this machine (RFC 1122 section 3.2.1.3).
bool isIpv4Loopback(const QString &text)
{
    in_addr address{};
    return text.startsWith("127."_L1) && inet_pton(AF_INET, text.toLatin1().constData(), &address) == 1;
}

// "10.0.0.1" and what browsers read as an address too: "2130706433", "0x7f.1" (URL standard, "ends in a number").
bool endsInNumber(const QString &name)
{
    static const QRegularExpression number(u"\\A(?:[0-9]+|0[xX][0-9a-fA-F]*)\\z"_s);
    return number.match(name.section(u'.', -1)).hasMatch();
}

Result<QString> normaliseIp(const QString &typed)
{
    QString bare = typed;
    if (typed.startsWith(u'[') && typed.endsWith(u']'))
        bare = typed.mid(1, typed.size() - 2);
    if (isIpv6Loopback(bare))
        return u"::1"_s;
    if (isIpv4Loopback(bare))
        return bare;
    return tl::unexpected(
        refusal(Text::tr("This is an IP address. Type the name that customers use, for example example.com.")));
}

std::optional<Error> refuseLabels(const QStringList &labels)
{
    for (const QString &label : labels) {
        if (label.isEmpty())
            return refusal(
                Text::tr("The address has two dots in a row, or starts with one. Type a name such as example.com."));
        if (label.size() > kLongestLabel)
            return refusal(
                Text::tr("Between two dots there can be at most %1 characters. Please look for a typing error.")
                    .arg(kLongestLabel));
        if (label.contains(u'_'))
            return refusal(
                Text::tr("“%1” holds an underscore, which the name of a website cannot have: no certificate is "
                         "issued for it. Type the address that customers use.")
                    .arg(shown(label)));
    }
    return std::nullopt;
}

bool isHostLabel(const QString &label)
{
    static const QRegularExpression pattern(u"\\A[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\z"_s);
    return pattern.match(label).hasMatch();
}

QString toUnicodeLabel(const QString &label)
{
    return QUrl::fromAce(label.toLatin1(), QUrl::IgnoreIDNWhitelist);
}

// Lower-case A-labels; empty when it is no international name, or when a label claims to be an A-label and is none.
QString toALabels(const QString &name)
{
    if (isAscii(name) && !name.contains("xn--"_L1, Qt::CaseInsensitive))
        return name.toLower();
    const QString ascii = QString::fromLatin1(QUrl::toAce(name));
    const auto isFalse = [](const QString &label) {
        return label.startsWith("xn--"_L1) && toUnicodeLabel(label) == label;
    };
    return std::ranges::any_of(ascii.split(u'.'), isFalse) ? QString() : ascii;
}

Result<QString> normaliseName(const QString &typed)
{
    const QString name = typed.endsWith(u'.') ? typed.chopped(1) : typed;
    // Counted first, so that a long name is called long and not nonsense.
    if (isAscii(name) && name.size() > kLongestName)
        return tl::unexpected(refusal(
            Text::tr("The name is longer than %1 characters, which the internet does not allow.").arg(kLongestName)));
    if (const auto error = refuseLabels(name.split(u'.')))
        return tl::unexpected(*error);
    const QString ascii = toALabels(name);
    const QStringList labels = ascii.split(u'.');
    if (!std::ranges::all_of(labels, isHostLabel))
        return tl::unexpected(
            refusal(Text::tr("“%1” is not an address. Type a name such as example.com.").arg(shown(typed))));
    if (const auto error = refuseLabels(labels))
        return tl::unexpected(*error);
    if (ascii.size() > kLongestName)
        return tl::unexpected(refusal(
            Text::tr("The name is longer than %1 characters, which the internet does not allow.").arg(kLongestName)));
    if (labels.size() == 1 && ascii != "localhost"_L1)
        return tl::unexpected(
            refusal(Text::tr("“%1” is only part of an address. Type it with its ending, for example %1.com.")
                        .arg(shown(ascii))));
    return ascii;
}

const psl_ctx_t *suffixes()
{
    // The list compiled into libpsl, so that a judgement does not depend on the machine's files.
    static const psl_ctx_t *list = psl_builtin();
    return list;
}

// Cyrillic letters that look like Latin ones: a label made of these alone can pose as another name.
constexpr QStringView kLatinLookalikes = u"асԁеһіјӏорԛѕԝхуъьҽпгѵѡ";

// Marks and digits belong to every script.
bool belongsToAll(QChar::Script script)
{
    return script == QChar::Script_Common || script == QChar::Script_Inherited;
}

// Unicode TS 39 calls these mixtures of one language: Japanese and Korean are written with them.
QChar::Script family(QChar::Script script)
{
    const std::array together{QChar::Script_Hiragana, QChar::Script_Katakana, QChar::Script_Hangul};
    return std::ranges::find(together, script) != together.end() ? QChar::Script_Han : script;
}

bool isSafeToShow(const QString &label)
{
    std::optional<QChar::Script> only;
    bool looksLatin = true;
    for (const uint code : label.toUcs4()) {
        const auto script = family(QChar::script(code));
        if (belongsToAll(script))
            continue;
        looksLatin = looksLatin && code < 0x10000 && kLatinLookalikes.contains(QChar(static_cast<char16_t>(code)));
        if (only && *only != script)
            return false;
        only = script;
    }
    return only && !looksLatin;
}

QString displayLabel(const QString &label)
{
    if (!label.startsWith("xn--"_L1))
        return label;
    const QString unicode = toUnicodeLabel(label);
    return isSafeToShow(unicode) ? unicode : label;
}

} // namespace

bool isWithin(const QString &name, const QString &domain)
{
    return name == domain || isBelow(name, domain);
}

bool isBelow(const QString &name, const QString &domain)
{
    return name.endsWith(u'.' + domain);
}

QString withoutWildcard(const QString &name)
{
    return name.startsWith("*."_L1) ? name.mid(2) : name;
}

namespace hostname {

Result<QString> normalise(const QString &typed)
{
    if (typed.startsWith(u'[') || isIpv6(typed) || endsInNumber(typed.endsWith(u'.') ? typed.chopped(1) : typed))
        return normaliseIp(typed);
    return normaliseName(typed);
}

bool isLoopback(const QString &name)
{
    return name == "localhost"_L1 || isIpv4Loopback(name) || isIpv6Loopback(name);
}

} // namespace hostname

QString registrableDomain(const QString &hostName)
{
    if (hostname::isLoopback(hostName) || !suffixes())
        return hostName;
    const QByteArray name = hostName.toLatin1();
    const char *domain = psl_registrable_domain(suffixes(), name.constData());
    return domain ? QString::fromLatin1(domain) : hostName;
}

QString registryDomain(const QString &hostName)
{
    if (hostname::isLoopback(hostName) || !suffixes())
        return {};
    const auto isSuffix = [](const QString &name) {
        return psl_is_public_suffix2(suffixes(), name.toLatin1().constData(), PSL_TYPE_ICANN) != 0;
    };
    QString domain = hostName;
    if (isSuffix(hostName))
        return {};
    for (qsizetype dot = hostName.indexOf(u'.'); dot >= 0; dot = hostName.indexOf(u'.', dot + 1)) {
        const QString above = hostName.mid(dot + 1);
        if (isSuffix(above))
            return domain;
        domain = above;
    }
    return {};
}

QString displayName(const QString &hostName)
{
    QStringList labels = hostName.split(u'.');
    std::ranges::transform(labels, labels.begin(), displayLabel);
    return plainText(labels.join(u'.'), static_cast<int>(kLongestName));
}

} // namespace cockpit
