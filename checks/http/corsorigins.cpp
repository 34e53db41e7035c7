#include "checks/http/cors.h"

#include "checks/web/address.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostOwn = 6;

// "appxexample.com" for "app.example.com": a dot turned into a letter, for patterns in which it means any character.
// Left out is what no stranger can have: a name of the domain itself (appxeu.example.com), and one whose last dot is
// gone, because nobody can register a name without a top.
QByteArrayList withDotsReplaced(const QByteArray &host, const QString &domain)
{
    QByteArrayList names;
    for (qsizetype at = host.indexOf('.'); at >= 0 && host.indexOf('.', at + 1) >= 0; at = host.indexOf('.', at + 1)) {
        QByteArray name = host;
        name[at] = 'x';
        if (registrableDomain(QString::fromLatin1(name)) != domain)
            names.append(name);
    }
    return names;
}

// What ends a host name for some pattern and not for some browser (the list of CORScanner); the first ones are those
// that browsers let through most.
constexpr std::array kSpecialCharacters{"_", "!", "`", "-", "$", "&", "'", "(", ")",  "*",   "+",
                                        ",", ";", "=", "{", "}", "~", "|", "^", "\"", "%60", "%0b"};
constexpr std::array kHostings{"vercel.app", "netlify.app", "pages.dev", "github.io"};

// "xample.com" for "example.com"; empty where nothing would be left before the dot.
QByteArray withoutFirstLetter(const QByteArray &name)
{
    return name.indexOf('.') > 1 ? name.sliced(1) : QByteArray();
}

} // namespace

QString toWord(OriginClass value)
{
    switch (value) {
    case OriginClass::Arbitrary:
        return u"arbitrary"_s;
    case OriginClass::Null:
        return u"null"_s;
    case OriginClass::Prefix:
        return u"prefix"_s;
    case OriginClass::Suffix:
        return u"suffix"_s;
    case OriginClass::Dot:
        return u"unescaped_dot"_s;
    case OriginClass::Special:
        return u"special_character"_s;
    case OriginClass::Substring:
        return u"substring"_s;
    case OriginClass::Localhost:
        return u"localhost"_s;
    case OriginClass::Hosting:
        return u"hosting"_s;
    case OriginClass::Subdomain:
        return u"subdomain"_s;
    case OriginClass::Downgrade:
        return u"downgrade"_s;
    case OriginClass::Own:
        return u"own"_s;
    }
    Q_UNREACHABLE();
}

std::vector<TestOrigin> testOrigins(const QString &host, const QString &domain, const QString &word)
{
    // example.net is reserved (RFC 2606): nobody receives what a browser would send there.
    const QByteArray stranger = word.toLatin1() + ".example.net";
    const QByteArray own = host.toLatin1();
    std::vector<TestOrigin> origins{{OriginClass::Arbitrary, "https://" + stranger},
                                    {OriginClass::Null, "null"},
                                    {OriginClass::Prefix, "https://" + own + '.' + stranger},
                                    {OriginClass::Suffix, "https://" + word.toLatin1() + domain.toLatin1()},
                                    {OriginClass::Subdomain, "https://" + word.toLatin1() + '.' + domain.toLatin1()},
                                    {OriginClass::Downgrade, "http://" + own}};
    for (const QByteArray &name : withDotsReplaced(own, domain))
        origins.push_back({OriginClass::Dot, "https://" + name});
    for (const char *character : kSpecialCharacters)
        origins.push_back({OriginClass::Special, "https://" + own + character + '.' + stranger});
    const QByteArray ofDomain = domain.toLatin1();
    // Glued before the host it is still a name of the domain, which strangers cannot have.
    if (host != domain)
        origins.push_back({OriginClass::Subdomain, "https://" + word.toLatin1() + own});
    if (const QByteArray part = withoutFirstLetter(ofDomain); !part.isEmpty())
        origins.push_back({OriginClass::Substring, "https://" + part});
    origins.push_back({OriginClass::Localhost, "https://localhost:3000"});
    origins.push_back({OriginClass::Localhost, "http://localhost"});
    for (const char *hosting : kHostings)
        origins.push_back({OriginClass::Hosting, "https://" + word.toLatin1() + '.' + hosting});
    return origins;
}

std::vector<TestOrigin> ownOrigins(const Target &target, const Host &host)
{
    const auto originOf = [](const Host &one) {
        return TestOrigin{OriginClass::Own, httpsAddress(one).toString(QUrl::RemovePath).toLatin1()};
    };
    std::vector<TestOrigin> origins{originOf(host)};
    for (const Host &other : target.hosts) {
        if (other.role != HostRole::Mail && other != host && origins.size() < kMostOwn)
            origins.push_back(originOf(other));
    }
    return origins;
}

} // namespace cockpit
