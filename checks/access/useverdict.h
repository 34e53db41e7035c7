// Whether what should work once was taken: told from how a refusal looks. Pure.
#pragma once

#include "checks/access/linkfindings.h"

namespace cockpit {

// A limit, a challenge or a broken server: says nothing of what was sent.
bool isTrouble(const HttpResponse &answer);
// The same answer but for what changes each time. ofA, ofB: the names that were sent.
bool isSameAnswer(const LinkExchange &a, const LinkExchange &b, const QString &ofA = {}, const QString &ofB = {});

class UseVerdict
{
public:
    // refused: the answer to what cannot be taken.
    explicit UseVerdict(LinkExchange refused) : m_refused(std::move(refused)) {}

    // It is a refusal that can be told from a yes.
    bool isRefusal() const;
    bool isLikeRefusal(const LinkExchange &exchange) const;
    // Unclear: trouble, or something in between. What was used or is too old is often refused in other words than what
    // was never good: where the words are not read, Accepted says no more than "not the same answer". What happened
    // only a change shows: see isSure of the looks.
    LinkUse of(const LinkExchange &exchange) const;

private:
    bool leadsAsRefusal(const HttpResponse &answer) const;

    LinkExchange m_refused;
};

} // namespace cockpit
