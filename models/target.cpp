#include "models/target.h"

#include "models/hostname.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Target)
};

// What was typed, taken apart but not yet judged as a name.
struct Parts
{
    QString scheme; // lower case; empty when none was typed
    QString host;
    QString port; // digits, or empty
};

// Longer than any address that a person has reason to paste.
constexpr qsizetype kLongestInput = 4096;

Result<void> refuseUnreadable(const QString &typed)
{
    if (typed.isEmpty())
        return failure(ErrorKind::BadInput, Text::tr("Type the address of your product, for example example.com."));
    if (typed.size() > kLongestInput)
        return failure(ErrorKind::BadInput,
                       Text::tr("This is too long for an address. Type a name such as example.com."));
    for (const QChar c : typed) {
        if (c.isSpace())
            return failure(ErrorKind::BadInput,
                           Text::tr("An address has no spaces in it. Type one name, for example example.com."));
        if (!c.isPrint() && !c.isSurrogate())
            return failure(
                ErrorKind::BadInput,
                Text::tr(
                    "The address contains characters that cannot be seen. Type it by hand, for example example.com."));
    }
    return {};
}

// "https://…" and "javascript:…" have a scheme, "example.com:8443" has a port.
QString takeScheme(QString &rest)
{
    const qsizetype colon = rest.indexOf(u':');
    if (colon <= 0 || rest.left(colon).contains(u'.') || rest.startsWith(u'['))
        return {};
    const QString after = rest.mid(colon + 1);
    const bool isPort = !after.isEmpty() && after.front() >= u'0' && after.front() <= u'9';
    const bool isIpv6 = after.contains(u':') && !after.startsWith("//"_L1);
    if (isPort || isIpv6 || after.isEmpty())
        return {};
    QString scheme = rest.left(colon).toLower();
    rest = after.startsWith("//"_L1) ? after.mid(2) : after;
    return scheme;
}

Result<void> refuseScheme(const QString &scheme)
{
    if (scheme.isEmpty() || scheme == "http"_L1 || scheme == "https"_L1)
        return {};
    return failure(ErrorKind::BadInput,
                   Text::tr("“%1:” is not the address of a website. Type the name alone, for example example.com.")
                       .arg(scheme.left(20)));
}

// Never repeats what stands before the @: in a URL that is a user name and a password.
tl::unexpected<Error> refuseSignIn(const Parts &parts)
{
    const QString name = parts.host.mid(parts.host.lastIndexOf(u'@') + 1);
    const bool isUrl = !parts.scheme.isEmpty() && parts.scheme != "mailto"_L1;
    const auto suggestion = hostname::normalise(name);
    if (!suggestion)
        return failure(ErrorKind::BadInput,
                       Text::tr("This is not the address of a website. Type a name such as example.com."));
    if (isUrl)
        return failure(ErrorKind::BadInput,
                       Text::tr("The address holds a user name before the @. Type the part after it: %1.")
                           .arg(displayName(*suggestion)));
    return failure(ErrorKind::BadInput,
                   Text::tr("This is an email address. Type the part after the @: %1.").arg(displayName(*suggestion)));
}

// Splits "host:port", "[::1]:port" and "::1".
void takePort(Parts &parts)
{
    if (parts.host.startsWith(u'[')) {
        const qsizetype close = parts.host.indexOf(u']');
        if (close < 0)
            return;
        if (parts.host.mid(close + 1).startsWith(u':')) {
            parts.port = parts.host.mid(close + 2);
            parts.host.truncate(close + 1);
        }
        return;
    }
    if (parts.host.count(u':') == 1) {
        parts.port = parts.host.section(u':', 1);
        parts.host = parts.host.section(u':', 0, 0);
    }
}

Result<Parts> takeApart(const QString &typed)
{
    QString rest = typed;
    Parts parts;
    parts.scheme = takeScheme(rest);
    // A browser reads a backslash as a slash.
    parts.host = rest.section(QRegularExpression(u"[/\\\\?#]"_s), 0, 0);
    if (parts.host.contains(u'@') && (parts.scheme == "mailto"_L1 || refuseScheme(parts.scheme)))
        return refuseSignIn(parts);
    if (const auto refused = refuseScheme(parts.scheme); !refused)
        return tl::unexpected(refused.error());
    takePort(parts);
    return parts;
}

Result<std::uint16_t> readPort(const Parts &parts)
{
    // http:// with its own port 80 says nothing about where HTTPS is.
    if (parts.port.isEmpty() || (parts.scheme == "http"_L1 && parts.port == "80"_L1))
        return kHttpsPort;
    bool isNumber = false;
    const uint port = parts.port.toUInt(&isNumber);
    if (!isNumber || port == 0 || port > 65535 || parts.port.size() > 5 || !parts.port.front().isDigit())
        return failure(ErrorKind::BadInput, Text::tr("The port after the colon must be a number from 1 to 65535."));
    return static_cast<std::uint16_t>(port);
}

struct RoleWord
{
    QLatin1StringView word;
    HostRole role;
};

constexpr std::array kRoleWords{
    RoleWord{"www"_L1, HostRole::Www},         RoleWord{"app"_L1, HostRole::App},
    RoleWord{"dashboard"_L1, HostRole::App},   RoleWord{"my"_L1, HostRole::App},
    RoleWord{"api"_L1, HostRole::Api},         RoleWord{"graphql"_L1, HostRole::Api},
    RoleWord{"admin"_L1, HostRole::Admin},     RoleWord{"backoffice"_L1, HostRole::Admin},
    RoleWord{"auth"_L1, HostRole::Auth},       RoleWord{"login"_L1, HostRole::Auth},
    RoleWord{"sso"_L1, HostRole::Auth},        RoleWord{"signin"_L1, HostRole::Auth},
    RoleWord{"account"_L1, HostRole::Auth},    RoleWord{"accounts"_L1, HostRole::Auth},
    RoleWord{"id"_L1, HostRole::Auth},         RoleWord{"portal"_L1, HostRole::Portal},
    RoleWord{"client"_L1, HostRole::Portal},   RoleWord{"clients"_L1, HostRole::Portal},
    RoleWord{"customer"_L1, HostRole::Portal}, RoleWord{"customers"_L1, HostRole::Portal},
    RoleWord{"mail"_L1, HostRole::Mail},       RoleWord{"smtp"_L1, HostRole::Mail},
    RoleWord{"mx"_L1, HostRole::Mail},         RoleWord{"imap"_L1, HostRole::Mail},
};

// "api-v2" and "mx1" suggest what "api" and "mx" do.
QString leadingWord(const QString &hostName)
{
    QString word = hostName.section(u'.', 0, 0).section(u'-', 0, 0);
    while (!word.isEmpty() && word.back().isDigit())
        word.chop(1);
    return word;
}

std::vector<Host> hostsFor(const QString &name, const QString &domain, std::uint16_t port)
{
    if (hostname::isLoopback(name))
        return {{.role = HostRole::Site, .name = name, .httpsPort = port}};
    if (name == domain)
        return {{.role = HostRole::Site, .name = name, .httpsPort = port},
                {.role = HostRole::Www, .name = u"www."_s + name}};
    return {{.role = roleFromName(name, domain), .name = name, .httpsPort = port},
            {.role = HostRole::Site, .name = domain}};
}

} // namespace

Result<Target> parseAddress(const QString &typed)
{
    const QString trimmed = typed.trimmed();
    if (const auto refused = refuseUnreadable(trimmed); !refused)
        return tl::unexpected(refused.error());
    const auto parts = takeApart(trimmed);
    if (!parts)
        return tl::unexpected(parts.error());
    const auto port = readPort(*parts);
    if (!port)
        return tl::unexpected(port.error());
    const auto name = hostname::normalise(parts->host);
    if (!name)
        return tl::unexpected(name.error());
    const QString domain = registrableDomain(*name);
    return Target{.domain = domain, .hosts = hostsFor(*name, domain, *port)};
}

Result<QString> normaliseHostName(const QString &typed)
{
    const auto target = parseAddress(typed);
    if (!target)
        return tl::unexpected(target.error());
    const Host &host = target->hosts.front();
    if (host.httpsPort != kHttpsPort)
        return failure(ErrorKind::BadInput,
                       Text::tr("A port is not possible here. Type the name alone: %1.").arg(displayName(host.name)));
    return host.name;
}

HostRole roleFromName(const QString &hostName, const QString &domain)
{
    if (hostName == domain)
        return HostRole::Site;
    const QString word = leadingWord(hostName);
    const auto it = std::ranges::find(kRoleWords, word, &RoleWord::word);
    return it == kRoleWords.end() ? HostRole::Other : it->role;
}

const Host *apiHost(const Target &target)
{
    for (const HostRole role : {HostRole::Api, HostRole::App, HostRole::Site}) {
        const auto host = std::ranges::find(target.hosts, role, &Host::role);
        if (host != target.hosts.end())
            return &*host;
    }
    return nullptr;
}

} // namespace cockpit
