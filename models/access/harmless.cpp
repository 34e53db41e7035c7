#include "models/access/harmless.h"

#include "models/access/graphqlquestion.h"
#include "models/access/onetimecode.h"
#include "models/access/routesample.h"
#include "models/access/socketmessages.h"
#include "models/redactor.h"
#include "models/routes/pathtemplate.h"
#include "models/secretsinventory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringConverter>
#include <QUrl>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 32;

// Without separators and in lower case; of "user[cvv]" and "card.cvv" the last part.
QString plainName(const QString &name)
{
    QString plain;
    for (const QChar c : name.right(200)) {
        if (c == u'[' || c == u'.')
            plain.clear();
        else if (c.isLetterOrNumber())
            plain += c.toLower();
    }
    return plain;
}

template<std::size_t N>
bool isOneOf(const QString &word, const std::array<QLatin1StringView, N> &words)
{
    return std::ranges::any_of(words, [&](QLatin1StringView known) { return word == known; });
}

bool isEmailAddress(const QString &text)
{
    const qsizetype at = text.indexOf(u'@');
    return at > 0 && text.indexOf(u'.', at) > at + 1 && !text.contains(u' ') && text.count(u'@') == 1;
}

// ISO/IEC 7812: 13 to 19 digits, the last of which is the Luhn check digit.
bool isCardNumber(const QString &text)
{
    const QString digits = QString(text).remove(u' ').remove(u'-');
    const bool areDigits = std::ranges::all_of(digits, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (digits.size() < 13 || digits.size() > 19 || !areDigits)
        return false;
    int sum = 0;
    for (qsizetype i = 0; i < digits.size(); ++i) {
        int digit = digits[digits.size() - 1 - i].digitValue();
        if (i % 2 == 1)
            digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

// What tells who a person is, by its name; empty for other names.
QString exampleOfPerson(const QString &plainName)
{
    static constexpr std::array names{"firstname"_L1, "lastname"_L1,  "fullname"_L1,
                                      "surname"_L1,   "givenname"_L1, "familyname"_L1};
    static constexpr std::array phones{"phone"_L1, "phonenumber"_L1, "mobile"_L1, "telephone"_L1, "tel"_L1};
    static constexpr std::array births{"birthday"_L1, "birthdate"_L1, "dateofbirth"_L1, "dob"_L1};
    if (isOneOf(plainName, names))
        return u"Example"_s;
    if (isOneOf(plainName, phones))
        return u"+12025550100"_s; // a number for stories: 555-0100 to 555-0199
    return isOneOf(plainName, births) ? u"2000-01-01"_s : QString();
}

QJsonValue harmlessObject(const QJsonObject &object, int depth)
{
    QJsonObject harmless;
    for (auto it = object.begin(); it != object.end(); ++it) {
        // A name can be a value: {"anna@example.com": true}, {"<token>": {…}}.
        const bool isName = !looksLikeValue(it.key()) && !isEmailAddress(it.key());
        if (isName)
            harmless[it.key()] = harmlessJson(it.value(), it.key(), depth + 1);
    }
    return harmless;
}

QJsonValue harmlessArray(const QJsonArray &array, const QString &name, int depth)
{
    QJsonArray harmless;
    for (const QJsonValue value : array)
        harmless.append(harmlessJson(value, name, depth + 1));
    return harmless;
}

QByteArray harmlessForm(const QByteArray &body)
{
    const auto decoded = [](QByteArray text) { return QUrl::fromPercentEncoding(text.replace('+', ' ')); };
    QByteArrayList items;
    for (const QByteArray &item : body.split('&')) {
        const qsizetype equals = item.indexOf('=');
        const QString name = decoded(equals < 0 ? item : item.left(equals));
        if (looksLikeValue(name) || isEmailAddress(name))
            continue;
        const QString value = equals < 0 ? QString() : decoded(item.mid(equals + 1));
        const QString harmless = harmlessText(name, value);
        items << (harmless == value ? item : item.left(equals + 1) + QUrl::toPercentEncoding(harmless));
    }
    return items.join('&');
}

bool isUtf8Text(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes);
    return !decoder.hasError() && !text.contains(QChar(0));
}

} // namespace

QString placeholder()
{
    return u"<value>"_s;
}

bool isSecretName(const QString &name)
{
    static constexpr std::array more{"pass"_L1,         "pin"_L1,      "otp"_L1,          "cvv"_L1,
                                     "cvc"_L1,          "ssn"_L1,      "iban"_L1,         "cardnumber"_L1,
                                     "securitycode"_L1, "passcode"_L1, "creditcard"_L1,   "totp"_L1,
                                     "credential"_L1,   "taxid"_L1,    "accountnumber"_L1};
    const QString plain = plainName(name);
    const QString line = plain + u"=abcdefghijklm"_s;
    return isOneOf(plain, more) || redact(line) != line;
}

bool isPlainId(const QString &text)
{
    return !text.contains(u'/') && !pathTemplate(u'/' + text).seen.isEmpty();
}

QString harmlessText(const QString &name, const QString &value)
{
    if (value.isEmpty() || value == placeholder() || value == codeHole())
        return value;
    if (isSecretName(name))
        return placeholder();
    // "password: $password" in it is no value, which only its grammar tells.
    if (name == "query"_L1 && isGraphQlDocument(value))
        return harmlessDocument(value).value_or(placeholder());
    if (isEmailAddress(value))
        return u"person@example.com"_s;
    if (const QString example = exampleOfPerson(plainName(name)); !example.isEmpty())
        return example;
    if (isCardNumber(value) || (looksLikeValue(value) && !isPlainId(value)))
        return placeholder();
    return value;
}

QJsonValue harmlessJson(const QJsonValue &value, const QString &name, int depth)
{
    if (depth > kDeepest)
        return {};
    switch (value.type()) {
    case QJsonValue::Object:
        return harmlessObject(value.toObject(), depth);
    case QJsonValue::Array:
        return harmlessArray(value.toArray(), name, depth);
    case QJsonValue::String:
        return harmlessText(name, value.toString());
    case QJsonValue::Double:
        return isSecretName(name) || isCardNumber(QString::number(value.toDouble(), 'f', 0)) ? QJsonValue(0) : value;
    case QJsonValue::Null:
    case QJsonValue::Bool:
    case QJsonValue::Undefined:
        return value;
    }
    Q_UNREACHABLE();
}

std::optional<QByteArray> harmlessBody(const QByteArray &contentType, const QByteArray &body)
{
    if (body.size() > kLongestSampleBody || !isUtf8Text(body))
        return std::nullopt;
    if (contentType == kSocketMessages) {
        auto messages = harmlessMessages(body);
        return messages && messages->size() <= kLongestSampleBody ? std::move(messages) : std::nullopt;
    }
    const QJsonDocument document = QJsonDocument::fromJson(body);
    QByteArray harmless;
    if (document.isObject())
        harmless = QJsonDocument(harmlessJson(document.object()).toObject()).toJson(QJsonDocument::Compact);
    else if (document.isArray())
        harmless = QJsonDocument(harmlessJson(document.array()).toArray()).toJson(QJsonDocument::Compact);
    else if (contentType == "application/x-www-form-urlencoded")
        harmless = harmlessForm(body);
    else if (const QString text = QString::fromUtf8(body); !looksLikeValue(text) && !text.contains(u'@'))
        harmless = body;
    else
        return std::nullopt;
    return harmless.size() <= kLongestSampleBody ? std::optional(harmless) : std::nullopt;
}

} // namespace cockpit
