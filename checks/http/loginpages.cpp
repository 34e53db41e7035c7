#include "checks/http/loginpages.h"

#include "checks/web/address.h"
#include "checks/web/htmlpage.h"

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

std::vector<QUrl> loginAddresses(const HttpResponse &frontPage, const Host &host, const std::vector<Route> &routes)
{
    std::vector<QUrl> urls;
    const HtmlPage html = parseHtml(frontPage.body, frontPage.url).value_or(HtmlPage{});
    for (const QUrl &link : html.links) {
        if (link.host() == host.name && link.scheme() == "https"_L1 && looksLikeLogin(link.path()))
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
    for (const QUrl &url : loginAddresses(frontPage, *look.host, look.facts.routes))
        questions.push_back(HttpGet{url});
    std::vector<HttpResponse> answers;
    for (const auto &answer : look.seen.askAll(questions)) {
        if (*answer)
            answers.push_back(**answer);
    }
    return answers;
}

} // namespace cockpit
