#include "checks/access/linktoken.h"

#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kNear = 1 << 16;

// Log2 of how many letters the alphabet has that these are of.
double bitsOfLetter(const QString &text)
{
    static const QRegularExpression digits(u"^\\d*$"_s);
    static const QRegularExpression hex(u"^[0-9a-f]*$|^[0-9A-F]*$"_s);
    static const QRegularExpression oneCase(u"^[0-9a-z._-]*$|^[0-9A-Z._-]*$"_s);
    if (digits.match(text).hasMatch())
        return std::log2(10);
    if (hex.match(text).hasMatch())
        return 4;
    return oneCase.match(text).hasMatch() ? std::log2(36) : std::log2(62);
}

// A text of few different letters is none that a generator made: "aaaaaaaa".
double bitsOf(const QString &text)
{
    QString letters = text;
    std::sort(letters.begin(), letters.end());
    letters.erase(std::unique(letters.begin(), letters.end()), letters.end());
    const double perLetter = std::min(bitsOfLetter(text), std::log2(std::max<double>(1, double(letters.size()) * 2)));
    return perLetter * static_cast<double>(text.size());
}

std::optional<int> uuidVersion(const QString &token)
{
    static const QRegularExpression form(
        u"^[0-9a-f]{8}-[0-9a-f]{4}-([1-8])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const auto match = form.match(token);
    return match.hasMatch() ? std::optional(match.captured(1).toInt()) : std::nullopt;
}

bool areCounted(const QString &a, const QString &b)
{
    const int base = bitsOfLetter(a) < 4 ? 10 : 16;
    bool isFirst = false;
    bool isSecond = false;
    const qint64 first = a.toLongLong(&isFirst, base);
    const qint64 second = b.toLongLong(&isSecond, base);
    return isFirst && isSecond && first != second && std::abs(first - second) < kNear && a.size() <= 15;
}

} // namespace

QUrl withToken(const MailedLink &link, const QString &token)
{
    const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(link.token));
    QString text = link.url.toString(QUrl::FullyEncoded);
    const QString &spelled = text.contains(encoded) ? encoded : link.token;
    text.replace(spelled, QString::fromLatin1(QUrl::toPercentEncoding(token)));
    return QUrl(text, QUrl::StrictMode);
}

QString inventedTokenLike(const QString &token)
{
    QString invented = token;
    QRandomGenerator *random = QRandomGenerator::global();
    for (QChar &c : invented) {
        if (c.isDigit())
            c = QChar(u'0' + random->bounded(10));
        else if (c >= u'a' && c <= u'z')
            c = QChar(u'a' + random->bounded(c <= u'f' ? 6 : 26));
        else if (c >= u'A' && c <= u'Z')
            c = QChar(u'A' + random->bounded(c <= u'F' ? 6 : 26));
    }
    return invented;
}

TokenStrength strengthOf(const QString &token, const QString &other)
{
    if (const auto version = uuidVersion(token))
        return {.bits = *version == 4 ? 122.0 : (*version == 7 ? 74.0 : 14.0), .isTimed = *version == 1};
    if (areCounted(token, other))
        return {.bits = 0, .isCounted = true};
    qsizetype common = 0;
    while (common < std::min(token.size(), other.size()) && token.at(common) == other.at(common))
        ++common;
    // A letter or two are equal by chance.
    return {.bits = bitsOf(token.sliced(common > 2 ? common : 0))};
}

} // namespace cockpit
