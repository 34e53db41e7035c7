// What is wrong with links that come by mail, as findings: of reset links and of invitations alike. Pure.
#pragma once

#include "checks/access/linktoken.h"
#include "checks/actors/wire.h"
#include "checks/engine/check.h"
#include "models/secret.h"

#include <optional>
#include <vector>

namespace cockpit {

enum class LinkUse { NotTried, Accepted, Refused, Unclear };
QString toWord(LinkUse value);
// Accepted or refused.
bool isTold(LinkUse value);

// One thing that a link that came by mail is to tell.
struct LinkQuestion
{
    LinkUse use = LinkUse::NotTried;
    QString code;  // of what may be found
    QString words; // "whether it works twice"
};
// Of those that came out like that, for a sentence; empty without any.
QString wordsOf(const std::vector<LinkQuestion> &questions, LinkUse use);
bool hasTold(const std::vector<LinkQuestion> &questions);

struct LinkExchange
{
    ActiveRequest request;
    HttpResponse answer;
};

// How findings on a token are called.
struct LinkTokenWords
{
    QString guessableCode;
    QString guessableTitle;
    QString shortCode;
    QString shortTitle;
};

class LinkFindings
{
public:
    // known: secrets to be masked in the evidence. minutes: what a repair takes.
    LinkFindings(QString host, const std::vector<Secret> &known, int minutes)
        : m_host(std::move(host)), m_known(known), m_minutes(minutes)
    {
    }

    // An account is at stake in each. Of the exchanges those that took place become evidence.
    void add(const QString &code, Severity severity, Proof proof, const QString &title, const QString &saw,
             const std::vector<std::optional<LinkExchange>> &exchanges = {});
    // Nothing for a token that is long enough, or that nobody has seen.
    void addToken(const std::optional<TokenStrength> &strength, const LinkTokenWords &words);

    std::vector<Finding> take() { return std::move(m_findings); }

private:
    const QString m_host;
    const std::vector<Secret> &m_known;
    const int m_minutes;
    std::vector<Finding> m_findings;
};

// For observed: "given": names of the links, and "bits", "counted", "timed" of their token.
QJsonObject linkFacts(const QStringList &given, const std::optional<TokenStrength> &strength);

} // namespace cockpit
