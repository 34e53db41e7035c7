#include "checks/http/cors.h"

#include "checks/http/corsquestions.h"
#include "checks/http/corsreflection.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTooManyRequests = 429;
constexpr int kBusy = 503; // what nginx says to who asks too fast

// What a host has answered so far, and where asking on is of use.
class Conversation
{
public:
    explicit Conversation(Observations &seen, int routesLeftOut) : m_seen(seen), m_gaps{.routesLeftOut = routesLeftOut}
    {
    }

    // In pieces: a host that asks to slow down hears no more than the piece that it did not like.
    void ask(std::vector<CorsQuestion> questions)
    {
        constexpr size_t piece = 60;
        for (size_t at = 0; at < questions.size(); at += piece)
            askPiece(std::span(questions).subspan(at, std::min(piece, questions.size() - at)));
    }

    void askOn(std::vector<CorsQuestion> round)
    {
        std::vector<CorsQuestion> useful;
        for (CorsQuestion &question : round) {
            const Place &place = placeOf(question);
            if (place.letsAllIn)
                continue;
            if (m_seen.isOver() || place.isTired || !place.hasSpoken)
                m_gaps.askedLess[question.get.url].insert(question.answer.asked.kind);
            else
                useful.push_back(std::move(question));
        }
        ask(std::move(useful));
    }

    const std::vector<CorsAnswer> &answers() const { return m_answers; }
    const CorsGaps &gaps() const { return m_gaps; }
    const Error &firstError() const { return *m_firstError; } // without answers

private:
    void askPiece(std::span<CorsQuestion> questions)
    {
        if (m_isHostTired) {
            for (const CorsQuestion &question : questions)
                m_gaps.askedLess[question.get.url].insert(question.answer.asked.kind);
            return;
        }
        std::vector<HttpGet> gets;
        gets.reserve(questions.size());
        for (const CorsQuestion &question : questions)
            gets.push_back(question.get);
        const auto replies = m_seen.askAll(gets);
        const auto refused = std::ranges::count_if(
            replies, [](const auto &reply) { return *reply && (*reply)->status == kTooManyRequests; });
        m_isHostTired = 2 * static_cast<size_t>(refused) > replies.size();
        for (size_t i = 0; i < replies.size(); ++i)
            takeIn(*replies[i], std::move(questions[i]));
    }

    // Of the GETs to an address, or of the preflights.
    struct Place
    {
        bool hasSpoken = false; // for the product: no firewall in its place, no broken page
        bool isTired = false;   // asked us to slow down
        bool letsAllIn = false; // together with their session: who lets everybody in says nothing new of look-alikes
    };

    Place &placeOf(const CorsQuestion &question) { return m_places[{question.get.url, question.answer.isPreflight}]; }

    void takeIn(const Result<HttpResponse> &reply, CorsQuestion question)
    {
        if (!reply) {
            ++m_gaps.unanswered;
            m_firstError = m_firstError ? m_firstError : reply.error();
            return;
        }
        Place &place = placeOf(question);
        CorsAnswer &answer = m_answers.emplace_back(std::move(question.answer));
        answer.response = *reply;
        const bool isSilent = saysNothing(answer);
        place.hasSpoken = place.hasSpoken || !isSilent;
        place.isTired = place.isTired || (isSilent && (reply->status == kTooManyRequests || reply->status == kBusy));
        place.letsAllIn = place.letsAllIn || (answer.asked.kind == OriginClass::Arbitrary && allowsAsked(answer) &&
                                              allowsCredentials(answer.response));
    }

    Observations &m_seen;
    CorsGaps m_gaps;
    std::vector<CorsAnswer> m_answers;
    std::map<std::pair<QUrl, bool>, Place> m_places;
    std::optional<Error> m_firstError;
    bool m_isHostTired = false; // most of what was asked last was too much
};

Judged look(const Look &look)
{
    CorsQuestions questions = corsQuestions(look);
    Conversation host(look.seen, questions.routesLeftOut);
    host.ask(std::move(questions.first));
    for (std::vector<CorsQuestion> &round : questions.rounds)
        host.askOn(std::move(round));
    if (host.answers().empty())
        return couldNotLook(host.firstError());
    const auto front = look.seen.ask(HttpGet{corsFrontAddress(look)});
    std::vector<SetCookie> sessions;
    if (*front) {
        std::ranges::copy_if(cookiesIn(**front), std::back_inserter(sessions),
                             [](const SetCookie &cookie) { return jobOf(cookie.name) == CookieJob::Session; });
    }
    return judgeCors(host.answers(), sessions, host.gaps());
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
