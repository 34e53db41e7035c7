// Templates of observations.h.
#pragma once

#include <QMutexLocker>

#include <algorithm>
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
    for (const SlotPtr &slot : all) {
        if (waitUntilAnswered(*slot)) {
            answers.push_back(std::static_pointer_cast<const Answered>(slot->answer));
            chain = std::max(chain, slot->chain);
        } else {
            answers.push_back(std::make_shared<const Answered>(tl::unexpected<Error>(interruption())));
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
    auto answer = std::make_shared<const Answered>(probe(question, ctx));
    settle(slot, std::move(answer), chainHere() + roundTripsOf(question)); // nested questions have moved the chain on
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
            std::vector<Answered> answers = probeAll(questions, ctx);
            Q_ASSERT(answers.size() == questions.size());
            for (size_t i = 0; i < answers.size(); ++i) {
                const int chain = chainHere() + roundTripsOf(questions[i]);
                settle(*slotsOfThem[i], std::make_shared<const Answered>(std::move(answers[i])), chain);
            }
            return;
        }
    } else if (m_pool && questions.size() > 1) {
        // Side by side: each question is a task that somebody takes, this thread among them, so that a full pool
        // only makes it slower and never stuck.
        struct Taken
        {
            std::vector<std::atomic_bool> taken;
            explicit Taken(size_t n) : taken(n) {}
        };
        const auto taskState = std::make_shared<Taken>(questions.size());
        for (size_t i = 1; i < questions.size(); ++i) {
            const auto task = [this, taskState, i, question = questions[i], slot = slotsOfThem[i], chainBefore] {
                if (!taskState->taken[i].exchange(true))
                    probeInto(question, *slot, chainBefore);
            };
            if (!m_pool->tryStart(task))
                break; // all workers busy: this thread does the rest
        }
        for (size_t i = 0; i < questions.size(); ++i) {
            if (!taskState->taken[i].exchange(true))
                probeInto(questions[i], *slotsOfThem[i], chainBefore);
        }
        return;
    }
    for (size_t i = 0; i < questions.size(); ++i)
        probeInto(questions[i], *slotsOfThem[i], chainBefore);
}

} // namespace cockpit
