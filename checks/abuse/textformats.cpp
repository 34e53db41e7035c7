#include "checks/abuse/textformats.h"

#include "models/ipnetwork.h"

#include <QDate>
#include <QRegularExpression>
#include <QUrl>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongest = 2000; // longer than any text of these forms

bool isDate(const QString &text)
{
    return text.size() == 10 && QDate::fromString(text, Qt::ISODate).isValid();
}

// RFC 3339 section 5.6: with the offset, which servers like to leave out.
bool isDateTime(const QString &text)
{
    static const QRegularExpression time(
        u"\\A[Tt ](?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d{1,12})?(?:[Zz]|[+-]\\d{2}:\\d{2})\\z"_s);
    return isDate(text.left(10)) && time.match(text.mid(10)).hasMatch();
}

enum class IpVersion { V4, V6 };

bool isAddress(const QString &text, IpVersion version)
{
    const auto network = text.contains(u'/') ? std::nullopt : parseIpNetwork(text);
    return network && network->isV6 == (version == IpVersion::V6);
}

bool isUri(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.isRelative();
}

} // namespace

bool hasTextFormat(const QString &text, const QString &format)
{
    static const QRegularExpression mail(u"\\A[^@\\s]+@[^@\\s]+\\z"_s);
    static const QRegularExpression uuid(u"\\A[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\\z"_s);
    const bool isShort = text.size() <= kLongest;
    if (format == "date-time"_L1)
        return isShort && isDateTime(text);
    if (format == "date"_L1)
        return isDate(text);
    if (format == "email"_L1)
        return isShort && mail.match(text).hasMatch();
    if (format == "uuid"_L1)
        return uuid.match(text).hasMatch();
    if (format == "uri"_L1)
        return isUri(text);
    if (format == "ipv4"_L1)
        return isAddress(text, IpVersion::V4);
    return format != "ipv6"_L1 || isAddress(text, IpVersion::V6);
}

} // namespace cockpit
