#include "checks/access/linkfindings.h"

#include "checks/actors/requestproof.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LinkFindings)
};

QString whyGuessable(const TokenStrength &strength)
{
    if (strength.isCounted)
        return Text::tr("The tokens of two links are numbers that are counted up.");
    if (strength.isTimed)
        return Text::tr("The token of the link is made of the time and the machine.");
    return Text::tr("The token of the link has at most %1 bits. Wanted: 128 or more.")
        .arg(static_cast<int>(strength.bits));
}

} // namespace

QString toWord(LinkUse value)
{
    switch (value) {
    case LinkUse::NotTried:
        return u"not_tried"_s;
    case LinkUse::Accepted:
        return u"accepted"_s;
    case LinkUse::Refused:
        return u"refused"_s;
    case LinkUse::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

bool isTold(LinkUse value)
{
    return value == LinkUse::Accepted || value == LinkUse::Refused;
}

QString wordsOf(const std::vector<LinkQuestion> &questions, LinkUse use)
{
    QStringList words;
    for (const LinkQuestion &one : questions) {
        if (one.use == use)
            words.append(one.words);
    }
    return words.join(u", "_s);
}

bool hasTold(const std::vector<LinkQuestion> &questions)
{
    return std::ranges::any_of(questions, isTold, &LinkQuestion::use);
}

void LinkFindings::add(const QString &code, Severity severity, Proof proof, const QString &title, const QString &saw,
                       const std::vector<std::optional<LinkExchange>> &exchanges)
{
    Finding finding = makeFinding(code, severity, proof, Impact::AccountTakeover, title, saw);
    finding.host = m_host;
    for (const auto &one : exchanges) {
        if (one)
            finding.evidence.push_back(requestProof(one->request, one->answer, {.known = m_known}));
    }
    finding.effortMinutes = m_minutes;
    m_findings.push_back(std::move(finding));
}

void LinkFindings::addToken(const std::optional<TokenStrength> &strength, const LinkTokenWords &words)
{
    if (!strength)
        return;
    if (strength->isCounted || strength->isTimed || strength->bits < kGuessableBits)
        add(words.guessableCode, Severity::High, Proof::Strong, words.guessableTitle, whyGuessable(*strength));
    else if (strength->bits < kShortBits)
        add(words.shortCode, Severity::Low, Proof::Strong, words.shortTitle,
            Text::tr("It has at most %1 bits. Wanted: 128 or more.").arg(static_cast<int>(strength->bits)));
}

QJsonObject linkFacts(const QStringList &given, const std::optional<TokenStrength> &strength)
{
    QJsonObject facts{{u"given"_s, QJsonArray::fromStringList(given)}};
    if (strength) {
        facts.insert("bits"_L1, static_cast<int>(strength->bits));
        facts.insert("counted"_L1, strength->isCounted);
        facts.insert("timed"_L1, strength->isTimed);
    }
    return facts;
}

} // namespace cockpit
