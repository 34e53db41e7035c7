#include "checks/access/oauthstart.h"

#include "checks/net/urlhost.h"
#include "checks/web/address.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestLiteral = 2000;
constexpr int kMostLiterals = 200; // of one script

// The quoted text around that place; empty where none begins or ends near it.
QByteArray literalAround(const QByteArray &code, qsizetype at)
{
    static constexpr QByteArrayView kQuotes = "\"'`";
    const auto isQuote = [&](qsizetype i) { return kQuotes.contains(code.at(i)) || code.at(i) == '\n'; };
    qsizetype begin = at;
    while (begin > 0 && at - begin < kLongestLiteral && !isQuote(begin - 1))
        --begin;
    qsizetype end = at;
    while (end < code.size() && end - at < kLongestLiteral && !isQuote(end))
        ++end;
    const bool isClosed = begin > 0 && end < code.size() && code.at(begin - 1) == code.at(end);
    return isClosed ? code.mid(begin, end - begin) : QByteArray();
}

// Texts with holes that the code fills in are no addresses.
QList<QByteArray> literalsWith(const QByteArray &code, const QByteArray &word)
{
    QList<QByteArray> literals;
    for (qsizetype at = code.indexOf(word); at >= 0 && literals.size() < kMostLiterals;
         at = code.indexOf(word, at + word.size())) {
        const QByteArray literal = literalAround(code, at).replace("\\u0026", "&").replace("\\/", "/");
        const bool isWhole = !literal.contains("${") && !literal.contains('{') && !literal.contains(' ');
        if (!literal.isEmpty() && isWhole)
            literals.append(literal);
    }
    return literals;
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

    std::vector<OAuthStart> take() { return std::move(m_found); }

private:
    void add(OAuthStart start)
    {
        const QString key = start.key();
        if (std::ranges::none_of(m_found, [&](const OAuthStart &one) { return one.key() == key; }))
            m_found.push_back(std::move(start));
    }

    const QUrl m_page;
    std::vector<OAuthStart> m_found;
};

void readScript(const QByteArray &code, const QUrl &page, Finder &finder)
{
    for (const QByteArray &literal : literalsWith(code, "client_id="))
        finder.addRequest(OAuthOrigin::Script, page.resolved(QUrl::fromEncoded(literal)));
    for (const char *word : {"/google", "/github", "/microsoft", "/azure", "/apple", "/facebook", "/linkedin", "/slack",
                             "/discord", "/okta", "/auth0", "/oauth", "/oidc", "/sso"}) {
        for (const QByteArray &literal : literalsWith(code, word)) {
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

std::vector<OAuthStart> oauthStartsIn(const HtmlPage &page, const QUrl &pageUrl, const QByteArrayList &scripts)
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
        readScript(code.toUtf8(), pageUrl, finder);
    for (const QByteArray &code : scripts)
        readScript(code, pageUrl, finder);
    return finder.take();
}

} // namespace cockpit
