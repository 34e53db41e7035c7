#include "checks/abuse/callbackaddresses.h"

#include "checks/actors/formvalues.h"
#include "models/wordtable.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using enum CallbackKind;

constexpr std::array kKinds{
    WordRow<CallbackKind>{Loopback, "loopback"},
    WordRow<CallbackKind>{Private, "private"},
    WordRow<CallbackKind>{Metadata, "metadata"},
    WordRow<CallbackKind>{Scheme, "scheme"},
};

struct AddressRow
{
    CallbackKind kind;
    const char *start; // without the text
};

// Decimal, hexadecimal, octal and short forms are what inet_aton takes, and many HTTP clients with it.
constexpr std::array kAddresses{
    AddressRow{Loopback, "http://127.0.0.1/"},
    AddressRow{Metadata, "http://169.254.169.254/latest/meta-data/"},
    AddressRow{Private, "http://10.0.0.1/"},
    AddressRow{Loopback, "http://localhost/"},
    AddressRow{Loopback, "http://[::1]/"},
    AddressRow{Loopback, "http://2130706433/"},
    AddressRow{Loopback, "http://0x7f000001/"},
    AddressRow{Loopback, "http://0177.0.0.1/"},
    AddressRow{Loopback, "http://127.1/"},
    AddressRow{Loopback, "http://0.0.0.0/"},
    AddressRow{Loopback, "http://[::ffff:127.0.0.1]/"},
    AddressRow{Loopback, "https://127.0.0.1/"},
    AddressRow{Private, "http://192.168.0.1/"},
    AddressRow{Private, "http://172.16.0.1/"},
    AddressRow{Private, "http://[fd00::1]/"},
    AddressRow{Metadata, "http://metadata.google.internal/computeMetadata/v1/"},
    AddressRow{Loopback, "http://example.com@127.0.0.1/"},
    AddressRow{Scheme, "file:///etc/passwd?"},
};

bool isAddress(const QString &value)
{
    static const QRegularExpression form(u"^https?://[^\\s/]+"_s);
    return form.match(value).hasMatch();
}

bool isAddressName(const QString &name)
{
    static const QRegularExpression form(u"(?:url|uri|callback|webhook|endpoint|target)s?$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return form.match(name).hasMatch();
}

std::optional<QString> firstMatch(const QRegularExpression &form, const QByteArray &body)
{
    const QRegularExpressionMatch match = form.match(QString::fromUtf8(body.left(65536)));
    return match.hasMatch() ? std::optional(match.captured()) : std::nullopt;
}

} // namespace

QString toWord(CallbackKind value)
{
    return wordOf(kKinds, value);
}

std::vector<CallbackAddress> innerAddresses(const QString &text)
{
    std::vector<CallbackAddress> all;
    all.reserve(kAddresses.size());
    for (const AddressRow &row : kAddresses)
        all.push_back({row.kind, QString::fromLatin1(row.start) + text});
    return all;
}

QStringList addressFieldsOf(const QByteArray &contentType, const QByteArray &body)
{
    QStringList names;
    if (contentType.startsWith("application/x-www-form-urlencoded")) {
        for (const FormValue &one : formValuesOf(body)) {
            if (isAddress(one.value) || (isAddressName(one.name) && one.value.isEmpty()))
                names.append(one.name);
        }
        return names;
    }
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString value = it.value().toString();
        if (isAddress(value) || (isAddressName(it.key()) && it.value().isString() && value.isEmpty()))
            names.append(it.key());
    }
    return names;
}

QByteArray bodyWithAddress(const QByteArray &contentType, const QByteArray &body, const QString &field,
                           const QString &url)
{
    if (contentType.startsWith("application/x-www-form-urlencoded"))
        return formBodyWith(body, {{field, url}});
    QJsonObject object = QJsonDocument::fromJson(body).object();
    object.insert(field, url);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString addressIn(const QByteArray &contentType, const QByteArray &body, const QString &field)
{
    if (!contentType.startsWith("application/x-www-form-urlencoded"))
        return QJsonDocument::fromJson(body).object().value(field).toString();
    for (const FormValue &one : formValuesOf(body)) {
        if (one.name == field)
            return one.value;
    }
    return {};
}

QString withText(const QString &url, const QString &text)
{
    QString base = isAddress(url) ? url.section(u'?', 0, 0).section(u'#', 0, 0) : u"https://example.com"_s;
    while (base.endsWith(u'/'))
        base.chop(1);
    return base + u'/' + text;
}

std::optional<QString> innerContentIn(const QByteArray &body)
{
    static const QRegularExpression content(u"root:[x*]?:0:0:|\\bami-id\\b[\\s\\S]{0,200}\\binstance-id\\b|"
                                            u"computeMetadata/v1/instance"_s);
    return firstMatch(content, body);
}

std::optional<QString> connectErrorIn(const QByteArray &body)
{
    static const QRegularExpression error(u"ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|"
                                          u"[Cc]onnection refused|[Cc]onnection timed out|No route to host|"
                                          u"Failed to connect to|Max retries exceeded|cURL error [0-9]+|"
                                          u"java\\.net\\.ConnectException"_s);
    return firstMatch(error, body);
}

} // namespace cockpit
