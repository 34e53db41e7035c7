// Templates of observations.h.
#pragma once

#include <algorithm>
#include <exception>
#include <utility>

namespace cockpit {

// How many round trips a question costs by itself; questions that only ask others say zero.
template<Question Q>
int roundTripsOf(const Q &question)
{
    if constexpr (requires { question.roundTrips(); })
        return question.roundTrips();
    else
        return 1;
}

template<Question Q>
std::vector<Observations::Shared<typename Q::Answer>> Observations::askAll(std::span<const Q> questions)
{
    using Answered = Result<typename Q::Answer>;
    const int chainBefore = chainHere();
    std::vector<SlotPtr> mine; // parallel to `claimed`
    std::vector<Q> claimed;
    std::vector<SlotPtr> all;
    all.reserve(questions.size());
    for (const Q &question : questions) {
        SlotPtr slot = slotFor(typeid(Q), question.key());
        if (!slot->claimed.exchange(true)) {
            claimed.push_back(question);
            mine.push_back(slot);
        }
        all.push_back(std::move(slot));
    }
    if (!claimed.empty())
        probeClaimed(std::span<const Q>(claimed), std::span<const SlotPtr>(mine));

    std::vector<Shared<typename Q::Answer>> answers;
    answers.reserve(all.size());
    int chain = chainBefore;
    for (size_t i = 0; i < all.size(); ++i) {
        const SlotPtr &slot = all[i];
        if (!waitUntilAnswered(*slot)) {
            answers.push_back(std::make_shared<const Answered>(tl::unexpected<Error>(interruption())));
        } else if (slot->isWithheld && std::ranges::find(mine, slot) == mine.end()) {
            answers.push_back(askAll(questions.subspan(i, 1)).front()); // the lack of leave was another's
            chain = std::max(chain, chainHere());
        } else {
            answers.push_back(std::static_pointer_cast<const Answered>(slot->answer));
            chain = std::max(chain, slot->chain);
        }
    }
    chainHere() = chain;
    return answers;
}

template<Question Q>
void Observations::put(const Q &question, Result<typename Q::Answer> answer)
{
    const SlotPtr slot = slotFor(typeid(Q), question.key());
    slot->claimed = true;
    settle(*slot, std::make_shared<const Result<typename Q::Answer>>(std::move(answer)), 0);
}

// A probe that throws has answered, too: with a failure. Who waits for the answer would wait for the end of the run.
template<Question Q>
Result<typename Q::Answer> answerOf(const Q &question, ProbeContext &context, Error (*brokenDown)(const char *))
{
    try {
        return probe(question, context);
    } catch (const std::exception &e) {
        return tl::unexpected<Error>(brokenDown(e.what()));
    }
}

template<BatchQuestion Q>
std::vector<Result<typename Q::Answer>> answersOf(std::span<const Q> questions, ProbeContext &context,
                                                  Error (*brokenDown)(const char *))
{
    try {
        return probeAll(questions, context);
    } catch (const std::exception &e) {
        return {questions.size(), tl::unexpected<Error>(brokenDown(e.what()))};
    }
}

template<Question Q>
void Observations::probeInto(const Q &question, Slot &slot, int chainBefore)
{
    chainHere() = chainBefore;
    using Answered = Result<typename Q::Answer>;
    if (m_token.isCancelled() || m_deadline.hasPassed()) {
        settle(slot, std::make_shared<const Answered>(tl::unexpected<Error>(interruption())), chainBefore);
        return;
    }
    ++m_probesSent;
    ProbeContext ctx = context();
    const int withheldBefore = VisitPayer::withheldHere();
    auto answer = std::make_shared<const Answered>(answerOf(question, ctx, &brokenDown));
    // What it is made of may be what it lacks, however good it looks.
    const Keep keep = VisitPayer::withheldHere() == withheldBefore ? Keep::ForAll : Keep::ForAsker;
    settle(slot, std::move(answer), chainHere() + roundTripsOf(question), keep); // nested questions moved the chain on
}

template<Question Q>
void Observations::probeClaimed(std::span<const Q> questions, std::span<const SlotPtr> slotsOfThem)
{
    const int chainBefore = chainHere();
    if constexpr (BatchQuestion<Q>) {
        if (questions.size() > 1) {
            using Answered = Result<typename Q::Answer>;
            m_probesSent += static_cast<int>(questions.size());
            ProbeContext ctx = context();
            const int withheldBefore = VisitPayer::withheldHere();
            std::vector<Answered> answers = answersOf(questions, ctx, &brokenDown);
            Q_ASSERT(answers.size() == questions.size());
            const bool isWithheld = VisitPayer::withheldHere() != withheldBefore;
            for (size_t i = 0; i < answers.size(); ++i) {
                const int chain = chainHere() + roundTripsOf(questions[i]);
                // Each is one exchange: what came is whole.
                const Keep keep = isWithheld && !answers[i] ? Keep::ForAsker : Keep::ForAll;
                settle(*slotsOfThem[i], std::make_shared<const Answered>(std::move(answers[i])), chain, keep);
            }
            return;
        }
    } else if (m_pool && questions.size() > 1) {
        probeSideBySide(questions, slotsOfThem);
        return;
    }
    for (size_t i = 0; i < questions.size(); ++i)
        probeInto(questions[i], *slotsOfThem[i], chainBefore);
}

// Each question is a task that somebody takes, this thread among them, so that a full pool only makes it slower and
// never stuck. Helpers use what belongs to the run, so nobody leaves before the last of them has ended, not even when
// the run is stopped: then they end as soon as every wait does.
template<Question Q>
void Observations::probeSideBySide(std::span<const Q> questions, std::span<const SlotPtr> slotsOfThem)
{
    const int chainBefore = chainHere();
    std::vector<std::atomic_bool> taken(questions.size());
    QSemaphore done;
    int helpers = 0;
    VisitPayer *const payer = VisitPayer::here();
    const auto take = [&](size_t i) {
        const PaidHere helped(payer);
        if (!taken[i].exchange(true))
            probeInto(questions[i], *slotsOfThem[i], chainBefore);
    };
    for (size_t i = 1; i < questions.size(); ++i) {
        const bool isHelped = m_pool->tryStart([&take, &done, i] {
            take(i);
            done.release();
        });
        if (!isHelped)
            break; // all workers busy: this thread does the rest
        ++helpers;
    }
    for (size_t i = 0; i < questions.size(); ++i)
        take(i);
    waitForHelpers(done, helpers);
}

} // namespace cockpit
