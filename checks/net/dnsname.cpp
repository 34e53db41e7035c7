#include "checks/net/dnsname.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QStringList>
#include <QUrl>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestLabel = 63;
constexpr qsizetype kLongestName = 253; // as text, without the trailing dot

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DnsName)
};

bool isPrintable(ushort c)
{
    return c > 0x20 && c < 0x7f;
}

// Three digits up to 255 behind every backslash.
bool hasOnlyByteEscapes(const QString &text)
{
    static const QRegularExpression other(u"\\\\(?!(?:[01]\\d\\d|2[0-4]\\d|25[0-5]))"_s);
    return !text.contains(other);
}

qsizetype bytesOf(const QString &text)
{
    constexpr int digitsOfEscape = 3;
    return text.size() - digitsOfEscape * text.count(u'\\');
}

tl::unexpected<Error> refused(const QString &name, const QString &why)
{
    // The name may come from somebody else's zone: show a bounded part of it.
    return failure(ErrorKind::BadInput, Text::tr("\"%1\" cannot be looked up: %2").arg(name.left(kLongestName), why));
}

} // namespace

Result<QString> normaliseDnsName(const QString &name)
{
    if (name == u"."_s)
        return name;
    QString text = name;
    if (text.endsWith(u'.'))
        text.chop(1);
    const bool isAscii = std::ranges::all_of(text, [](QChar c) { return c.unicode() < 0x80; });
    text = isAscii ? text.toLower() : QString::fromLatin1(QUrl::toAce(text)).toLower();
    if (text.isEmpty())
        return refused(name, Text::tr("it is empty or not a valid international name."));
    if (!std::ranges::all_of(text, [](QChar c) { return isPrintable(c.unicode()); }) || !hasOnlyByteEscapes(text))
        return refused(name, Text::tr("it contains blanks or characters that no domain name has."));
    if (bytesOf(text) > kLongestName)
        return refused(name, Text::tr("it is longer than 253 characters."));
    for (const QString &label : text.split(u'.')) {
        if (label.isEmpty())
            return refused(name, Text::tr("it has two dots in a row or starts with one."));
        if (bytesOf(label) > kLongestLabel)
            return refused(name, Text::tr("one of its parts is longer than 63 characters."));
    }
    return text;
}

QString escapedDnsName(const QByteArray &name)
{
    QString text;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        text += isPrintable(byte) && c != '\\' ? QString(QLatin1Char(c))
                                               : u"\\%1"_s.arg(int(byte), 3, 10, QLatin1Char('0'));
    }
    return text;
}

QString reverseNameOf(const QString &ip)
{
    const QHostAddress address(ip);
    QStringList labels;
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        labels = address.toString().split(u'.');
        std::ranges::reverse(labels);
        return labels.join(u'.') + u".in-addr.arpa"_s;
    }
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    for (int i = 15; i >= 0; --i)
        labels << QString::number(bytes[i] & 15, 16) << QString::number(bytes[i] >> 4, 16);
    return labels.join(u'.') + u".ip6.arpa"_s;
}

QString randomLabel()
{
    return u"lc-"_s + QString::number(QRandomGenerator::system()->generate64(), 16).rightJustified(16, u'0');
}

} // namespace cockpit
