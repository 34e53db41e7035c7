#include "checks/access/oauthstart.h"

#include "checks/net/urlhost.h"
#include "checks/web/address.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestLiteral = 2000;
constexpr int kMostLiterals = 200;    // of one script
constexpr int kMostOccurrences = 500; // of one word in one script, in texts or not

// A stretch of code between two quotation marks, or none.
struct Literal
{
    QByteArray text; // empty where none begins or ends near it
    qsizetype end = 0;
};

// The quoted text around that place; what was looked through before is not looked through again.
Literal literalAround(const QByteArray &code, qsizetype at, qsizetype seen)
{
    const char *const bytes = code.constData(); // each byte of a script may come by here
    const auto isQuote = [bytes](qsizetype i) {
        return bytes[i] == '"' || bytes[i] == '\'' || bytes[i] == '`' || bytes[i] == '\n';
    };
    qsizetype begin = at;
    while (begin > seen && at - begin < kLongestLiteral && !isQuote(begin - 1))
        --begin;
    qsizetype end = at;
    while (end < code.size() && end - at < kLongestLiteral && !isQuote(end))
        ++end;
    const bool isClosed = begin > 0 && end < code.size() && code.at(end) != '\n' && code.at(begin - 1) == code.at(end);
    return {isClosed ? code.mid(begin, end - begin) : QByteArray(), end};
}

struct Literals
{
    QList<QByteArray> texts;
    bool isCut = false;
};

// Texts with holes that the code fills in are no addresses. Each place of the code is looked at once, however often the
// word stands there.
Literals literalsWith(const QByteArray &code, const QByteArray &word, const std::function<bool()> &isOver)
{
    Literals found;
    qsizetype seen = 0;
    int met = 0;
    for (qsizetype at = code.indexOf(word); at >= 0; at = code.indexOf(word, seen)) {
        if (++met > kMostOccurrences || found.texts.size() >= kMostLiterals || (isOver && isOver())) {
            found.isCut = true;
            break;
        }
        const Literal literal = literalAround(code, at, seen);
        seen = std::max(literal.end, at + word.size());
        const QByteArray text = QByteArray(literal.text).replace("\\u0026", "&").replace("\\/", "/");
        const bool isWhole = !text.contains("${") && !text.contains('{') && !text.contains(' ');
        if (!text.isEmpty() && isWhole)
            found.texts.append(text);
    }
    return found;
}

class Finder
{
public:
    explicit Finder(const QUrl &page) : m_page(page) {}

    void addRequest(OAuthOrigin origin, const QUrl &url)
    {
        if (auto request = authorizationRequestIn(url))
            add({.origin = origin, .page = m_page, .url = {}, .given = std::move(request)});
    }

    void addStart(const QUrl &url, const QByteArray &method)
    {
        const bool isOurs = isSameSite(hostOf(url), hostOf(m_page)) && url.adjusted(QUrl::RemoveFragment) != m_page;
        if (isOurs && !authorizationRequestIn(url) && looksLikeOAuthStart(url))
            add({.origin = OAuthOrigin::Start,
                 .page = m_page,
                 .url = url.adjusted(QUrl::RemoveFragment),
                 .method = method});
    }

    void markCut() { m_found.isCut = true; }
    PageStarts take() { return std::move(m_found); }

private:
    void add(OAuthStart start)
    {
        if (m_found.starts.size() >= kMostStartsOfPage) { // not even compared: there may be very many
            markCut();
            return;
        }
        const QString key = start.key();
        if (std::ranges::none_of(m_found.starts, [&](const OAuthStart &one) { return one.key() == key; }))
            m_found.starts.push_back(std::move(start));
    }

    const QUrl m_page;
    PageStarts m_found;
};

void readScript(const QByteArray &code, const QUrl &page, const std::function<bool()> &isOver, Finder &finder)
{
    const auto textsWith = [&](const char *word) {
        Literals found = literalsWith(code, word, isOver);
        if (found.isCut)
            finder.markCut();
        return std::move(found.texts);
    };
    for (const QByteArray &literal : textsWith("client_id="))
        finder.addRequest(OAuthOrigin::Script, page.resolved(QUrl::fromEncoded(literal)));
    for (const char *word : {"/google", "/github", "/microsoft", "/azure", "/apple", "/facebook", "/linkedin", "/slack",
                             "/discord", "/okta", "/auth0", "/oauth", "/oidc", "/sso"}) {
        for (const QByteArray &literal : textsWith(word)) {
            if (literal.startsWith('/') && !literal.startsWith("//"))
                finder.addStart(page.resolved(QUrl::fromEncoded(literal)), "GET");
        }
    }
}

} // namespace

QString toWord(OAuthOrigin value)
{
    switch (value) {
    case OAuthOrigin::Start:
        return u"start"_s;
    case OAuthOrigin::Page:
        return u"page"_s;
    case OAuthOrigin::Script:
        return u"script"_s;
    case OAuthOrigin::Account:
        return u"account"_s;
    }
    Q_UNREACHABLE();
}

QString OAuthStart::key() const
{
    if (!given)
        return QString::fromLatin1(method) + u' ' + url.toString(QUrl::FullyEncoded);
    return given->clientId + u'@' + given->url.toString(QUrl::RemoveQuery | QUrl::RemoveFragment);
}

PageStarts pageStarts(const HtmlPage &page, const QUrl &pageUrl, const QByteArrayList &scripts,
                      const std::function<bool()> &isOver)
{
    Finder finder(pageUrl);
    for (const QUrl &link : page.links)
        finder.addRequest(OAuthOrigin::Page, link);
    for (const PageForm &form : page.formCalls) {
        finder.addRequest(OAuthOrigin::Page, form.action);
        finder.addStart(form.action, form.method.toLatin1());
    }
    for (const QUrl &link : page.links)
        finder.addStart(link, "GET");
    for (const QString &code : page.inlineScripts)
        readScript(code.toUtf8(), pageUrl, isOver, finder);
    for (const QByteArray &code : scripts)
        readScript(code, pageUrl, isOver, finder);
    return finder.take();
}

std::vector<OAuthStart> oauthStartsIn(const HtmlPage &page, const QUrl &pageUrl, const QByteArrayList &scripts)
{
    return pageStarts(page, pageUrl, scripts, {}).starts;
}

} // namespace cockpit
