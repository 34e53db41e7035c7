// What has to be known before a record is removed (that it is ours), and afterwards (that its owner could have seen
// it).
#include "checks/actors/canaryrecord.h"
#include "checks/actors/listwalk.h"
#include "checks/actors/recordsight.h"
#include "checks/actors/removing.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/stranger.h"

#include <QCoreApplication>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Canary)
};

} // namespace

// Where the product said that it made one and does not show it, somebody has to look. Else a list tells that there is
// none if it was shown as a whole, and an address if it showed the record before: of an id that no text proved it says
// nothing.
Result<QString> Removing::notFound(const ActiveRequest &request, const HttpResponse &answer, bool isInList)
{
    if (m_removal.wasMade)
        return left(Text::tr("it could not be found again."));
    if (isInList && !m_isNotListed)
        return unknown(Text::tr("%1 does not show it, but may have more pages.").arg(routeName(*m_removal.plan.list)));
    if (!isInList && !m_removal.isShownAlone && !m_isNotListed)
        return unknown(Text::tr("%1 answered with status %2, but nothing ever showed that its id is %3.")
                           .arg(routeName(*m_removal.plan.read), QString::number(answer.status), m_removal.id));
    noteGone(request, answer, isInList);
    return QString();
}

// A request that was cut off may still be under way in the product.
bool Removing::mayYetCome()
{
    // The second one where there is time: of a product that answered nothing for seconds.
    static constexpr std::array<std::chrono::milliseconds, 2> kDelays{std::chrono::milliseconds(300),
                                                                      std::chrono::milliseconds(1200)};
    const bool isEnough = m_waits >= kDelays.size() || (m_waits > 0 && !hasTimeToRepeat());
    if (!m_removal.isUnanswered || isEnough || !m_removal.owner.pause)
        return false;
    m_removal.owner.pause(kDelays[m_waits++]);
    return true;
}

// Each page costs a request that nobody reckoned with, and none is taken from what the removal itself needs.
bool Removing::hasRoomForPages() const
{
    constexpr int kKept = kCanaryRemovalRequests + kRemovalControlRequests;
    return m_removal.owner.left && m_removal.owner.left() > kKept && hasTimeToRepeat();
}

Removing::FurtherPages Removing::readOn(const HttpResponse &first)
{
    ListWalk walk;
    std::optional<QUrl> next = walk.take(m_list, first);
    for (int pages = 0; next && pages < kMostListPages && hasRoomForPages(); ++pages) {
        const QUrl at = *next;
        auto answer = read(undoing(*m_removal.plan.list, at));
        if (!answer)
            return {};
        switch (sightOf(*answer, {.text = m_removal.text, .id = m_removal.id, .isInList = true})) {
        case RecordSight::There:
        case RecordSight::MarkedDeleted:
            return {.withRecord = std::move(*answer)};
        case RecordSight::Gone:
            next = walk.take(at, *answer);
            continue;
        case RecordSight::SignedOut:
        case RecordSight::Refused:
        case RecordSight::Limited:
        case RecordSight::Unclear:
            return {};
        }
        Q_UNREACHABLE();
    }
    return {.isWhole = walk.isWhole()};
}

// What the product said that it made is there; else nobody knows whether there is anything.
tl::unexpected<Error> Removing::unlooked(const Error &error) const
{
    return m_removal.wasMade ? left(error.message) : unknown(error.message);
}

Result<QString> Removing::idFromList()
{
    const ActiveRequest request = undoing(*m_removal.plan.list, m_list);
    auto answer = read(request);
    if (!answer)
        return unlooked(answer.error());
    // By its id as well: somebody may have changed its text, which was perhaps what was tried.
    const SoughtRecord sought{.text = m_removal.text,
                              .id = m_removal.id,
                              .isInList = true,
                              .before = m_removal.list ? &*m_removal.list : nullptr};
    switch (sightOf(*answer, sought)) {
    case RecordSight::Gone: {
        if (mayYetCome())
            return idFromList();
        FurtherPages further = mayGoOn(*answer, m_removal.listHeld) ? readOn(*answer) : FurtherPages{.isWhole = true};
        m_isNotListed = further.isWhole;
        // A list may be cut after so many; the record has an address of its own.
        if (!further.withRecord)
            return m_removal.id.isEmpty() || !m_removal.plan.read ? notFound(request, *answer, true) : idAtAddress();
        m_removal.isOnLaterPage = true;
        answer = std::move(*further.withRecord);
        break;
    }
    case RecordSight::There:
    case RecordSight::MarkedDeleted:
        break;
    case RecordSight::SignedOut:
    case RecordSight::Refused:
    case RecordSight::Limited:
    case RecordSight::Unclear:
        return left(Text::tr("%1 answered with status %2, which does not show it.")
                        .arg(routeName(*m_removal.plan.list), QString::number(answer->status)));
    }
    const RecordFound found = recordIn(*answer, m_removal.text, itemPath(m_removal.plan), m_removal.plan.resource());
    if (!found.isBesideText)
        return left(Text::tr("its id is not known."));
    m_removal.list = *answer;
    m_removal.isShownAlone = false;
    return found.id;
}

Result<QString> Removing::idAtAddress()
{
    const QUrl readAt = recordAddress(m_removal.plan.read, m_removal.plan, m_removal.target, m_removal.id);
    if (readAt.isEmpty()) {
        const QString why = Text::tr("its id is not known.");
        return m_removal.wasMade ? left(why) : unknown(why);
    }
    const ActiveRequest request = undoing(*m_removal.plan.read, readAt);
    const auto answer = read(request);
    if (!answer)
        return unlooked(answer.error());
    switch (sightOf(*answer, {.text = m_removal.text, .id = m_removal.id})) {
    case RecordSight::There:
    case RecordSight::MarkedDeleted:
        m_removal.isShownAlone = true;
        return m_removal.id;
    case RecordSight::Gone:
        return notFound(request, *answer, false);
    case RecordSight::SignedOut:
    case RecordSight::Refused:
    case RecordSight::Limited:
    case RecordSight::Unclear:
        return left(Text::tr("%1 answered with status %2, which does not show it.")
                        .arg(routeName(*m_removal.plan.read), QString::number(answer->status)));
    }
    Q_UNREACHABLE();
}

Result<QString> Removing::provenId()
{
    if (m_removal.isProven)
        return m_removal.id;
    return m_list.isEmpty() ? idAtAddress() : idFromList();
}

// A list that strangers do not get, or less of it: many show what is published to everybody. Asked without signing in
// anew, as another session says nothing about the one that did not see the record.
Result<bool> Removing::listTells()
{
    const auto nothing = [] { return failure(ErrorKind::NotFound, QString()); };
    const auto &gone = *m_removal.gone;
    if (gone.isInList) {
        const bool isCompared = m_removal.owner.wasSignedIn || m_removal.owner.asStranger;
        return !isCompared && showsOthers(gone.answer) ? Result<bool>(true) : nothing();
    }
    if (m_list.isEmpty())
        return nothing();
    const ActiveRequest request = undoing(*m_removal.plan.list, m_list);
    Clock::time_point sent;
    const auto answer = sendPatiently(request, sent);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    const RecordSight sight = sightOf(*answer, {.text = m_removal.text, .id = m_removal.id, .isInList = true});
    if (sight == RecordSight::There || sight == RecordSight::SignedOut)
        return false;
    if (sight != RecordSight::Gone)
        return nothing();
    if (!m_removal.owner.asStranger)
        return showsOthers(*answer) ? Result<bool>(true) : nothing();
    const auto stranger = m_removal.owner.asStranger(request, m_deadline);
    if (!stranger)
        return tl::unexpected<Error>(stranger.error());
    return tellsApart(*answer, *stranger) ? Result<bool>(true) : nothing();
}

Result<bool> Removing::wasSignedIn()
{
    const auto &gone = *m_removal.gone;
    if (!m_removal.owner.wasSignedIn)
        return listTells();
    auto told = m_removal.owner.wasSignedIn({gone.request, gone.answer, gone.at}, m_deadline);
    if (!told && told.error().kind == ErrorKind::TimedOut && hasTimeToRepeat())
        told = m_removal.owner.wasSignedIn({gone.request, gone.answer, gone.at}, m_deadline);
    if (told)
        return told;
    const auto &inVain = m_removal.owner.askedInVain;
    const QString list = u"list "_s + m_list.toString();
    if (inVain && inVain->contains(list))
        return told;
    const Clock::time_point asked = Clock::now();
    const auto byList = listTells();
    if (byList && *byList && m_removal.owner.noteSignedIn)
        m_removal.owner.noteSignedIn(asked);
    if (inVain && !byList && byList.error().kind == ErrorKind::NotFound)
        inVain->insert(list);
    return byList ? byList : told;
}

// With another session: what could not be seen before may be there.
Result<void> Removing::again()
{
    if (!m_removal.isProven)
        return run();
    m_removal.gone.reset();
    if (auto looked = look({}); looked)
        return looked;
    return removeAndLook();
}

// Of the account, and so of all records of it.
tl::unexpected<Error> Removing::unknown(const QString &why) const
{
    Error error = left(why).value();
    error.kind = ErrorKind::NotFound;
    return tl::unexpected<Error>(std::move(error));
}

Result<void> Removing::confirm()
{
    if (m_deadline.hasPassed())
        return unknown(Text::tr("there was no time left to see whether it is gone."));
    constexpr int kMostRounds = 2; // as it was, and with another session
    for (int round = 0; round < kMostRounds && m_removal.gone; ++round) {
        const auto isIn = wasSignedIn();
        if (!isIn)
            return unknown(isIn.error().message.isEmpty()
                               ? Text::tr("nothing shows whether its owner is still signed in, so that nobody knows "
                                          "whether it is gone.")
                               : Text::tr("nobody knows whether it is gone. %1").arg(isIn.error().message));
        if (*isIn)
            return {};
        const ActiveRequest request = m_removal.gone->request;
        if (!m_removal.owner.signInAgain || m_hasSignedIn)
            break;
        m_hasSignedIn = true;
        if (const auto isAnew = m_removal.owner.signInAgain(request, m_removal.gone->at, m_deadline); !isAnew)
            return unknown(Text::tr("its owner was signed out, so that nobody knows whether it is gone. %1")
                               .arg(isAnew.error().message));
        if (auto done = again(); !done)
            return done;
    }
    return m_removal.gone
               ? Result<void>(unknown(Text::tr("its owner was signed out, so that nobody knows whether it is "
                                               "gone.")))
               : Result<void>();
}

} // namespace cockpit
