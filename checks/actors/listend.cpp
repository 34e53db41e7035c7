#include "checks/actors/listend.h"

#include "checks/actors/likeness.h"
#include "checks/actors/listpage.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// The longest list, however it is wrapped.
qsizetype rowsIn(const QJsonValue &value, int depth = 0)
{
    constexpr int kDeepest = 4;
    if (value.isArray())
        return value.toArray().size();
    qsizetype most = -1;
    const QJsonObject object = value.toObject();
    for (const QJsonValue one : object)
        most = std::max(most, depth < kDeepest ? rowsIn(one, depth + 1) : -1);
    return most;
}

// "next_page", "nextPage" and "@odata.nextLink" without what tells spellings apart.
QString plainName(const QString &name)
{
    QString plain = name.toLower();
    plain.removeIf([](QChar letter) { return !letter.isLetterOrNumber(); });
    return plain;
}

bool holdsSomething(const QJsonValue &value)
{
    if (value.isString())
        return !value.toString().isEmpty() && value.toString() != "0"_L1;
    return value.isBool() ? value.toBool() : value.isDouble() ? value.toDouble() > 0 : !value.toObject().isEmpty();
}

// Elasticsearch: {"total": {"value": 80}}.
double numberIn(const QJsonValue &value)
{
    if (value.isObject())
        return value["value"_L1].toDouble();
    return value.isString() ? value.toString().toDouble() : value.toDouble();
}

// What products write beside a page of a list: where the next one is, that there is one, or how many there are in all
// (Relay, Stripe, Django, Laravel, Spring, OData, Google, DynamoDB).
bool saysMore(const QString &name, const QJsonValue &value, qsizetype rows)
{
    static const QRegularExpression next(
        u"^(?:odata)?next(?:page|cursor|url|uri|link|href|token|marker|offset|start|key)*$|^cursor$|^continu|"
        u"^lastevaluatedkey$"_s);
    static const QRegularExpression has(u"^(?:has|is)?more(?:results|pages|items|rows|data)?$|^hasnext(?:page)?$"_s);
    static const QRegularExpression total(
        u"^(?:total(?:count|elements|items|results|rows|records|size|hits)?|count|itemcount|recordstotal)$"_s);
    static const QRegularExpression pages(u"^(?:totalpages|pages|pagecount|pagestotal|lastpage)$"_s);
    if (next.match(name).hasMatch() || has.match(name).hasMatch())
        return holdsSomething(value);
    if (name == "last"_L1 || name == "islast"_L1)
        return value.isBool() && !value.toBool();
    if (pages.match(name).hasMatch())
        return numberIn(value) > 1;
    return total.match(name).hasMatch() && numberIn(value) > static_cast<double>(rows);
}

// Around the rows and never in one: an order has a total as well.
bool hasMoreBeside(const QJsonObject &object, qsizetype rows, int depth = 0)
{
    constexpr int kDeepest = 4;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (saysMore(plainName(it.key()), it.value(), rows))
            return true;
        if (depth < kDeepest && it.value().isObject() && hasMoreBeside(it.value().toObject(), rows, depth + 1))
            return true;
    }
    return false;
}

// Content-Range: "items 0-4/80", "0-4/*" (RFC 9110 section 14.4); and what GitLab, GitHub and others call by their own
// names.
bool saysMoreInHeaders(const HttpResponse &list, qsizetype rows)
{
    constexpr int kPartial = 206; // RFC 9110 section 15.3.7
    const auto number = [&](const char *name) { return list.header(name).value_or(QByteArray()).trimmed().toDouble(); };
    const QByteArray all = list.header("content-range").value_or(QByteArray()).trimmed();
    const double most =
        std::max({number("x-total-count"), number("x-total"), all.mid(all.lastIndexOf('/') + 1).toDouble()});
    return list.status == kPartial || list.header("link").value_or(QByteArray()).contains("next") ||
           number("x-next-page") > 0 || number("x-total-pages") > 1 || most > static_cast<double>(rows);
}

} // namespace

bool mayGoOn(const HttpResponse &list)
{
    constexpr qsizetype kShortestPage = 10; // what products show at least before they turn a page
    const auto json = jsonOf(list);
    if (!json)
        return true;
    const qsizetype rows = rowsIn(*json);
    return rows < 0 || rows >= kShortestPage || saysMoreInHeaders(list, rows) ||
           hasMoreBeside(json->toObject(), rows) || fillsItsPage(list, rows);
}

} // namespace cockpit
