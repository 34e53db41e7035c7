// The twelve tests of the MDN Observatory over what was seen of a host. Rules and oddities as in its own code (mdn/
// mdn-http-observatory src/analyzer): the number is only worth something when it is the same number.
#pragma once

#include "checks/http/mdnscore.h"
#include "checks/net/httpclient.h"
#include "checks/web/htmlpage.h"

#include <map>
#include <optional>

namespace cockpit {

// Where a walk ended, and whether every certificate on the way was good.
struct MdnWalk
{
    HttpResponse last;
    std::vector<QUrl> route;           // every address asked, the last one included
    std::vector<HttpResponse> answers; // to all of them
    bool isVerified = true;
};

struct MdnFacts
{
    QString host;
    std::optional<MdnWalk> https; // from https://host/; empty: nobody answers there
    std::optional<MdnWalk> http;
    std::optional<HtmlPage> page;          // of where a visitor ends; empty: it cannot be read
    std::optional<HttpResponse> preflight; // OPTIONS with an origin of somebody else
    QByteArray foreignOrigin;              // which
    bool isPreloaded = false;              // the host is in browsers' list of HTTPS-only names
    bool isHttpRoutePreloaded = false;     // and so is every host of the way from http
};

// One outcome for each test. Empty when the Observatory would not score the host: no answer at all, or a status that is
// neither 2xx, 3xx, 401 nor 403.
using MdnOutcomes = std::map<MdnTest, MdnOutcome>;
std::optional<MdnOutcomes> judgeMdn(const MdnFacts &facts);

// A header as Node.js gives it to the Observatory: several lines are joined by commas.
std::optional<QString> mdnHeader(const HttpResponse &response, const char *name);

MdnOutcome judgeMdnCookies(const std::vector<HttpResponse> &answers, const HttpResponse &last, bool hasHsts);
MdnOutcome judgeMdnSri(const HttpResponse &last, const std::optional<HtmlPage> &page, const QString &host,
                       bool isHttps);

} // namespace cockpit
