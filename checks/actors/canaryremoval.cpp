#include "checks/actors/canaryremoval.h"

#include "checks/actors/canaryrecord.h"
#include "checks/actors/limitsignal.h"
#include "checks/actors/recordsight.h"
#include "checks/actors/removing.h"
#include "checks/actors/routeaddress.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Canary)
};

// A product that says when to come back is waited for so long, and so long where it does not say.
constexpr std::chrono::milliseconds kLongestPause{10'000};
constexpr std::chrono::milliseconds kUsualPause{1000};
// What has to be left after a pause for the request itself.
constexpr std::chrono::milliseconds kLeftToAsk{500};
constexpr int kMostPauses = 2;
// Beyond what is left after Stop, when requests are few.
constexpr std::chrono::milliseconds kTimeToRepeat{kUndoGrace};

} // namespace

// With what somebody does who has to do it by hand.
tl::unexpected<Error> Removing::left(const QString &why) const
{
    const QUrl removeAt = recordAddress(m_removal.plan.remove, m_removal.plan, m_removal.target, m_removal.id);
    if (removeAt.isEmpty())
        return failure(
            ErrorKind::Protocol,
            Text::tr("%1 Look for %2 in your product, and remove it there by hand.").arg(why, m_removal.text));
    const QString how = m_removal.plan.remove.method + u' ' + removeAt.toDisplayString();
    return failure(ErrorKind::Protocol,
                   m_removal.owner.name.isEmpty()
                       ? Text::tr("%1 To remove it by hand, send %2, or delete it in your product.").arg(why, how)
                       : Text::tr("%1 To remove it by hand, sign in as %3 and send %2, or delete it in your product.")
                             .arg(why, how, m_removal.owner.name));
}

ActiveRequest Removing::undoing(const Route &route, const QUrl &url) const
{
    ActiveRequest request = requestAt(route, url);
    request.errand = ActiveErrand::Undo;
    request.writes = route.method != "GET"_L1;
    if (request.writes && m_removal.plan.isForm())
        request.headers.push_back({"Content-Type", m_removal.plan.contentType});
    return request;
}

// A product that does not answer leaves time to look what came of it, and to the records after this one.
Result<HttpResponse> Removing::send(const ActiveRequest &request) const
{
    ActiveRequest sent = request;
    sent.timeoutMs = std::max(1, static_cast<int>(m_deadline.remaining().count() / 2));
    return m_removal.owner.send(sent);
}

bool Removing::waitsFor(const HttpResponse &answer)
{
    const auto limit = limitIn(answer, QDateTime::currentDateTimeUtc());
    const bool isShort = limit && limit->kind == LimitKind::TooMany;
    if (!isShort || !m_removal.owner.pause || m_pauses >= kMostPauses)
        return false;
    const std::chrono::milliseconds wait = limit->retryAfter ? *limit->retryAfter : kUsualPause;
    if (wait > kLongestPause || wait + kLeftToAsk > m_deadline.remaining())
        return false;
    ++m_pauses;
    m_removal.owner.pause(wait);
    return true;
}

// 403 is what some products say to strangers, and others to an account that may not do that.
bool Removing::isSignedOut(const ActiveRequest &request, const HttpResponse &answer, Clock::time_point sent) const
{
    const RecordSight sight = sightOf(answer, {.text = m_removal.text, .id = m_removal.id, .isInList = true});
    if (sight != RecordSight::Refused || !m_removal.owner.wasSignedIn)
        return sight == RecordSight::SignedOut || sight == RecordSight::Refused;
    const auto isIn = m_removal.owner.wasSignedIn({request, answer, sent}, m_deadline);
    return !isIn || !*isIn;
}

// sent: when the request went out whose answer this is.
Result<HttpResponse> Removing::sendPatiently(const ActiveRequest &request, Clock::time_point &sent)
{
    sent = Clock::now();
    auto answer = send(request);
    while (answer && waitsFor(*answer)) {
        sent = Clock::now();
        answer = send(request);
    }
    return answer;
}

// Once more where the product is asked to be patient with, and once more where it has signed the account out.
Result<HttpResponse> Removing::ask(const ActiveRequest &request)
{
    Clock::time_point sent;
    auto answer = sendPatiently(request, sent);
    if (!answer || m_hasSignedIn || !m_removal.owner.signInAgain || !isSignedOut(request, *answer, sent))
        return answer;
    m_hasSignedIn = true;
    if (!m_removal.owner.signInAgain(request, sent, m_deadline))
        return answer;
    return send(request);
}

bool Removing::hasTimeToRepeat() const
{
    return m_deadline.remaining() > kTimeToRepeat;
}

// What stood in the way of one answer need not stand in the way of the next.
Result<HttpResponse> Removing::read(const ActiveRequest &request)
{
    auto answer = ask(request);
    const bool isUnheard = !answer && answer.error().kind != ErrorKind::NotPermitted;
    return isUnheard && hasTimeToRepeat() ? ask(request) : answer;
}

void Removing::noteGone(const ActiveRequest &request, const HttpResponse &answer, bool isInList)
{
    m_removal.gone = {.request = request, .answer = answer, .at = Clock::now(), .isInList = isInList};
}

// An error says what stood in the way; whether it is gone all the same is for look() to see.
Result<void> Removing::remove()
{
    const QUrl removeAt = recordAddress(m_removal.plan.remove, m_removal.plan, m_removal.target, m_removal.id);
    if (removeAt.isEmpty())
        return failure(ErrorKind::BadInput, Text::tr("its address is not known."));
    const auto answer = ask(undoing(m_removal.plan.remove, removeAt));
    m_isUnanswered = !answer && answer.error().kind != ErrorKind::NotPermitted;
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    const bool isSentAway = isSentToLogin(*answer);
    if (answer->status < 400 && !isSentAway)
        return {};
    return failure(ErrorKind::Protocol,
                   isSentAway ? Text::tr("%1 was answered by leading to the sign-in (status %2).")
                                    .arg(routeName(m_removal.plan.remove), QString::number(answer->status))
                              : Text::tr("%1 answered with status %2.")
                                    .arg(routeName(m_removal.plan.remove), QString::number(answer->status)));
}

// The list does not show what has no text of ours.
bool Removing::looksAtAddress() const
{
    return m_removal.plan.read && (m_removal.isShownAlone || m_list.isEmpty() || !m_removal.hasText);
}

tl::unexpected<Error> Removing::stillThere(const Result<void> &removed) const
{
    return left(removed ? Text::tr("it is still there after it was removed.") : removed.error().message);
}

// What the first page of a list shows no more is gone from it. What it never showed was behind it.
Result<void> Removing::lookOn(const Result<void> &removed, const ActiveRequest &request, const HttpResponse &answer,
                              bool isAlone)
{
    const bool isBehind = m_removal.isOnLaterPage && !isAlone;
    const FurtherPages further = isBehind ? readOn(answer) : FurtherPages{.isWhole = true};
    if (further.withRecord)
        return stillThere(removed);
    if (!further.isWhole)
        return unknown(Text::tr("%1 does not show it, but may have more pages.").arg(routeName(*m_removal.plan.list)));
    noteGone(request, answer, !isAlone);
    return {};
}

Result<void> Removing::look(const Result<void> &removed)
{
    const bool isAlone = looksAtAddress();
    if (!isAlone && m_list.isEmpty())
        return left(Text::tr("no route shows whether it is gone."));
    const QUrl readAt = recordAddress(m_removal.plan.read, m_removal.plan, m_removal.target, m_removal.id);
    const Route &route = isAlone ? *m_removal.plan.read : *m_removal.plan.list;
    const ActiveRequest request = undoing(route, isAlone ? readAt : m_list);
    const auto answer = read(request);
    if (!answer) {
        const QString why = removed ? answer.error().message : removed.error().message;
        return removed || m_isUnanswered ? unknown(why) : left(why);
    }
    const SoughtRecord sought{.text = m_removal.text,
                              .id = m_removal.id,
                              .isInList = !isAlone,
                              .before = m_removal.list ? &*m_removal.list : nullptr};
    switch (sightOf(*answer, sought)) {
    case RecordSight::Gone:
        return lookOn(removed, request, *answer, isAlone);
    case RecordSight::There:
        return stillThere(removed);
    case RecordSight::MarkedDeleted:
        return left(Text::tr("your product marks it as deleted, and keeps it: it can still be read."));
    case RecordSight::SignedOut:
    case RecordSight::Refused:
    case RecordSight::Limited:
    case RecordSight::Unclear:
        break;
    }
    if (!removed)
        return left(removed.error().message);
    return unknown(Text::tr("whether it is gone could not be seen: %1 answered with status %2.")
                       .arg(routeName(route), QString::number(answer->status)));
}

// Without an answer the removal may not have been carried out yet when it was looked for.
Result<void> Removing::removeAndLook()
{
    auto looked = look(remove());
    return looked || !m_isUnanswered || !hasTimeToRepeat() ? looked : look(remove());
}

Result<void> Removing::run()
{
    m_removal.gone.reset();
    const Result<QString> id = provenId();
    if (!id)
        return tl::unexpected<Error>(id.error());
    if (id->isEmpty())
        return {};
    m_removal.id = *id;
    m_removal.isProven = true;
    return removeAndLook();
}

Result<void> removeCanary(CanaryRemoval &removal, Deadline deadline)
{
    return Removing(removal, deadline).run();
}

Result<void> confirmGone(CanaryRemoval &removal, Deadline deadline)
{
    auto shown = Removing(removal, deadline).confirm();
    if (shown && removal.gone && removal.note)
        removal.note->strike();
    return shown;
}

Result<bool> wasOwnerSignedIn(CanaryRemoval &looked, Deadline deadline)
{
    return Removing(looked, deadline).wasSignedIn();
}

Result<void> confirmAllGone(std::span<CanaryRemoval> removals, Deadline deadline)
{
    QStringList said;
    std::optional<ErrorKind> kind;
    for (std::size_t left = removals.size(); left > 0; --left) {
        const auto shown = confirmGone(removals[left - 1], deadline);
        if (shown)
            continue;
        said.append(shown.error().message);
        const bool isKnown = shown.error().kind != ErrorKind::NotFound;
        // What is known of one is not forgotten over what nobody knows of another.
        if (isKnown || !kind)
            kind = shown.error().kind;
        if (isKnown)
            continue;
        if (const auto others = static_cast<int>(left - 1); others > 0)
            said.append(Text::tr("The same holds for %n more record(s) that it made before.", nullptr, others));
        break;
    }
    return kind ? Result<void>(failure(*kind, said.join(u' '))) : Result<void>();
}

} // namespace cockpit
