#include "checks/access/codelook.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(OneTimeCode)
};

constexpr int kMinutes = 45;

// What a code is worth to somebody who has seen it: where nothing else is asked for, the account.
Severity severityOf(CodeKind kind)
{
    switch (kind) {
    case CodeKind::SignIn:
    case CodeKind::NewPassword:
        return Severity::High;
    case CodeKind::SecondFactor:
    case CodeKind::Confirmation:
        return Severity::Medium;
    }
    Q_UNREACHABLE();
}

// The codes of an app are refused when their step is over, used or not.
bool mayBeForItsAge(const CodeLook &look)
{
    const auto stepOf = [](const QDateTime &at) { return at.toSecsSinceEpoch() / kCodeStepSeconds; };
    return look.kind == CodeKind::SecondFactor && stepOf(look.firstAt) != stepOf(look.againAt);
}

QString whatIsWanted(CodeKind kind)
{
    if (kind == CodeKind::SecondFactor)
        return Text::tr("Wanted: refused the second time, also while the time of the code is not over (RFC 6238 "
                        "section 5.2 for the codes of an authenticator app).");
    return Text::tr("Wanted: refused the second time, also while the time of the code is not over.");
}

QString whatWasSeen(const CodeLook &look)
{
    const qint64 seconds = std::max<qint64>(0, look.firstAt.secsTo(look.againAt));
    if (look.isSignedInByIt)
        return Text::tr("%1 took the same code twice, the second time %2 s after the first and in a new session, and "
                        "each time %3 was signed in by it and not before. %4")
            .arg(look.route, QString::number(seconds), look.account, whatIsWanted(look.kind));
    return Text::tr("%1 answered the same code twice as a good one, the second time %2 s after the first and in a new "
                    "session, while it refuses a request without a code. %3")
        .arg(look.route, QString::number(seconds), whatIsWanted(look.kind));
}

QJsonObject observedOf(const CodeLook &look, LinkUse again)
{
    QJsonObject observed{{u"route"_s, look.route},         {u"kind"_s, toWord(look.kind)},
                         {u"given"_s, look.isGiven},       {u"asked_for"_s, look.isAskedFor},
                         {u"first"_s, toWord(look.first)}, {u"again"_s, toWord(again)}};
    const bool isTried = look.first == LinkUse::Accepted;
    observed.insert("proof"_L1, !isTried              ? QJsonValue()
                                : look.isSignedInByIt ? QJsonValue(u"session"_s)
                                                      : QJsonValue(u"answers"_s));
    return observed;
}

} // namespace

CodeVerdict judgeCode(const CodeLook &look, const std::vector<Secret> &known)
{
    const bool isTooOld = look.again == LinkUse::Refused && mayBeForItsAge(look);
    const LinkUse again = isTooOld ? LinkUse::Unclear : look.again;
    CodeVerdict verdict{.observed = observedOf(look, again)};
    if (again == LinkUse::Accepted) {
        LinkFindings findings(look.host, known, kMinutes);
        findings.add(u"code_reusable"_s, severityOf(look.kind), look.isSignedInByIt ? Proof::Proven : Proof::Lead,
                     Text::tr("A one-time code works more than once"), whatWasSeen(look),
                     {look.firstUse, look.secondUse});
        verdict.findings = findings.take();
    }
    verdict.isTold = isTold(again);
    if (again == LinkUse::Refused)
        verdict.seen = Text::tr("a used code is refused");
    if (!verdict.isTold)
        verdict.gaps.hideCodes({u"code_reusable"_s});
    if (isTooOld)
        verdict.gaps.say(Text::tr("%1 refused the code the second time, but between the two tries a new half minute "
                                  "began, in which the codes of an authenticator app change: its age may be the "
                                  "reason. Hand in another one and check again.")
                             .arg(look.route));
    else if (!look.notTold.isEmpty())
        verdict.gaps.say(look.notTold);
    else if (again == LinkUse::Unclear)
        verdict.gaps.say(Text::tr("%1 answers the second use of a code (status %2) neither as the first nor as a "
                                  "refusal, so that it is not known whether it was accepted.")
                             .arg(look.route, QString::number(look.secondUse ? look.secondUse->answer.status : 0)));
    return verdict;
}

} // namespace cockpit
