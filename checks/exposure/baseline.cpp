#include "checks/exposure/baseline.h"

#include "checks/web/address.h"
#include "checks/web/similarity.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kFirstBytes = 4096;
// mdn and ZAP skip answers that are at least nine tenths alike.
constexpr double kAlike = 0.9;

// 206 is a 200 to our Range.
bool isSuccess(int status)
{
    return status == 200 || status == 206;
}

} // namespace

std::vector<HttpGet> baselineQuestions(const Host &host, const QString &word)
{
    std::vector<HttpGet> questions;
    for (const QString &path : {u"/%1"_s, u"/.%1"_s, u"/%1.js"_s, u"/%1.json"_s, u"/%1/"_s, u"/api/%1"_s})
        questions.push_back(firstBytesOf(httpsAddress(host, path.arg(word))));
    return questions;
}

HttpGet firstBytesOf(const QUrl &url)
{
    return {
        .url = url, .headers = {{"Range", "bytes=0-" + QByteArray::number(kFirstBytes - 1)}}, .bodyCap = kFirstBytes};
}

bool isBaseline(const HttpResponse &candidate, const std::vector<HttpResponse> &baselines)
{
    const auto hash = simHash(candidate.body);
    return std::ranges::any_of(baselines, [&](const HttpResponse &baseline) {
        return isSuccess(candidate.status) == isSuccess(baseline.status) &&
               (candidate.body == baseline.body || similarity(hash, simHash(baseline.body)) >= kAlike);
    });
}

} // namespace cockpit
