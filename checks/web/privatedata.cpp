#include "checks/web/privatedata.h"

#include "checks/tokens/tokenclaims.h"
#include "checks/values/iban.h"
#include "checks/values/mailaddress.h"
#include "checks/values/phonenumber.h"
#include "checks/web/jsonlines.h"
#include "models/csv.h"
#include "models/jsonplaces.h"

#include <QHash>
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
constexpr int kMostListed = 1000;  // values that stand in lists, not in records
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

// The forms of values know bytes alone.
std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

bool isPasswordHash(const QString &text)
{
    static const QRegularExpression hash(u"^\\$(?:2[aby]|argon2[a-z]*|5|6|scrypt|pbkdf2[a-z0-9-]*)\\$"_s);
    return hash.match(text).hasMatch();
}

// Keys that are made for browsers: Google's, Stripe's, Mapbox's, PostHog's and Supabase's. An anonymous key of Supabase
// says so inside.
bool isPublicKey(const QString &text)
{
    static const QRegularExpression publicKey(u"^(?:AIza|pk_|pk\\.|phc_|sb_publishable_)"_s);
    if (publicKey.match(text).hasMatch())
        return true;
    return tokenClaims(text.toLatin1()).value("role"_L1).toString() == "anon"_L1;
}

// Under the name of a secret, a value that no person chose: a key, or the hash of a password in any form.
bool isMadeSecret(const QString &text)
{
    static const QRegularExpression made(u"^(?=[^ ]*[0-9])(?=[^ ]*[A-Za-z])[!-~]{16,}$"_s);
    static const QRegularExpression address(u"^[a-z]+://|^/|(.)\\1{5,}"_s);
    constexpr qsizetype kRead = 4000;
    const QString start = text.left(kRead);
    if (start.startsWith("-----BEGIN "_L1))
        return start.contains("PRIVATE KEY"_L1);
    return made.match(start).hasMatch() && !address.match(start).hasMatch() && !isPublicKey(start);
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
        return isMailOfPerson(viewOf(text.toUtf8()));
    case Phone:
        return isPhoneNumber(viewOf(text.toUtf8()));
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
    return isMailOfPerson(viewOf(text.toUtf8())) || isIban(viewOf(text.toUtf8())) || isPasswordHash(text) ||
           (kind == Secret && isMadeSecret(text));
}

// Opening hours and a point on the map are of a shop: its phone number and its street are for everybody.
bool isOfShop(const QString &name)
{
    static const QRegularExpression shop(
        u"^(?:lat|latitude|lng|lon|long|longitude|coordinates|geo|geometry|openinghours|businesshours|storehours|hours|"
        u"storename|branchname|storeid|branchid)$"_s);
    static const QRegularExpression mark(u"[^a-z]"_s);
    return shop.match(name.toLower().remove(mark)).hasMatch();
}

QString plainName(const QString &name)
{
    static const QRegularExpression mark(u"[^a-z]"_s);
    return name.toLower().remove(mark);
}

// What a script is set up with in every browser (Algolia, Firebase, Pusher): the "apiKey" beside it is for everybody.
bool isOfBrowserSettings(const QString &name)
{
    static const QRegularExpression settings(
        u"^(?:appid|applicationid|projectid|authdomain|cluster|storagebucket|messagingsenderid|measurementid|"
        u"indexname)$"_s);
    return settings.match(plainName(name)).hasMatch();
}

// Such settings and nothing else, or several of them: one alone also stands in the records of a list of keys.
bool isForBrowsers(const QStringList &names)
{
    const auto settings = std::ranges::count_if(names, isOfBrowserSettings);
    const auto keys = std::ranges::count_if(names, [](const QString &name) { return plainName(name) == "apikey"_L1; });
    return settings > 1 || (settings == 1 && settings + keys == names.size());
}

// A guest is given such a token, too: alone, without a person beside it, it may be the stranger's own.
bool isOfVisit(const QString &name)
{
    static const QRegularExpression visit(u"^(?:access|refresh|session)token$"_s);
    return visit.match(plainName(name)).hasMatch();
}

// Inside a record with a place on the map, what is the place's own; anything else may be a customer of it.
bool isOfPlace(const QString &name)
{
    static const QRegularExpression own(u"^(?:address|location|geo(?:metry|code)?|coordinates|properties|store|shop|"
                                        u"branch|venue|place|(?:opening)?hours|"
                                        u"contact|details|info|attributes|fields)$"_s);
    return own.match(plainName(name)).hasMatch();
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
            else if (m_listed < kMostListed) { // records behind many values count all the same
                ++m_listed;
                field(name, one);
            }
        }
    }

    // The kinds of private fields in it; those of an object inside belong to the same somebody.
    // What stands in a shop's record is of the shop, too.
    unsigned record(const QJsonObject &object, int depth, bool isInShop = false)
    {
        if (m_found.records >= kMostRecords || depth > kDeepest)
            return Nothing;
        ++m_found.records;
        const QStringList names = object.keys();
        const bool isShop = isInShop || std::ranges::any_of(names, isOfShop);
        const bool isSetUp = isForBrowsers(names);
        unsigned kinds = Nothing;
        for (auto it = object.begin(); it != object.end(); ++it) {
            const QJsonValue value = it.value();
            if (value.isArray())
                list(it.key(), value.toArray(), depth + 1);
            else if (value.isObject())
                kinds |= record(value.toObject(), depth + 1, isShop && isOfPlace(it.key()));
            else
                kinds |= field(it.key(), value, isSetUp);
        }
        judge(kinds, isShop);
        return isShop ? kinds & ~(Phone | Place) : kinds;
    }

    void line(const QStringList &names, const QStringList &cells)
    {
        ++m_found.records;
        unsigned kinds = Nothing;
        for (qsizetype i = 0; i < cells.size(); ++i)
            kinds |= text(names.value(i), cells.at(i));
        judge(kinds, std::ranges::any_of(names, isOfShop));
    }

private:
    void judge(unsigned kinds, bool isShop)
    {
        const bool isPrinted = isShop && (kinds & ~(Phone | Place)) == Nothing;
        m_isProven = m_isProven || (std::popcount(kinds) > 1 && !isPrinted);
    }

    unsigned field(const QString &name, const QJsonValue &value, bool isSetUp = false)
    {
        if (value.isString())
            return text(name, value.toString(), isSetUp);
        const Kind kind = value.isDouble() && value != QJsonValue(0) ? kindOfName(name) : Nothing;
        note(kind, name);
        return kind;
    }

    unsigned text(const QString &name, const QString &value, bool isSetUp = false)
    {
        if (value.isEmpty() || (isSetUp && plainName(name) == "apikey"_L1))
            return Nothing;
        const Kind named = kindOfName(name);
        const Kind kind = fits(named, value) ? named : Nothing;
        const bool isProof = isSomebodys(kind, value) && !(kind == Secret && isOfVisit(name));
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
    int m_listed = 0;
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

bool isUsualName(const QString &name)
{
    static const QRegularExpression usual(
        u"^(?:id|name|date|created(?: |_)?at|status|type|amount|price|currency|title|city|country|address|notes?|"
        u"totals?|count|items?|results?|records|rows|list|users|customers|orders|invoices|products|lines|members)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return usual.match(name).hasMatch() || kindOfName(name) != Nothing;
}

// "Anna,Miller" could be names of columns by their form: one of them has to be a usual one.
bool isLineOfNames(const QStringList &cells)
{
    return std::ranges::all_of(cells, isNameOfColumn) && std::ranges::any_of(cells, isUsualName);
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

// What an object is by the place where it stands: an element of a list or of a map has fields.
enum class Standing { Anywhere, Element };

// Objects whose values are all of one type may be keyed by people: only what those hold is named. Of values that hold
// nothing with a name, the place or a usual name among the keys shows that they are fields.
bool isMap(const QJsonObject &object, Standing standing)
{
    if (object.isEmpty())
        return false;
    const QJsonValue::Type type = object.begin().value().type();
    const auto isSame = [type](const QJsonValue &one) { return one.type() == type; };
    if (!std::all_of(object.begin(), object.end(), isSame))
        return false;
    return type == QJsonValue::Object ||
           (standing == Standing::Anywhere && !std::ranges::any_of(object.keys(), isUsualName));
}

void addNames(QStringList &names, const QJsonValue &value, int depth, Standing standing)
{
    constexpr int kDeepestNamed = 3;
    if (depth > kDeepestNamed)
        return;
    if (value.isArray()) {
        if (!value.toArray().isEmpty())
            addNames(names, value.toArray().first(), depth + 1, Standing::Element);
        return;
    }
    const QJsonObject object = value.toObject();
    const bool isKeyed = isMap(object, standing);
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!isKeyed)
            addName(names, it.key());
        if (it.value().isObject() || it.value().isArray())
            addNames(names, it.value(), depth + 1, isKeyed ? Standing::Element : Standing::Anywhere);
    }
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
    const std::vector<QJsonObject> lines = jsonLinesIn(body);
    for (const QJsonObject &line : lines)
        found.record(line, 0);
    if (!lines.empty())
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
    if (!document.isNull()) {
        addNames(names, jsonRoot(document), 0, Standing::Anywhere);
        return names;
    }
    const std::vector<QJsonObject> lines = jsonLinesIn(body);
    if (lines.empty())
        return tableIn(body).names.mid(0, kMostNames);
    addNames(names, lines.front(), 0, Standing::Element);
    return names;
}

} // namespace cockpit
