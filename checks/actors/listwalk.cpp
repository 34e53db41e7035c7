#include "checks/actors/listwalk.h"

#include "checks/actors/likeness.h"
#include "checks/actors/listmarkup.h"

#include <QCryptographicHash>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// What a page calls its cursor, and how it is asked for.
struct CursorName
{
    QLatin1StringView word; // as plainListWord() has it
    QLatin1StringView spelling;
    QLatin1StringView parameter;
};
constexpr std::array kCursors{
    CursorName{"nextcursor"_L1, {}, "cursor"_L1},
    CursorName{"nextpagetoken"_L1, "next_page_token"_L1, "page_token"_L1},
    CursorName{"nextpagetoken"_L1, {}, "pageToken"_L1},
    CursorName{"nexttoken"_L1, "next_token"_L1, "next_token"_L1},
    CursorName{"nexttoken"_L1, {}, "nextToken"_L1},
};

QUrl withParameter(const QUrl &url, const QString &name, const QString &value)
{
    QUrlQuery query(url);
    query.removeAllQueryItems(name);
    query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    QUrl result = url;
    result.setQuery(query);
    return result;
}

std::optional<QUrl> onOwnPath(const QUrl &asked, const QString &link)
{
    const QUrl next = asked.resolved(QUrl(link));
    const bool isOwn = next.isValid() && next.scheme() == asked.scheme() && next.authority() == asked.authority() &&
                       next.path() == asked.path() && next != asked;
    return isOwn ? std::optional(next) : std::nullopt;
}

// Link: <…?page=2>; rel="next", <…>; rel="last"
std::optional<QUrl> linkedPage(const QUrl &asked, const HttpResponse &page)
{
    static const QRegularExpression next(u"<([^<>]{1,2000})>[^<>]*;\\s*rel=\"?next\\b"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    const auto match = next.match(QString::fromUtf8(page.header("link").value_or(QByteArray())));
    return match.hasMatch() ? onOwnPath(asked, match.captured(1)) : std::nullopt;
}

// {"next": "…"}, {"_links": {"next": {"href": "…"}}}
QString linkIn(const QJsonValue &value)
{
    const QString link = value.isObject() ? value["href"_L1].toString() : value.toString();
    static const QRegularExpression form(u"^(?:https?://|/|\\?)"_s);
    return form.match(link).hasMatch() ? link : QString();
}

std::optional<QUrl> pageBehind(const QUrl &asked, const QString &name, const QJsonValue &value)
{
    static const QRegularExpression links(u"^(?:odata)?next(?:page|url|uri|link|href)*$"_s);
    const QString word = plainListWord(name);
    if (links.match(word).hasMatch() && !linkIn(value).isEmpty())
        return onOwnPath(asked, linkIn(value));
    if (word == "nextpage"_L1 && value.toInteger() > 1)
        return withParameter(asked, u"page"_s, QString::number(value.toInteger()));
    const auto cursor = std::ranges::find_if(kCursors, [&](const CursorName &one) {
        return one.word == word && (one.spelling.isEmpty() || one.spelling == name);
    });
    const bool isTold = cursor != kCursors.end() && value.isString() && !value.toString().isEmpty();
    return isTold ? std::optional(withParameter(asked, cursor->parameter, value.toString())) : std::nullopt;
}

// Around the rows and never in one.
std::optional<QUrl> pageBeside(const QUrl &asked, const QJsonObject &object, int depth = 0)
{
    constexpr int kDeepest = 4;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (auto next = pageBehind(asked, it.key(), it.value()))
            return next;
        if (depth >= kDeepest || !it.value().isObject())
            continue;
        if (auto next = pageBeside(asked, it.value().toObject(), depth + 1))
            return next;
    }
    return std::nullopt;
}

} // namespace

std::optional<QUrl> nextPageOf(const QUrl &asked, const HttpResponse &page)
{
    if (auto next = linkedPage(asked, page))
        return next;
    if (const int number = page.header("x-next-page").value_or(QByteArray()).trimmed().toInt(); number > 1)
        return withParameter(asked, u"page"_s, QString::number(number));
    if (const auto json = jsonOf(page))
        return pageBeside(asked, json->toObject());
    const auto markup = listMarkup(page);
    return markup && !markup->next.isEmpty() ? onOwnPath(asked, markup->next) : std::nullopt;
}

std::optional<QUrl> ListWalk::take(const QUrl &asked, const HttpResponse &page)
{
    const ListExtent extent = extentOf(page);
    const QByteArray hash = QCryptographicHash::hash(page.body, QCryptographicHash::Sha256);
    if (extent.rows < 0 || page.bodyTruncated || m_seen.contains(hash))
        return std::nullopt;
    m_seen.append(hash);
    m_rows += static_cast<double>(extent.rows);
    m_total = std::max(m_total, extent.total);
    m_pages = std::max(m_pages, extent.pages);
    if (auto next = nextPageOf(asked, page))
        return next;
    const auto taken = static_cast<double>(m_seen.size());
    // A first page that leads nowhere is no walk: it may be cut all the same.
    m_isWhole = taken > 1 && !extent.leadsOn && m_rows >= m_total && taken >= m_pages;
    return std::nullopt;
}

} // namespace cockpit
