// Where a sign-in by another service begins: links, forms and scripts of a sign-in page.
#pragma once

#include "checks/access/oauthrequest.h"
#include "checks/web/htmlpage.h"

#include <QByteArray>

#include <functional>
#include <vector>

namespace cockpit {

enum class OAuthOrigin {
    Start,   // an address of the product that leads on to the authorization server
    Page,    // the request stands ready in a link of the page
    Script,  // in the text of a script, which may add to it
    Account, // made from a test account's client_id and the product's own authorization server
};
QString toWord(OAuthOrigin value);

struct OAuthStart
{
    OAuthOrigin origin = OAuthOrigin::Start;
    QUrl page;                                      // it was found there
    QUrl url;                                       // of Start: where it begins
    QByteArray method = "GET";                      // of Start: POST where a form sends it
    std::optional<AuthorizationRequest> given = {}; // of the others

    // What it leads to, without what changes from visitor to visitor: one of each is enough.
    QString key() const;
    // Where a person would find it.
    const QUrl &place() const { return url.isEmpty() ? page : url; }
};

// So many are asked in any case where there are requests enough; more where some lead nowhere.
constexpr std::size_t kMostOAuthStarts = 3;
// Of one page; who writes more of them wants to be asked for ever.
constexpr std::size_t kMostStartsOfPage = 24;

struct PageStarts
{
    std::vector<OAuthStart> starts;
    bool isCut = false; // there may be more: too many, too much code, or the run is over
};

// Those of a page, requests that stand ready first, each once. `scripts`: texts of code that the page loads. Addresses
// of a Start belong to the site of the page. isOver is asked at each place of the code that may be one.
PageStarts pageStarts(const HtmlPage &page, const QUrl &pageUrl, const QByteArrayList &scripts,
                      const std::function<bool()> &isOver);
std::vector<OAuthStart> oauthStartsIn(const HtmlPage &page, const QUrl &pageUrl, const QByteArrayList &scripts);

} // namespace cockpit
