#include "checks/http/cors.h"

#include "checks/http/corsquestions.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

Judged look(const Look &look)
{
    CorsQuestions asked = corsQuestions(look);
    std::vector<HttpGet> questions;
    questions.reserve(asked.questions.size());
    for (const CorsQuestion &question : asked.questions)
        questions.push_back(question.get);
    const auto replies = look.seen.askAll(questions);
    CorsGaps gaps{.unanswered = 0, .routesLeftOut = asked.routesLeftOut, .routesAskedLess = asked.routesAskedLess};
    std::vector<CorsAnswer> answers;
    answers.reserve(replies.size());
    for (size_t i = 0; i < replies.size(); ++i) {
        if (!*replies[i]) {
            ++gaps.unanswered;
            continue;
        }
        answers.push_back(std::move(asked.questions[i].answer));
        answers.back().response = **replies[i];
    }
    if (answers.empty())
        return couldNotLook(replies.front()->error());
    const auto front = look.seen.ask(HttpGet{corsFrontAddress(look)});
    std::vector<SetCookie> sessions;
    if (*front) {
        std::ranges::copy_if(cookiesIn(**front), std::back_inserter(sessions),
                             [](const SetCookie &cookie) { return jobOf(cookie.name) == CookieJob::Session; });
    }
    return judgeCors(answers, sessions, gaps);
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
