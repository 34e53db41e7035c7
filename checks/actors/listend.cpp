#include "checks/actors/listend.h"

#include "checks/actors/likeness.h"
#include "checks/actors/listmarkup.h"
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
void learn(const QString &name, const QJsonValue &value, ListExtent &extent)
{
    static const QRegularExpression next(
        u"^(?:odata)?next(?:page|cursor|url|uri|link|href|token|marker|offset|start|key)*$|^cursor$|^continu|"
        u"^lastevaluatedkey$"_s);
    static const QRegularExpression has(u"^(?:has|is)?more(?:results|pages|items|rows|data)?$|^hasnext(?:page)?$"_s);
    static const QRegularExpression total(
        u"^(?:total(?:count|elements|items|results|rows|records|size|hits)?|count|itemcount|recordstotal)$"_s);
    static const QRegularExpression pages(u"^(?:totalpages|pages|pagecount|pagestotal|lastpage)$"_s);
    if (next.match(name).hasMatch() || has.match(name).hasMatch())
        extent.leadsOn = extent.leadsOn || holdsSomething(value);
    else if (name == "last"_L1 || name == "islast"_L1)
        extent.leadsOn = extent.leadsOn || (value.isBool() && !value.toBool());
    else if (pages.match(name).hasMatch())
        extent.pages = std::max(extent.pages, numberIn(value));
    else if (total.match(name).hasMatch())
        extent.total = std::max(extent.total, numberIn(value));
}

// Around the rows and never in one: an order has a total as well.
void learnBeside(const QJsonObject &object, ListExtent &extent, int depth = 0)
{
    constexpr int kDeepest = 4;
    for (auto it = object.begin(); it != object.end(); ++it) {
        learn(plainListWord(it.key()), it.value(), extent);
        if (depth < kDeepest && it.value().isObject())
            learnBeside(it.value().toObject(), extent, depth + 1);
    }
}

// Content-Range: "items 0-4/80", "0-4/*" (RFC 9110 section 14.4); and what GitLab, GitHub and others call by their own
// names.
void learnHeaders(const HttpResponse &list, ListExtent &extent)
{
    constexpr int kPartial = 206; // RFC 9110 section 15.3.7
    const auto number = [&](const char *name) { return list.header(name).value_or(QByteArray()).trimmed().toDouble(); };
    const QByteArray all = list.header("content-range").value_or(QByteArray()).trimmed();
    const double most =
        std::max({number("x-total-count"), number("x-total"), all.mid(all.lastIndexOf('/') + 1).toDouble()});
    extent.total = most > 0 ? std::max(extent.total, most) : extent.total;
    extent.pages = number("x-total-pages") > 0 ? std::max(extent.pages, number("x-total-pages")) : extent.pages;
    extent.leadsOn = extent.leadsOn || list.status == kPartial ||
                     list.header("link").value_or(QByteArray()).contains("next") || number("x-next-page") > 0;
}

} // namespace

QString plainListWord(const QString &name)
{
    QString plain = name.toLower();
    plain.removeIf([](QChar letter) { return !letter.isLetterOrNumber(); });
    return plain;
}

ListExtent extentOf(const HttpResponse &list)
{
    ListExtent extent;
    if (const auto json = jsonOf(list)) {
        extent.rows = rowsIn(*json);
        learnBeside(json->toObject(), extent);
    } else if (const auto markup = listMarkup(list)) {
        extent.rows = markup->rows;
        extent.isMarkup = true;
        extent.leadsOn = markup->leadsOn;
    } else {
        return extent;
    }
    learnHeaders(list, extent);
    extent.saysMore = extent.leadsOn || extent.pages > 1 || extent.total > static_cast<double>(extent.rows);
    return extent;
}

bool mayGoOn(const HttpResponse &list, qsizetype seenLonger)
{
    constexpr qsizetype kShortestPage = 10; // what products show at least before they turn a page
    const ListExtent extent = extentOf(list);
    const bool isPage = extent.rows >= kShortestPage || (extent.rows > 0 && fillsItsPage(list, extent.rows));
    const bool isUnread = extent.rows < 0 || (extent.isMarkup && seenLonger == 0);
    return isUnread || extent.saysMore || (isPage && extent.rows >= seenLonger);
}

} // namespace cockpit
