#include "checks/actors/recordid.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RecordId)
};

constexpr qsizetype kLongestId = 200;
// Numbers with so many digits carry the time of their making (snowflakes): they are not counted through.
constexpr qsizetype kSnowflakeDigits = 15;

bool fits(const QString &text, const QRegularExpression &form)
{
    return form.match(text).hasMatch();
}

bool isInteger(const QString &value)
{
    static const QRegularExpression form(u"^[0-9]{1,19}$"_s);
    return fits(value, form);
}

// RFC 9562, section 4.2: the version is the first digit of the third group. All zeros and all ones (5.9, 5.10) are
// nobody's.
std::optional<IdKind> uuidKind(const QString &value)
{
    static const QRegularExpression form(u"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression nobody(u"^[0-]+$|^[f-]+$"_s, QRegularExpression::CaseInsensitiveOption);
    if (!fits(value, form) || fits(value, nobody))
        return std::nullopt;
    constexpr qsizetype kVersionAt = 14;
    switch (value.at(kVersionAt).toLatin1()) {
    case '1':
    case '2':
    case '6':
        return IdKind::UuidTime;
    case '7':
        return IdKind::UuidTimeRandom;
    case '4':
        return IdKind::UuidRandom;
    case '3':
    case '5':
        return IdKind::UuidName;
    default:
        return IdKind::UuidOther;
    }
}

// Ids that are known by their form alone.
std::optional<IdKind> kindByForm(const QString &value)
{
    static const QRegularExpression objectId(u"^(?=[0-9a-f]*[0-9])[0-9a-f]{24}$"_s);
    static const QRegularExpression ulid(u"^(?=[0-9A-Z]*[0-9])[0-7][0-9A-HJKMNP-TV-Z]{25}$"_s);
    static const QRegularExpression numbered(u"^[A-Za-z]{2,12}[-_](?:[0-9]{2,4}[-_])?[0-9]{1,19}$"_s);
    static const QRegularExpression prefixed(u"^[a-z]{2,8}_(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{8,40}$"_s);
    static const QRegularExpression date(u"^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-[0-9]{2,4}$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    if (fits(value, objectId))
        return IdKind::ObjectId;
    if (fits(value, ulid))
        return IdKind::Ulid;
    if (fits(value, numbered) && !fits(value, date))
        return IdKind::Numbered;
    if (fits(value, prefixed))
        return IdKind::Prefixed;
    return std::nullopt;
}

// A letter behind a digit or small and large letters in turn: no word of a language is written so.
bool isMixed(const QString &value)
{
    static const QRegularExpression mixed(u"[0-9][A-Za-z]|[a-z][A-Z][a-z0-9]|[a-zA-Z][0-9][A-Za-z]"_s);
    return fits(value, mixed);
}

std::optional<IdKind> kindOfRandom(const QString &value)
{
    static const QRegularExpression hex(u"^(?=[a-f]*[0-9])[0-9a-f]{32,}$"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression token(u"^(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9_-]{16,}$"_s);
    static const QRegularExpression few(u"^(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9]{5,15}$"_s);
    static const QRegularExpression words(u"^[a-z]+(?:[-_][a-z0-9]+)+$"_s); // "my-2nd-shop"
    if (fits(value, hex))
        return IdKind::Token;
    if (fits(value, words))
        return IdKind::Slug;
    if (fits(value, token) && isMixed(value))
        return IdKind::Token;
    return fits(value, few) && isMixed(value) ? std::optional(IdKind::Short) : std::nullopt;
}

bool isDate(const QString &value)
{
    static const QRegularExpression date(u"^[0-9]{1,4}-[0-9]{1,2}(?:-[0-9]{1,4})?(?:[T ].*)?$"_s);
    return fits(value, date);
}

QByteArray bytesOfBase64(const QString &value)
{
    static const QRegularExpression form(u"^(?:[A-Za-z0-9+/]+|[A-Za-z0-9_-]+)={0,2}$"_s);
    constexpr qsizetype kShortest = 4; // "MTc="
    if (value.size() < kShortest || value.size() > kLongestId || !fits(value, form))
        return {};
    const bool isForUrls = value.contains(u'-') || value.contains(u'_');
    QByteArray::Base64Options options = isForUrls ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding;
    const auto decoded =
        QByteArray::fromBase64Encoding(value.toLatin1(), options | QByteArray::AbortOnBase64DecodingErrors);
    // Only what comes out the same again was made so: an ordinary word has bits to spare.
    options |= value.endsWith(u'=') ? QByteArray::KeepTrailingEquals : QByteArray::OmitTrailingEquals;
    const QByteArray again = decoded ? (*decoded).toBase64(options) : QByteArray();
    const bool isWhole =
        again == value.toLatin1() || again == value.toLatin1() + '=' || again == value.toLatin1() + "==";
    return isWhole ? *decoded : QByteArray();
}

// What stands inside one layer of encoding.
std::optional<DecodedId> readId(const QString &text, bool mayBeBare)
{
    static const QRegularExpression global(u"^gid://[\\w.-]+/(?:\\w+/)?(\\w+)/([\\w-]{1,64})$"_s);
    static const QRegularExpression named(u"^([A-Za-z][A-Za-z_]{1,40}?)[:|/_-]([A-Za-z0-9][A-Za-z0-9-]{0,63})$"_s);
    for (const QRegularExpression &form : {global, named}) {
        const QRegularExpressionMatch match = form.match(text);
        const bool isId = match.hasMatch() && (isInteger(match.captured(2)) || uuidKind(match.captured(2)) ||
                                               kindByForm(match.captured(2)));
        if (isId)
            return DecodedId{text, singularOf(match.captured(1)), match.captured(2)};
    }
    if (mayBeBare && (isInteger(text) || uuidKind(text)))
        return DecodedId{text, {}, text};
    return std::nullopt;
}

std::optional<DecodedId> decodedOnce(const QString &value)
{
    const QByteArray bytes = bytesOfBase64(value);
    return bytes.isEmpty() ? std::nullopt : readId(QString::fromLatin1(bytes), true);
}

std::optional<qulonglong> numberOf(const QString &value)
{
    bool isNumber = false;
    const qulonglong number = value.toULongLong(&isNumber);
    return isInteger(value) && isNumber ? std::optional(number) : std::nullopt;
}

QString paddedTo(qsizetype width, qulonglong number)
{
    return QString::number(number).rightJustified(width, u'0');
}

} // namespace

QString singularOf(const QString &word)
{
    QString name = word.toLower();
    if (name.endsWith("ies"_L1) && name.size() > 4)
        return name.chopped(3) + u'y';
    for (const QLatin1StringView end : {"sses"_L1, "xes"_L1, "ches"_L1, "shes"_L1}) {
        if (name.endsWith(end))
            return name.chopped(2);
    }
    const bool isSingular = name.endsWith("ss"_L1) || name.endsWith("us"_L1) || name.endsWith("is"_L1);
    if (name.endsWith(u's') && !isSingular && name.size() > 2)
        name.chop(1);
    return name;
}

QString toWord(IdKind value)
{
    switch (value) {
    case IdKind::Integer:
        return u"integer"_s;
    case IdKind::UuidTime:
        return u"uuid_time"_s;
    case IdKind::UuidTimeRandom:
        return u"uuid_time_random"_s;
    case IdKind::UuidRandom:
        return u"uuid_random"_s;
    case IdKind::UuidName:
        return u"uuid_name"_s;
    case IdKind::UuidOther:
        return u"uuid"_s;
    case IdKind::ObjectId:
        return u"object_id"_s;
    case IdKind::Ulid:
        return u"ulid"_s;
    case IdKind::Numbered:
        return u"numbered"_s;
    case IdKind::Prefixed:
        return u"prefixed"_s;
    case IdKind::Encoded:
        return u"encoded"_s;
    case IdKind::Short:
        return u"short"_s;
    case IdKind::Token:
        return u"token"_s;
    case IdKind::Slug:
        return u"slug"_s;
    }
    Q_UNREACHABLE();
}

std::optional<IdKind> idKindOf(const QString &value)
{
    if (value.isEmpty() || value.size() > kLongestId || isDate(value))
        return std::nullopt;
    if (isInteger(value))
        return IdKind::Integer;
    if (const auto uuid = uuidKind(value))
        return uuid;
    if (const auto kind = kindByForm(value))
        return kind;
    if (decodedId(value))
        return IdKind::Encoded;
    return kindOfRandom(value);
}

Guessing guessingOf(IdKind kind, const QString &value)
{
    switch (kind) {
    case IdKind::Integer:
        return value.size() >= kSnowflakeDigits ? Guessing::Narrowing : Guessing::Counting;
    case IdKind::Numbered:
        return Guessing::Counting;
    case IdKind::UuidTime:
    case IdKind::ObjectId:
    case IdKind::Short:
        return Guessing::Narrowing;
    case IdKind::UuidName:
    case IdKind::Slug:
        return Guessing::Words;
    case IdKind::Encoded: {
        const auto inner = decodedId(value);
        const auto innerKind = inner ? idKindOf(inner->id) : std::nullopt;
        return innerKind && *innerKind != IdKind::Encoded ? guessingOf(*innerKind, inner->id) : Guessing::Hopeless;
    }
    case IdKind::UuidTimeRandom:
    case IdKind::UuidRandom:
    case IdKind::UuidOther:
    case IdKind::Ulid:
    case IdKind::Prefixed:
    case IdKind::Token:
        return Guessing::Hopeless;
    }
    Q_UNREACHABLE();
}

QString describeGuessing(IdKind kind, const QString &value)
{
    switch (guessingOf(kind, value)) {
    case Guessing::Counting:
        return kind == IdKind::Encoded
                   ? Text::tr("The ids are numbers in disguise: whoever decodes one can write the next.")
                   : Text::tr("The ids count up: whoever has one knows the next.");
    case Guessing::Narrowing:
        return kind == IdKind::Short
                   ? Text::tr("The ids are short: they are numbers in another spelling, and a program can try many.")
                   : Text::tr("The ids hold the time at which they were made: neighbours can be worked out from one.");
    case Guessing::Words:
        return Text::tr("The ids are made of names: whoever knows the name knows the id.");
    case Guessing::Hopeless:
        return Text::tr("The ids are random and cannot be guessed. They still travel in links, mails and logs, so that "
                        "an id alone must never let anybody in.");
    }
    Q_UNREACHABLE();
}

std::optional<DecodedId> decodedId(const QString &value)
{
    static const QRegularExpression plain(u"^gid://"_s);
    if (fits(value, plain))
        return readId(value, false);
    if (isInteger(value))
        return std::nullopt;
    if (auto once = decodedOnce(value))
        return once;
    const QByteArray inner = bytesOfBase64(value);
    return inner.isEmpty() ? std::nullopt : decodedOnce(QString::fromLatin1(inner));
}

QString encodedLike(const QString &like, const QString &id)
{
    const auto decoded = decodedId(like);
    if (!decoded || id.isEmpty())
        return {};
    const QString text = decoded->text.chopped(decoded->id.size()) + id;
    if (decoded->text == like)
        return text;
    if (!decodedOnce(like))
        return {}; // coded twice: nobody's first try
    QByteArray::Base64Options options =
        like.contains(u'-') || like.contains(u'_') ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding;
    const bool isPadded = like.endsWith(u'=') || like.size() % 4 == 0;
    options |= isPadded ? QByteArray::KeepTrailingEquals : QByteArray::OmitTrailingEquals;
    return QString::fromLatin1(text.toUtf8().toBase64(options));
}

QStringList neighboursOf(const QString &value, int most)
{
    QString head;
    QString digits = value;
    const auto decoded = decodedId(value);
    if (decoded) {
        digits = decoded->id;
    } else if (idKindOf(value) == IdKind::Numbered) {
        static const QRegularExpression tail(u"[0-9]+$"_s);
        digits = tail.match(value).captured(0);
        head = value.chopped(digits.size());
    }
    static const QRegularExpression zerosBefore(u"^0+(?=[0-9])"_s);
    const auto number = numberOf(QString(digits).remove(zerosBefore));
    if (!number || digits.size() >= kSnowflakeDigits)
        return {};
    QStringList neighbours;
    for (qulonglong step = 1; neighbours.size() < most; ++step) {
        std::array<std::optional<qulonglong>, 2> both{*number > step ? std::optional(*number - step) : std::nullopt,
                                                      *number + step};
        for (const auto &one : both) {
            if (!one || neighbours.size() >= most)
                continue;
            const QString id = head + paddedTo(digits.startsWith(u'0') || !head.isEmpty() ? digits.size() : 1, *one);
            const QString whole = decoded ? encodedLike(value, id) : id;
            if (whole.isEmpty())
                return neighbours;
            neighbours.append(whole);
        }
    }
    return neighbours;
}

} // namespace cockpit
