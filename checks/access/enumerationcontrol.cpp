// What shows that the answers of an entry tell anything at all.
#include "checks/access/enumerationlook.h"

#include "checks/actors/routeaddress.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Enumeration)
};

} // namespace

Result<HttpResponse> EnumerationRun::askRight(const TestActor &control, EntryCaller &caller)
{
    const Secret *entry = m_wire.gate()->secretOf(control.id);
    const HoleValues values = entry ? holeValuesOf(*entry) : HoleValues();
    const auto password = values.find(u"password"_s);
    if (password == values.end())
        return failure(ErrorKind::NotFound, Text::tr("No password is known for %1.").arg(control.name));
    auto request = caller.request({.user = control.userName, .password = password->second, .more = values});
    if (!request)
        return tl::unexpected<Error>(request.error());
    request->carriesSecret = true;
    request->actor = control.name;
    return caller.send(std::move(*request));
}

QString EnumerationRun::controlAtTheEnd(const TestActor &control, const EnumerationEntry &entry, EntryCaller &caller)
{
    const auto answer = askRight(control, caller);
    if (!answer)
        return answer.error().message;
    // With a sign, the limit came after the answers that were compared: those before it had none.
    if (isLimited(*answer))
        return {};
    const AnswerFeatures features = featuresOf(*answer, control.userName);
    const bool isRefused = answer->status >= 400 || std::ranges::any_of(entry.samples, [&](const auto &one) {
                               return one.features == features;
                           });
    return isRefused ? Text::tr("%1 did not let %2 in with its own password after the tries (status %3): what it "
                                "answered may be a block, which tells nothing.")
                           .arg(entry.route, control.name, QString::number(answer->status))
                     : QString();
}

// The right password has to be answered differently, or the answers are no login's.
QString EnumerationRun::controlOfLogin(const EnumerationPlan::Series &series, EntryCaller &caller,
                                       EnumerationEntry &entry)
{
    const auto welcome = askRight(*series.control, caller);
    caller.forgetVisit();
    if (!welcome)
        return welcome.error().message;
    const QString nobody = unknownLike(series.like, EntryKind::Login);
    auto request = caller.request({.user = nobody, .password = Secret("Lc-wrong-password-3")});
    if (!request)
        return request.error().message;
    const ActiveRequest sent = *request;
    const auto refusal = caller.send(std::move(*request));
    if (!refusal)
        return refusal.error().message;
    const bool isAlike = featuresOf(*welcome, series.control->userName) == featuresOf(*refusal, nobody);
    if (isAlike || welcome->status >= 400 || refusal->status >= 500 || isLimited(*refusal))
        return Text::tr("%1 answers a right password with status %2 and a wrong one with status %3, which tells "
                        "nothing.")
            .arg(series.name(), QString::number(welcome->status), QString::number(refusal->status));
    // One more name that nobody has: what differs between the two of them is of the name, and not of an account.
    (void)keep(entry, {.name = nobody, .isTimed = false}, sent, *refusal);
    return {};
}

QString EnumerationRun::control(const EnumerationPlan::Series &series, EntryCaller &caller, EnumerationEntry &entry)
{
    if (series.entry.kind == EntryKind::Login)
        return controlOfLogin(series, caller, entry);
    const auto why = whyItTellsNothing(series.entry, m_wire, sessionFor(series.entry));
    if (!why || !why->isEmpty())
        return why ? *why : why.error().message;
    // As at the login; where a name may become an account there are several anyway.
    if (!makesAccounts(entry.kind))
        (void)sample(caller, {.name = unknownLike(series.like, entry.kind), .isTimed = false}, entry);
    return {};
}

} // namespace cockpit
