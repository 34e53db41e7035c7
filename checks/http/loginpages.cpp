#include "checks/http/loginpages.h"

#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/parsedpage.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

void addOnce(std::vector<QUrl> &urls, const QUrl &url)
{
    if (urls.size() < kMostLoginPages && std::ranges::find(urls, url) == urls.end())
        urls.push_back(url);
}

} // namespace

std::vector<QUrl> loginAddresses(const HtmlPage &frontPage, const Host &host, const std::vector<Route> &routes)
{
    std::vector<QUrl> urls;
    for (const QUrl &link : frontPage.links) {
        if (hostOf(link) == host.name && link.scheme() == "https"_L1 && looksLikeLogin(link.path()))
            addOnce(urls, httpsAddress(host, link.path()));
    }
    for (const Route &route : routes) {
        const bool isHere = route.host.isEmpty() || route.host == host.name;
        if (isHere && route.method == "GET"_L1 && looksLikeLogin(route.path))
            addOnce(urls, httpsAddress(host, route.path));
    }
    if (urls.empty()) {
        for (const QString &path : {u"/login"_s, u"/signin"_s})
            addOnce(urls, httpsAddress(host, path));
    }
    return urls;
}

std::vector<HttpResponse> loginAnswers(const Look &look, const HttpResponse &frontPage)
{
    std::vector<HttpGet> questions;
    const HtmlPage html = pageOrNothing(frontPage, look.seen);
    for (const QUrl &url : loginAddresses(html, *look.host, look.facts.routes))
        questions.push_back(HttpGet{url});
    std::vector<HttpResponse> answers;
    for (const auto &answer : look.seen.askAll(questions)) {
        if (*answer)
            answers.push_back(**answer);
    }
    return answers;
}

} // namespace cockpit
