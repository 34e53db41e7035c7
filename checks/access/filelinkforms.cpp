#include "checks/access/filelinks.h"
#include "checks/actors/likeness.h"
#include "checks/actors/recordid.h"
#include "checks/web/denial.h"
#include "checks/web/htmlpage.h"
#include "models/jsonplaces.h"

#include <QRegularExpression>
#include <QSet>
#include <QUrlQuery>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMostLinks = 2000; // a list without pages may be long, and other folders come after it
constexpr qsizetype kLongestLink = 2000;
constexpr qsizetype kShortestSignature = 16;

bool isFile(const QUrl &url)
{
    static const QRegularExpression ending(u"\\.(?:pdf|csv|xlsx?|docx?|pptx?|odt|ods|zip|txt|xml|eml|ics|png|jpe?g|"
                                           u"gif|webp|heic|tiff?|mp[34]|mov|wav)$"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression place(
        u"/(?:files?|uploads?|media|attachments?|storage|downloads?|documents?)/[^/]+"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression ofPages(
        u"^/(?:static|assets|_next|build|dist|images?|img|icons?|fonts?)/|favicon"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QString path = url.path();
    return !ofPages.match(path).hasMatch() && (ending.match(path).hasMatch() || place.match(path).hasMatch());
}

// "signature", "X-Amz-Signature", "sig" of Azure, "Signature" of CloudFront, "token" of Firebase and Supabase.
// What is short is a size ("s=80") or a version, no signature.
bool isSignature(const std::pair<QString, QString> &item)
{
    static const QRegularExpression names(u"^(?:x-(?:amz|goog)-(?:signature|credential|security-token)|signature|sig|"
                                          u"token|hmac|hash|key-pair-id|policy|s)$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return item.second.size() >= kShortestSignature && names.match(item.first).hasMatch();
}

bool isTermName(const QString &name)
{
    static const QRegularExpression names(u"^(?:x-(?:amz|goog)-\\w+|expires?|exp|e|se|sp|sv|sr|st|ttl)$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return names.match(name).hasMatch();
}

using Items = QList<std::pair<QString, QString>>;

} // namespace

std::vector<QUrl> fileLinksIn(const HttpResponse &answer)
{
    QStringList texts;
    if (const auto json = jsonOf(answer)) {
        visitJsonLeaves(*json, [&](const JsonPlace &place) {
            if (place.value.isString())
                texts.append(place.value.toString());
            return true;
        });
    } else if (isPage(answer)) {
        const auto page = parseHtml(answer.body, answer.url);
        for (const QUrl &link : page ? page->links : std::vector<QUrl>())
            texts.append(link.toString(QUrl::FullyEncoded));
    }
    std::vector<QUrl> links;
    QSet<QUrl> known;
    for (const QString &text : std::as_const(texts)) {
        const bool isAddress = text.startsWith(u'/') || text.startsWith("http"_L1);
        const QUrl url = isAddress && text.size() < kLongestLink ? answer.url.resolved(QUrl(text)) : QUrl();
        if (!url.isValid() || url.isEmpty() || !isFile(url) || known.contains(url) || links.size() >= kMostLinks)
            continue;
        known.insert(url);
        links.push_back(url);
    }
    return links;
}

bool isUnguessable(const QUrl &url)
{
    const QString name = url.path().section(u'/', -1).section(u'.', 0, 0);
    const auto kind = idKindOf(name);
    return kind && guessingOf(*kind, name) == Guessing::Hopeless;
}

bool isSigned(const QUrl &url)
{
    const Items items = QUrlQuery(url).queryItems();
    return std::ranges::any_of(items, isSignature);
}

QUrl withoutSignature(const QUrl &url)
{
    QUrlQuery query(url);
    Items items = query.queryItems(QUrl::FullyEncoded);
    items.removeIf([](const auto &item) { return isSignature(item) || isTermName(item.first); });
    query.setQueryItems(items);
    QUrl bare = url;
    bare.setQuery(items.isEmpty() ? QUrlQuery() : query);
    return bare;
}

// Another letter in the middle: the last one of base64 may carry bits that do not count.
QUrl withAlteredSignature(const QUrl &url)
{
    QUrlQuery query(url);
    Items items = query.queryItems(QUrl::FullyEncoded);
    for (auto &item : items) {
        if (!isSignature(item))
            continue;
        QChar &letter = item.second[item.second.size() / 2];
        letter = letter == u'a' ? QChar(u'b') : QChar(u'a');
    }
    query.setQueryItems(items);
    QUrl altered = url;
    altered.setQuery(query);
    return altered;
}

} // namespace cockpit
