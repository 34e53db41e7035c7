// Where a sign-in by another service begins: links, forms and scripts of a sign-in page.
#pragma once

#include "checks/access/oauthrequest.h"
#include "checks/web/htmlpage.h"

#include <QByteArray>

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
};

constexpr std::size_t kMostOAuthStarts = 3;

// Those of a page, requests that stand ready first, each once. `scripts`: texts of code that the page loads. Addresses
// of a Start belong to the site of the page.
std::vector<OAuthStart> oauthStartsIn(const HtmlPage &page, const QUrl &pageUrl, const QByteArrayList &scripts);

} // namespace cockpit
