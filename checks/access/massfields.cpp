#include "checks/access/massfields.h"

#include "checks/actors/formvalues.h"
#include "checks/actors/likeness.h"
#include "checks/web/htmlpage.h"
#include "models/wordtable.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kClasses{
    WordRow<MassClass>{MassClass::Price, "price"},       WordRow<MassClass>{MassClass::Plan, "plan"},
    WordRow<MassClass>{MassClass::Verified, "verified"}, WordRow<MassClass>{MassClass::Owner, "owner"},
    WordRow<MassClass>{MassClass::Role, "role"},         WordRow<MassClass>{MassClass::Tenant, "tenant"},
};

struct ClassPattern
{
    MassClass kind;
    const char16_t *pattern;
};

// Without case and separators: "ownerId" and "owner_id" are one.
constexpr std::array kPatterns{
    ClassPattern{MassClass::Role, u"^(?:role|roles|roleid|userrole|isadmin|admin|issuperuser|superuser|isstaff|isowner|"
                                  u"permissions|accesslevel|usertype)$"},
    ClassPattern{MassClass::Tenant, u"^(?:tenant|tenantid|org|orgid|organi[sz]ation|organi[sz]ationid|companyid|"
                                    u"workspaceid|teamid|accountid)$"},
    ClassPattern{MassClass::Owner, u"^(?:owner|ownerid|user|userid|createdby|createdbyid|author|authorid|creatorid)$"},
    ClassPattern{MassClass::Price, u"^(?:price|pricecents|unitprice|total|totalcents|totalamount|subtotal|amount|"
                                   u"amountcents|amountdue|balance|balancecents|credit|credits|discount|"
                                   u"discountpercent|fee)$"},
    ClassPattern{MassClass::Plan, u"^(?:plan|planid|tier|subscription|subscriptiontier|quota|seats|maxusers)$"},
    ClassPattern{MassClass::Verified, u"^(?:verified|isverified|emailverified|isemailverified|emailconfirmed|confirmed|"
                                      u"approved|isapproved|paid|ispaid|ispremium|premium)$"},
};

QString plainName(const QString &name)
{
    return name.toLower().remove(u'_').remove(u'-');
}

std::optional<QJsonValue> valueOf(const std::map<QString, QJsonValue> &members, const QStringList &names)
{
    for (const QString &name : names) {
        for (const auto &[key, value] : members) {
            if (plainName(key) == plainName(name))
                return value;
        }
    }
    return std::nullopt;
}

QJsonValue otherPrice(const QJsonValue &shown)
{
    return shown.isDouble() ? QJsonValue(shown.toDouble() == 1 ? 2 : 1) : QJsonValue(QJsonValue::Undefined);
}

// Only upwards: an account that was verified and is not any more may be locked out.
QJsonValue raised(const QJsonValue &shown)
{
    return shown == QJsonValue(false) ? QJsonValue(true) : QJsonValue(QJsonValue::Undefined);
}

QJsonValue otherPlan(const QJsonValue &shown)
{
    if (shown.isDouble())
        return shown.toDouble() + 1;
    const QString best = u"enterprise"_s;
    return shown.isString() && shown.toString() != best ? QJsonValue(best) : QJsonValue(QJsonValue::Undefined);
}

QJsonValue otherRole(const QJsonValue &shown, const OtherPeople &others)
{
    if (shown.isString() && !others.higherRole.isEmpty() && shown.toString() != others.higherRole)
        return others.higherRole;
    return raised(shown);
}

// Undefined: nothing is tried. A value of another kind than the shown one belongs to something else.
QJsonValue valueToTry(const MassField &field, const OtherPeople &others)
{
    QJsonValue value(QJsonValue::Undefined);
    switch (field.kind) {
    case MassClass::Price:
        return otherPrice(field.shown);
    case MassClass::Plan:
        return otherPlan(field.shown);
    case MassClass::Verified:
        return raised(field.shown);
    case MassClass::Role:
        return otherRole(field.shown, others);
    case MassClass::Owner:
        value = valueOf(others.ofColleague, {field.name, u"id"_s, u"user_id"_s}).value_or(value);
        break;
    case MassClass::Tenant:
        value = valueOf(others.ofOutsider, {field.name}).value_or(value);
        break;
    }
    return value.type() == field.shown.type() && value != field.shown ? value : QJsonValue(QJsonValue::Undefined);
}

// The object that the record is: outside of lists, where the members of the good body stand.
QJsonObject recordOf(const HttpResponse &answer, const QJsonObject &good)
{
    const auto json = jsonOf(answer);
    QJsonObject best;
    int most = 0;
    std::vector<QJsonValue> level;
    if (json)
        level.push_back(*json);
    for (int depth = 0; depth < 4 && !level.empty(); ++depth) {
        std::vector<QJsonValue> below;
        for (const QJsonValue &value : level) {
            const QJsonObject object = value.toObject();
            int known = 0;
            for (auto it = object.begin(); it != object.end(); ++it) {
                known += good.contains(it.key()) ? 1 : 0;
                if (it.value().isObject())
                    below.push_back(it.value());
            }
            if (known > most) {
                most = known;
                best = object;
            }
        }
        level = std::move(below);
    }
    return best;
}

bool holdsWord(const HttpResponse &page, const QString &word)
{
    const auto html = parseHtml(page.body, page.url);
    const QRegularExpression whole(u"\\b%1\\b"_s.arg(QRegularExpression::escape(word)),
                                   QRegularExpression::CaseInsensitiveOption);
    return html && !word.isEmpty() && whole.match(html->text).hasMatch();
}

std::vector<MassField> roleOnPage(const HttpResponse &shown, const QString &role, const OtherPeople &others)
{
    const bool isNamed = holdsWord(shown, role) && !holdsWord(shown, others.higherRole) && role != others.higherRole;
    if (!isNamed || others.higherRole.isEmpty())
        return {};
    return {{MassClass::Role, u"role"_s, role, others.higherRole}};
}

// "tenantId" of an interface is "tenant_id" in a form, unless its own fields are written with capitals.
QString spelledLike(const QStringList &fields, const QString &name)
{
    static const QRegularExpression capital(u"(?<=[a-z0-9])([A-Z])"_s);
    const bool hasCapitals = std::ranges::any_of(fields, [](const QString &one) { return one.contains(capital); });
    return hasCapitals ? name : QString(name).replace(capital, u"_\\1"_s).toLower();
}

std::vector<MassField> tenantInForm(const QByteArray &goodBody, const OtherPeople &others)
{
    QStringList fields;
    for (const auto &[name, value] : QUrlQuery(QString::fromUtf8(goodBody)).queryItems())
        fields.append(name);
    for (const auto &[name, value] : others.ofOutsider) {
        const QString spelled = spelledLike(fields, name);
        if (massClassOf(name) == MassClass::Tenant && !fields.contains(spelled))
            return {{MassClass::Tenant, spelled, {}, value}};
    }
    return {};
}

} // namespace

QString toWord(MassClass value)
{
    return wordOf(kClasses, value);
}

std::optional<MassClass> massClassOf(const QString &name)
{
    const QString plain = plainName(name);
    for (const ClassPattern &one : kPatterns) {
        if (QRegularExpression(QString::fromUtf16(one.pattern)).match(plain).hasMatch())
            return one.kind;
    }
    return std::nullopt;
}

std::vector<MassField> massFieldsOf(const WritePlace &place, const QByteArray &goodBody, const HttpResponse &shown,
                                    const OtherPeople &others)
{
    std::vector<MassField> fields;
    const QJsonObject good = QJsonDocument::fromJson(goodBody).object();
    const QJsonObject declared = place.schema.value("properties"_L1).toObject();
    const QJsonObject record = recordOf(shown, good);
    for (auto it = record.begin(); it != record.end(); ++it) {
        const auto kind = massClassOf(it.key());
        const bool isMeant = good.contains(it.key()) ||
                             (declared.contains(it.key()) && !declared.value(it.key())["readOnly"_L1].toBool());
        if (!kind || isMeant)
            continue;
        MassField field{*kind, it.key(), it.value(), {}};
        field.sent = valueToTry(field, others);
        if (!field.sent.isUndefined())
            fields.push_back(field);
    }
    std::ranges::stable_sort(fields, {}, &MassField::kind);
    return fields;
}

std::vector<MassField> massFieldsOfPage(const WritePlace &place, const QByteArray &goodBody, const HttpResponse &shown,
                                        const QString &role, const OtherPeople &others)
{
    if (place.kind == WriteKind::Settings)
        return roleOnPage(shown, role, others);
    return place.plan && place.isForm() ? tenantInForm(goodBody, others) : std::vector<MassField>();
}

bool namesTenant(const std::map<QString, QJsonValue> &members)
{
    return std::ranges::any_of(members, [](const auto &one) { return massClassOf(one.first) == MassClass::Tenant; });
}

QByteArray bodyWithField(const WritePlace &place, const QByteArray &goodBody, const QString &name,
                         const QJsonValue &value)
{
    if (place.isForm())
        return formBodyWith(goodBody, {{name, value.isDouble() ? QString::number(value.toDouble(), 'g', 17)
                                                               : value.toVariant().toString()}});
    QJsonObject object = QJsonDocument::fromJson(goodBody).object();
    object.insert(name, value);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::map<QString, QJsonValue> plainMembersOf(const HttpResponse &answer)
{
    std::map<QString, QJsonValue> members;
    const auto json = jsonOf(answer);
    std::vector<QJsonValue> level;
    if (json)
        level.push_back(*json);
    for (int depth = 0; depth < 3 && !level.empty(); ++depth) {
        std::vector<QJsonValue> below;
        for (const QJsonValue &value : level) {
            const QJsonObject object = value.toObject();
            for (auto it = object.begin(); it != object.end(); ++it) {
                if (it.value().isObject())
                    below.push_back(it.value());
                else if (it.value().isDouble() || it.value().isString())
                    members.try_emplace(it.key(), it.value());
            }
        }
        level = std::move(below);
    }
    return members;
}

bool isOwnAccount(const Route &read, const QString &whoAmIUrl)
{
    static const QStringList words{u"me"_s, u"account"_s, u"profile"_s, u"user"_s, u"self"_s};
    return QUrl(whoAmIUrl).path() == read.path || words.contains(read.path.section(u'/', -1).toLower());
}

} // namespace cockpit
