// A probe answers one question by touching the network or a file. A question is a plain value that knows its key; the
// engine asks each key once per run and shares the answer.
//
// To make a question type:
//     struct DnsLookup {
//         using Answer = DnsAnswer;
//         QString name; RrType type;
//         QString key() const;                       // same key = same question
//     };
//     Result<DnsAnswer> probe(const DnsLookup &question, ProbeContext &context);
// and, where many are cheaper together:
//     std::vector<Result<DnsAnswer>> probeAll(std::span<const DnsLookup> questions, ProbeContext &context);
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/engine/netoptions.h"
#include "models/result.h"

#include <QString>

#include <concepts>
#include <span>
#include <vector>

namespace cockpit {

class ActiveGate;
class Observations;
class HostGate;
class RequestBudget;

// What a probe may use. Lives on the worker's stack for one probe; never kept.
struct ProbeContext
{
    const NetOptions &options;
    CancelToken token;
    Deadline deadline;            // of the whole run; a probe also limits itself by options.operationTimeout
    Observations &observations;   // to ask what this probe rests on (an HTTP probe asks for addresses)
    HostGate &gate;               // at most options.connectionsPerHost connections to one host at a time
    RequestBudget &budget;        // every HTTP request is taken from it before it is sent
    ActiveGate *active = nullptr; // active requests leave by it; null: none is permitted

    Deadline operationDeadline() const { return Deadline::in(options.operationTimeout).earlierOf(deadline); }
};

template<typename Q>
concept Question = requires(const Q &question, ProbeContext &context)
{
    typename Q::Answer;
    {
        question.key()
        } -> std::convertible_to<QString>;
    {
        probe(question, context)
        } -> std::same_as<Result<typename Q::Answer>>;
};

template<typename Q>
concept BatchQuestion = Question<Q> && requires(std::span<const Q> questions, ProbeContext &context)
{
    {
        probeAll(questions, context)
        } -> std::same_as<std::vector<Result<typename Q::Answer>>>;
};

} // namespace cockpit
