#include "checks/web/privatedata.h"

#include "models/csv.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <bit>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostRecords = 1000; // enough to tell what kind of data it is
constexpr int kDeepest = 8;
constexpr qsizetype kMostNames = 20;

// The kinds of private fields, as bits: two of one kind (a first and a last name) are still only a name.
enum Kind : unsigned {
    Nothing = 0,
    Mail = 1U << 0U,
    Name = 1U << 1U,
    Birth = 1U << 2U,
    Phone = 1U << 3U,
    Place = 1U << 4U,
    Number = 1U << 5U,
    Money = 1U << 6U,
    Secret = 1U << 7U,
    Account = 1U << 8U,
};

QRegularExpression words(const char *pattern)
{
    return QRegularExpression(u"^(?:%1)$"_s.arg(QLatin1StringView(pattern)));
}

// "date_of_birth", "dateOfBirth" and "Date of birth" are one name.
Kind kindOfName(const QString &name)
{
    static const QRegularExpression mark(u"[^a-z]"_s);
    static const std::array<std::pair<Kind, QRegularExpression>, 9> kinds{{
        {Mail, words(".*mail(?:address)?")},
        {Name, words("(?:first|last|full|display|family|given|middle|customer|contact|recipient|patient|employee|"
                     "holder|owner|user)name|surname")},
        {Birth, words("dob|birth.*|.*(?:dateofbirth|birthdate|birthday)")},
        {Phone, words("tel|telephone|.*(?:phone|mobile|phonenumber|mobilenumber|telephonenumber)")},
        {Place,
         words("street.*|addressline.*|(?:home|shipping|billing|postal)address|zip|zipcode|postcode|postalcode")},
        {Number, words("ssn|socialsecurity.*|passport.*|taxid|nationalid|driverslicen[cs]e.*|.*iban")},
        {Money, words("salary|wage|income|(?:account)?balance|creditlimit|cardnumber|cardlast")},
        {Secret, words("password|passwd|(?:password|passwd)hash|hashedpassword|encryptedpassword|passworddigest|"
                       "apikey|apisecret|secretkey|clientsecret|(?:access|refresh|reset|session)token|privatekey")},
        {Account, words("lastlogin|lastloginat|tenantid|customerid|stripecustomerid")},
    }};
    QString plain = name.toLower();
    plain.remove(mark);
    const auto it = std::ranges::find_if(kinds, [&](const auto &kind) { return kind.second.match(plain).hasMatch(); });
    return it == kinds.end() ? Nothing : it->first;
}

// Mailboxes that companies print on every page are nobody's, and "logo@2x.png" is a picture.
bool isMailOfPerson(const QString &text)
{
    static const QRegularExpression mail(
        u"^(?!(?:info|support|hello|hi|contact|kontakt|sales|office|help|service|team|no-?reply|press|privacy|billing|"
        u"admin|webmaster|postmaster|legal|jobs|careers|security|abuse)@)"
        u"[A-Za-z0-9.!#$%&'*+=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]+\\.(?!(?:png|jpe?g|gif|svg|webp|js|css)$)[A-Za-z]{2,24}$"_s,
        QRegularExpression::CaseInsensitiveOption);
    constexpr qsizetype kLongest = 254; // RFC 5321, 4.5.3.1
    return text.size() <= kLongest && text.contains(u'@') && mail.match(text).hasMatch();
}

bool isPhoneNumber(const QString &text)
{
    static const QRegularExpression phone(u"^\\+?(?:[ ()./-]*[0-9]){7,15}$"_s);
    constexpr qsizetype kLongest = 30;
    return text.size() <= kLongest && phone.match(text).hasMatch();
}

// ISO 13616: the country and the check digits moved to the end, letters as 10 to 35, leave 1 when divided by 97.
bool isIban(QString text)
{
    static const QRegularExpression form(u"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"_s);
    constexpr qsizetype kLongest = 42; // with its blanks
    if (text.size() > kLongest || !form.match(text.remove(u' ')).hasMatch())
        return false;
    int rest = 0;
    for (const QChar c : text.sliced(4) + text.first(4)) {
        const int value = c.isDigit() ? c.digitValue() : c.unicode() - u'A' + 10;
        rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
    }
    return rest == 1;
}

bool isPasswordHash(const QString &text)
{
    static const QRegularExpression hash(u"^\\$(?:2[aby]|argon2[a-z]*|5|6|scrypt|pbkdf2[a-z0-9-]*)\\$"_s);
    return hash.match(text).hasMatch();
}

// The words of a translation ("dateOfBirth": "Date of birth") are nobody's: but for names, a value has to look like
// one.
bool fits(Kind kind, const QString &text)
{
    static const QRegularExpression digit(u"[0-9]"_s);
    switch (kind) {
    case Nothing:
    case Name:
        return true;
    case Mail:
        return isMailOfPerson(text);
    case Phone:
        return isPhoneNumber(text);
    case Birth:
    case Place:
    case Number:
    case Money:
    case Secret:
    case Account:
        return digit.match(text).hasMatch();
    }
    Q_UNREACHABLE();
}

// Is the value alone a proof?
bool isSomebodys(Kind kind, const QString &text)
{
    return isMailOfPerson(text) || (kind == Phone && isPhoneNumber(text)) || isIban(text) || isPasswordHash(text);
}

class Collector
{
public:
    PrivateData take()
    {
        if (!m_isProven)
            m_found.fields.clear();
        return std::move(m_found);
    }

    void list(const QString &name, const QJsonArray &values, int depth)
    {
        for (const QJsonValue one : values) {
            if (m_found.records >= kMostRecords || depth > kDeepest)
                return;
            if (one.isArray())
                list(name, one.toArray(), depth + 1);
            else if (one.isObject())
                record(one.toObject(), depth + 1);
            else
                field(name, one);
        }
    }

    // The kinds of private fields in it; those of an object inside belong to the same somebody.
    unsigned record(const QJsonObject &object, int depth)
    {
        if (m_found.records >= kMostRecords || depth > kDeepest)
            return Nothing;
        ++m_found.records;
        unsigned kinds = Nothing;
        for (auto it = object.begin(); it != object.end(); ++it) {
            const QJsonValue value = it.value();
            if (value.isArray())
                list(it.key(), value.toArray(), depth + 1);
            else if (value.isObject())
                kinds |= record(value.toObject(), depth + 1);
            else
                kinds |= field(it.key(), value);
        }
        judge(kinds);
        return kinds;
    }

    void line(const QStringList &names, const QStringList &cells)
    {
        ++m_found.records;
        unsigned kinds = Nothing;
        for (qsizetype i = 0; i < cells.size(); ++i)
            kinds |= text(names.value(i), cells.at(i));
        judge(kinds);
    }

private:
    void judge(unsigned kinds) { m_isProven = m_isProven || std::popcount(kinds) > 1; }

    unsigned field(const QString &name, const QJsonValue &value)
    {
        if (value.isString())
            return text(name, value.toString());
        const Kind kind = value.isDouble() && value != QJsonValue(0) ? kindOfName(name) : Nothing;
        note(kind, name);
        return kind;
    }

    unsigned text(const QString &name, const QString &value)
    {
        if (value.isEmpty())
            return Nothing;
        const Kind named = kindOfName(name);
        const Kind kind = fits(named, value) ? named : Nothing;
        const bool isProof = isSomebodys(kind, value);
        note(isProof && kind == Nothing ? Number : kind, name);
        m_isProven = m_isProven || isProof;
        return kind;
    }

    // A name that is a value itself (mail addresses as keys) is not repeated.
    void note(Kind kind, const QString &name)
    {
        const QString shown = name.isEmpty() || name.contains(u'@') ? u"…"_s : name;
        if (kind != Nothing && m_found.fields.size() < kMostNames && !m_found.fields.contains(shown))
            m_found.fields.append(shown);
    }

    PrivateData m_found;
    bool m_isProven = false;
};

// Lines of equally many cells, with their names when the first line holds names.
struct TextTable
{
    QStringList names;
    std::vector<CsvRecord> lines;
};

bool isNameOfColumn(const QString &cell)
{
    static const QRegularExpression name(u"^[A-Za-z_][A-Za-z _.-]{0,39}$"_s);
    return name.match(cell).hasMatch();
}

// "Anna,Miller" could be names of columns by their form: one of them has to be a usual one.
bool isLineOfNames(const QStringList &cells)
{
    static const QRegularExpression usual(
        u"^(?:id|name|date|created(?: |_)?at|status|type|amount|price|currency|title|city|country|address|notes?)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const auto isKnown = [](const QString &cell) {
        return usual.match(cell).hasMatch() || kindOfName(cell) != Nothing;
    };
    return std::ranges::all_of(cells, isNameOfColumn) && std::ranges::any_of(cells, isKnown);
}

TextTable tableIn(const QByteArray &body)
{
    constexpr qsizetype kRead = 200'000;
    const QByteArray start = body.first(std::min(body.size(), kRead));
    if (start.trimmed().startsWith('<') || start.contains('\0')) // markup and pictures are no tables
        return {};
    const QString text = QString::fromUtf8(start);
    TextTable table;
    table.lines = parseCsv(text, csvSeparatorOf(text)).records;
    if (table.lines.size() > static_cast<size_t>(kMostRecords))
        table.lines.resize(static_cast<size_t>(kMostRecords));
    const bool isTable = table.lines.size() > 1 && table.lines[0].cells.size() > 1 &&
                         table.lines[1].cells.size() == table.lines[0].cells.size();
    if (!isTable)
        return {};
    if (isLineOfNames(table.lines.front().cells)) {
        table.names = table.lines.front().cells;
        table.lines.erase(table.lines.begin());
    }
    return table;
}

// A name of our own making; not an id, a mail address or whatever else may be a key of a map.
void addName(QStringList &names, const QString &name)
{
    static const QRegularExpression plain(u"^[A-Za-z_$][A-Za-z_-]{0,39}$"_s);
    if (names.size() < kMostNames && plain.match(name).hasMatch() && !names.contains(name))
        names.append(name);
}

// Objects in which each value is an object may be keyed by people: only what those hold is named.
void addNames(QStringList &names, const QJsonValue &value, int depth)
{
    constexpr int kDeepestNamed = 3;
    if (depth > kDeepestNamed)
        return;
    if (value.isArray())
        return value.toArray().isEmpty() ? void() : addNames(names, value.toArray().first(), depth + 1);
    const QJsonObject object = value.toObject();
    const bool isMap = std::ranges::all_of(object, [](const QJsonValue &one) { return one.isObject(); });
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!isMap)
            addName(names, it.key());
        if (it.value().isObject() || it.value().isArray())
            addNames(names, it.value(), depth + 1);
    }
}

QJsonValue rootOf(const QJsonDocument &document)
{
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

} // namespace

PrivateData privateDataIn(const QByteArray &body)
{
    Collector found;
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (document.isArray())
        found.list({}, document.array(), 0);
    else if (document.isObject())
        found.record(document.object(), 0);
    if (!document.isNull())
        return found.take();
    const TextTable table = tableIn(body);
    for (const CsvRecord &line : table.lines)
        found.line(table.names, line.cells);
    return found.take();
}

QStringList fieldNamesIn(const QByteArray &body)
{
    QStringList names;
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (document.isNull())
        return tableIn(body).names.mid(0, kMostNames);
    addNames(names, rootOf(document), 0);
    return names;
}

} // namespace cockpit
