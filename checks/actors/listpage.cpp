#include "checks/actors/listpage.h"

#include "checks/actors/likeness.h"
#include "checks/actors/listend.h"

#include <QJsonObject>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct PageSigns
{
    double size = 0;         // rows that a page has at most; 0: not told
    bool tellsWhole = false; // how far the whole list goes
};

bool namesSize(const QString &name)
{
    static const QRegularExpression size(
        u"^(?:page)?(?:size|limit)$|^(?:(?:items|results|rows|records)?per|max)page$|^max(?:results|items|rows|records|"
        u"pagesize)$|^take$|^top$"_s);
    return size.match(name).hasMatch();
}

// Of an address alone: beside the rows "count" and "first" are of what is there.
bool asksForSize(const QString &name)
{
    return namesSize(name) || name == "count"_L1 || name == "first"_L1 || name == "num"_L1;
}

// "count" is left out: as many products count their page by it as their list.
bool tellsWhole(const QString &name)
{
    static const QRegularExpression whole(
        u"^(?:odata)?next(?:page|cursor|url|uri|link|href|token|marker|offset|start|key)*$|^cursor$|^(?:has|is)?more(?:"
        u"results|pages|items|rows|data)?$|^hasnext(?:page)?$|^(?:is)?last(?:page)?$|^total(?:pages|count|elements|"
        u"items|results|rows|records|size|hits)?$|^(?:pages|pagecount|pagestotal|recordstotal)$"_s);
    return whole.match(name).hasMatch();
}

// Around the rows and never in one.
void learnBeside(const QJsonObject &object, PageSigns &signs, int depth = 0)
{
    constexpr int kDeepest = 4;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString name = plainListWord(it.key());
        signs.tellsWhole = signs.tellsWhole || tellsWhole(name);
        const double number = it->isString() ? it->toString().toDouble() : it->toDouble();
        if (namesSize(name) && number >= 1)
            signs.size = number;
        if (depth < kDeepest && it->isObject())
            learnBeside(it->toObject(), signs, depth + 1);
    }
}

void learnAddress(const QUrl &address, PageSigns &signs)
{
    for (const auto &[name, value] : QUrlQuery(address).queryItems(QUrl::FullyDecoded)) {
        if (asksForSize(plainListWord(name)) && value.toDouble() >= 1)
            signs.size = value.toDouble();
    }
}

void learnHeaders(const HttpResponse &list, PageSigns &signs)
{
    static constexpr std::array kWhole{"x-total-count", "x-total", "x-total-pages", "x-next-page"};
    static constexpr std::array kPages{"next", "prev", "first", "last"}; // RFC 8288: links of other kinds tell nothing
    const QByteArray link = list.header("link").value_or(QByteArray());
    signs.tellsWhole = signs.tellsWhole ||
                       std::ranges::any_of(kWhole, [&](const char *name) { return list.header(name).has_value(); }) ||
                       std::ranges::any_of(kPages, [&](const char *page) { return link.contains(page); });
    // "items 0-4/5": RFC 9110 section 14.4. Of "0-4/*" nobody knows.
    const QByteArray range = list.header("content-range").value_or(QByteArray()).trimmed();
    signs.tellsWhole = signs.tellsWhole || range.mid(range.lastIndexOf('/') + 1).toDouble() > 0;
    if (const double size = list.header("x-per-page").value_or(QByteArray()).trimmed().toDouble(); size >= 1)
        signs.size = size;
}

} // namespace

bool fillsItsPage(const HttpResponse &list, qsizetype rows)
{
    PageSigns signs;
    learnAddress(list.url, signs);
    learnHeaders(list, signs);
    if (const auto json = jsonOf(list))
        learnBeside(json->toObject(), signs);
    return rows > 0 && !signs.tellsWhole && signs.size >= 1 && signs.size <= static_cast<double>(rows);
}

} // namespace cockpit
