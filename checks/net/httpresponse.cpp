#include "checks/net/httpclient.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString normalised(const QUrl &url)
{
    QUrl plain = url.adjusted(QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    if (plain.path().isEmpty())
        plain.setPath(u"/"_s);
    return plain.toString(QUrl::FullyEncoded);
}

bool isNamed(const Header &header, QByteArrayView name)
{
    return header.name.compare(name, Qt::CaseInsensitive) == 0;
}

} // namespace

std::optional<QByteArray> HttpResponse::header(QByteArrayView name) const
{
    const auto it = std::ranges::find_if(headers, [&](const Header &h) { return isNamed(h, name); });
    if (it == headers.end())
        return std::nullopt;
    return it->value;
}

std::vector<QByteArray> HttpResponse::headerValues(QByteArrayView name) const
{
    std::vector<QByteArray> values;
    for (const Header &h : headers) {
        if (isNamed(h, name))
            values.push_back(h.value);
    }
    return values;
}

namespace {

QString keyOf(const std::vector<Header> &headers)
{
    QString key;
    for (const Header &h : headers)
        key += u'\n' + QString::fromLatin1(h.name).toLower() + u": "_s + QString::fromLatin1(h.value);
    return key;
}

} // namespace

QString HttpGet::key() const
{
    const QString key = u"%1 %2 %3 %4"_s.arg(QString::fromLatin1(method), normalised(url), QString::number(bodyCap),
                                             QString::number(repetition));
    return key + (trustedOnly ? u" trusted"_s : QString()) + keyOf(headers) +
           (body.isEmpty() ? QString() : u"\n\n"_s + QString::fromLatin1(body));
}

QString FollowRedirects::key() const
{
    return normalised(url) + keyOf(headers);
}

} // namespace cockpit
