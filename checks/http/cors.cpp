#include "checks/http/cors.h"

#include "checks/http/corsquestions.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

Judged look(const Look &look)
{
    const auto origins = corsOrigins(look);
    std::vector<HttpGet> questions;
    std::vector<CorsAnswer> asked;
    const std::vector<QUrl> addresses = corsAddresses(look);
    for (const QUrl &url : addresses) {
        for (const TestOrigin &origin : url == addresses.front() ? origins : fewerOrigins(origins)) {
            questions.push_back(corsQuestion(url, origin));
            asked.push_back({origin, {}});
            if (!isForPreflight(origin))
                continue;
            questions.push_back(corsPreflight(url, origin));
            asked.push_back({origin, {}, true});
        }
    }
    const auto replies = look.seen.askAll(questions);
    std::vector<CorsAnswer> answers;
    for (size_t i = 0; i < replies.size(); ++i) {
        if (*replies[i])
            answers.push_back({asked[i].asked, **replies[i], asked[i].isPreflight});
    }
    if (answers.empty())
        return couldNotLook(replies.front()->error());
    const auto front = look.seen.ask(HttpGet{corsFrontAddress(look)});
    std::vector<SetCookie> sessions;
    if (*front) {
        std::ranges::copy_if(cookiesIn(**front), std::back_inserter(sessions),
                             [](const SetCookie &cookie) { return jobOf(cookie.name) == CookieJob::Session; });
    }
    return judgeCors(answers, sessions);
}

} // namespace

Check corsCheck()
{
    using enum HostRole;
    return {.id = u"http.cors"_s,
            .scope = Scope::EachHost,
            .roles = {Site, App, Api, Admin, Auth, Portal, Other}, // www is the site again
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::BrokenLogin},
            .needs = {},
            .look = look};
}

} // namespace cockpit
