#include "checks/web/movement.h"

#include "checks/web/htmlpage.h"
#include "models/wordtable.h"

#include <QByteArrayMatcher>
#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Movement)
};

// A page that a person is meant to read has more text, and an app more script, than one that only sends on.
constexpr qsizetype kLittleText = 300;
constexpr qsizetype kShortScript = 1500;

constexpr std::array kSoftKinds{
    WordRow<SoftKind>{SoftKind::MetaRefresh, "meta_refresh", QT_TRANSLATE_NOOP("Movement", "a meta refresh")},
    WordRow<SoftKind>{SoftKind::RefreshHeader, "refresh_header", QT_TRANSLATE_NOOP("Movement", "a Refresh header")},
    WordRow<SoftKind>{SoftKind::Script, "script", QT_TRANSLATE_NOOP("Movement", "a script")},
};

std::optional<QUrl> headerRefresh(const HttpResponse &page)
{
    const QByteArray value = page.header("refresh").value_or(QByteArray());
    const qsizetype at = value.toLower().indexOf("url=");
    if (at < 0)
        return std::nullopt;
    QByteArray target = value.mid(at + 4).trimmed();
    if (target.startsWith('"') || target.startsWith('\''))
        target = target.mid(1).chopped(target.size() > 1 ? 1 : 0);
    return locationTarget(page.url, target);
}

// The address that the script goes to as soon as it runs; what stands in a function waits for something.
std::optional<QString> outrightTarget(const QString &script)
{
    static const QRegularExpression move(
        u"(?:^|[^\\w.$])(?:window\\.|document\\.|self\\.|top\\.)?location"
        "(?:\\.href)?\\s*(?:=|\\.(?:replace|assign)\\s*\\()\\s*([\"'])([^\"'\\\\<>\\n]{1,2000})\\1"_s);
    const auto found = move.match(script);
    if (!found.hasMatch())
        return std::nullopt;
    const QString before = script.left(found.capturedStart());
    const bool waits = before.contains("function"_L1) || before.contains("=>"_L1) || before.contains("if"_L1);
    return waits ? std::nullopt : std::optional(found.captured(2));
}

std::optional<QUrl> scriptTarget(const HtmlPage &html, const QUrl &url)
{
    if (html.text.simplified().size() > kLittleText)
        return std::nullopt;
    for (const QString &script : html.inlineScripts) {
        if (script.size() > kShortScript)
            continue;
        if (const auto target = outrightTarget(script))
            return locationTarget(url, target->toUtf8());
    }
    return std::nullopt;
}

// Parsing a long page takes a while, and a page can only move a browser by one of these words: names of attributes and
// of objects cannot be written otherwise.
bool mayMove(const QByteArray &body)
{
    static const QByteArrayMatcher location("location");
    return location.indexIn(body) >= 0 || body.toLower().contains("http-equiv");
}

bool leadsOn(const QUrl &to, const QUrl &page)
{
    const auto plain = [](const QUrl &url) { return url.adjusted(QUrl::RemoveFragment | QUrl::StripTrailingSlash); };
    return to.isValid() && !to.host().isEmpty() && plain(to) != plain(page);
}

} // namespace

QString pagePath(const QUrl &url)
{
    return url.path(QUrl::FullyDecoded).section(u'/', 0, -1, QString::SectionSkipEmpty);
}

bool holdsQuery(const QUrl &url, const QUrl &wanted)
{
    const auto there = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    return std::ranges::all_of(QUrlQuery(wanted).queryItems(QUrl::FullyDecoded),
                               [&](const auto &item) { return there.contains(item); });
}

bool isPermanentRedirect(int status)
{
    return status == 301 || status == 308;
}

QString describeStatus(int status)
{
    switch (status) {
    case 301:
        return Text::tr("301 (for good; a POST may become a GET)");
    case 302:
        return Text::tr("302 (for now; a POST may become a GET)");
    case 303:
        return Text::tr("303 (see there; a POST becomes a GET)");
    case 307:
        return Text::tr("307 (for now; the method stays)");
    case 308:
        return Text::tr("308 (for good; the method stays)");
    default:
        return QString::number(status);
    }
}

QString toWord(SoftKind kind)
{
    return wordOf(kSoftKinds, kind);
}

QString labelOf(SoftKind kind)
{
    return Text::tr(rowOf(kSoftKinds, kind).label);
}

std::optional<SoftRedirect> softRedirectOf(const HttpResponse &page)
{
    if (page.status < 200 || page.status >= 300)
        return std::nullopt;
    if (const auto to = headerRefresh(page); to && leadsOn(*to, page.url))
        return SoftRedirect{SoftKind::RefreshHeader, *to};
    if (!mayMove(page.body))
        return std::nullopt;
    const auto html = parseHtml(page.body, page.url);
    if (!html)
        return std::nullopt;
    if (leadsOn(html->refresh, page.url))
        return SoftRedirect{SoftKind::MetaRefresh, html->refresh};
    if (const auto to = scriptTarget(*html, page.url); to && leadsOn(*to, page.url))
        return SoftRedirect{SoftKind::Script, *to};
    return std::nullopt;
}

} // namespace cockpit
