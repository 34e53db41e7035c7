// The beginning of a trial: what bodies are tried on, and what is to be taken back.
#include "checks/actors/answertext.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/undonerecord.h"
#include "checks/actors/writetrial.h"
#include "checks/net/statusclass.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WriteTrial)
};

constexpr int kRestoreRequests = 2;

tl::unexpected<Error> unusable(const QString &sentence)
{
    return failure(ErrorKind::BadInput, sentence);
}

} // namespace

// A form is refused without what its page hands out.
Result<void> WriteTrial::learnFormFields()
{
    if (!m_place.isForm())
        return {};
    const std::optional<Route> &list = m_place.plan ? m_place.plan->list : m_place.read;
    const auto address = list ? addressOf(m_target, *list) : RouteAddress(tl::unexpected(NotTried::NoSeenId));
    if (!address)
        return {};
    const auto page = m_session.ask(requestAt(*list, *address));
    if (!page)
        return tl::unexpected<Error>(page.error());
    *m_hidden = hiddenFieldsIn(page->body);
    return {};
}

Result<void> WriteTrial::openRecord()
{
    const CanaryPlan &plan = *m_place.plan;
    if (m_place.kind == WriteKind::Create) {
        const bool hasText = !m_place.ownText.isEmpty();
        m_text = hasText ? m_place.ownText : newCanaryText();
        const auto body =
            hasText ? std::optional(m_place.body) : bodyWithText(m_place.body, m_place.contentType, m_text);
        if (!body)
            return unusable(Text::tr("%1: no field of its body takes a text by which our record would be known again.")
                                .arg(routeName(m_place.route)));
        m_good = *body;
        promiseRemoval();
        return {};
    }
    auto canary = plantCanary(plan, m_target, owner(), m_undo);
    if (!canary)
        return tl::unexpected<Error>(canary.error());
    m_canary = std::move(*canary);
    m_text = m_canary->text;
    m_recordId = m_canary->id;
    m_before = m_canary->seen;
    m_good = bodyWithText(m_place.body, m_place.contentType, m_text).value_or(m_place.body);
    return {};
}

Result<void> WriteTrial::openSettings()
{
    auto shown = current();
    if (!shown)
        return tl::unexpected<Error>(shown.error());
    if (!isSuccess(shown->status))
        return unusable(Text::tr("%1 answers with status %2, so that nobody knows what is there now.")
                            .arg(routeName(*m_place.read), QString::number(shown->status)));
    const QByteArray now = m_place.isForm() ? currentForm(m_place.body, *shown) : currentJson(m_place.body, *shown);
    if (now.isEmpty())
        return unusable(Text::tr("%1: %2 shows none of its fields, so that nothing could be put back.")
                            .arg(routeName(m_place.route), routeName(*m_place.read)));
    if (now.contains("LC-CANARY-")) // what another test is about to put back must not be taken for what was there
        return unusable(Text::tr("%1 holds the text of a test. Another check is at it, or one was cut off: put the old "
                                 "text back, or check again.")
                            .arg(routeName(*m_place.read)));
    m_before = std::move(*shown);
    m_good = m_old = now;
    auto note = m_notes->writeValue(m_place.route, m_place.read, m_place.contentType, now);
    if (!note)
        return tl::unexpected<Error>(note.error());
    promiseSettings(std::move(*note));
    m_text = newCanaryText();
    const auto body = bodyWithText(now, m_place.contentType, m_text);
    if (!body)
        m_text.clear();
    m_good = body.value_or(now);
    return {};
}

// One step for all records that the bodies make; each is removed at once, so that little is left for it.
void WriteTrial::promiseRemoval()
{
    const CanaryPlan &plan = *m_place.plan;
    constexpr int kRequests = 2 * kCanaryRemovalRequests;
    const auto remove = [records = m_records, doubtful = m_doubtful, gone = m_gone, listHeld = m_listHeld,
                         all = TrialRecords{m_text, plan, m_target, owner()}](Deadline deadline) {
        Result<void> done;
        // Each sentence once; what is known to be left counts more than what nobody knows.
        const auto note = [&done](const Error &why) {
            if (done) {
                done = tl::unexpected<Error>(why);
                return;
            }
            if (!done.error().message.contains(why.message))
                done.error().message += u' ' + why.message;
            if (why.kind != ErrorKind::NotFound)
                done.error().kind = why.kind;
        };
        for (const UndoneRecord &record : *doubtful) { // first, as what is known of others says more
            CanaryRemoval removal = removalOf(record, all);
            removal.listHeld = *listHeld;
            if (!record.hasText)
                note({ErrorKind::NotFound,
                      Text::tr("a body without our text was taken, and no answer told whether it made a "
                               "record. If it did, that bears no mark: look for one that none of you made.")});
            else if (auto removed = removeCanary(removal, deadline); !removed)
                note(removed.error());
            else
                gone->push_back(std::move(removal));
        }
        for (const UndoneRecord &record : *records) {
            CanaryRemoval removal = removalOf(record, all);
            if (record.id.isEmpty() && !record.hasText)
                note(unusable(Text::tr("whether it was made is not known.")).value());
            else if (auto removed = removeCanary(removal, deadline); !removed)
                note(removed.error());
            else
                gone->push_back(std::move(removal));
        }
        return done;
    };
    // Also where one of them is left: the others are told as gone by nothing else.
    const auto confirm = [gone = m_gone](Deadline deadline) { return confirmAllGone(*gone, deadline); };
    m_undo.add(Text::tr("A record %1 that %2 made").arg(m_text, routeName(plan.create)), kRequests, remove, confirm,
               UndoList::Confirming::Always);
}

void WriteTrial::promiseSettings(std::shared_ptr<UndoNote> note)
{
    ActiveRequest back = requestFor({m_place.contentType, m_good});
    back.errand = ActiveErrand::Undo;
    ActiveRequest look;
    look.url = m_before->url;
    look.routeName = m_place.read->path;
    look.errand = ActiveErrand::Undo;
    const auto currentOf = m_place.isForm() ? currentForm : currentJson;
    m_undo.add(Text::tr("What was in %1 before").arg(routeName(m_place.route)), kRestoreRequests,
               [back, look, currentOf, wanted = currentOf(m_good, *m_before), send = sender(), sample = m_good,
                note = std::move(note)](Deadline deadline) mutable -> Result<void> {
                   back.timeoutMs = look.timeoutMs = std::max(1, static_cast<int>(deadline.remaining().count()));
                   const auto done = send(back);
                   if (!done)
                       return tl::unexpected<Error>(done.error());
                   const auto shown = send(look);
                   if (!shown)
                       return tl::unexpected<Error>(shown.error());
                   if (done->status >= 400 || currentOf(sample, *shown) != wanted)
                       return unusable(Text::tr("it could not be put back (status %1).").arg(done->status));
                   note->strike();
                   return {};
               });
}

Result<TriedBody> WriteTrial::open()
{
    if (auto done = learnFormFields(); !done)
        return tl::unexpected<Error>(done.error());
    Result<void> opened;
    m_good = m_place.body;
    if (m_place.plan)
        opened = openRecord();
    else if (m_place.kind == WriteKind::Settings)
        opened = openSettings();
    if (!opened)
        return tl::unexpected<Error>(opened.error());
    auto control = send({m_place.contentType, m_good});
    if (!control)
        return control;
    const QString name = routeName(m_place.route);
    if (!control->wasTaken)
        return unusable(
            Text::tr("%1 does not take the body that your project has for it (status %2), so that a refusal of "
                     "others says nothing.")
                .arg(name, QString::number(control->answer.status)));
    const bool isSeen = control->after && isSuccess(control->after->status) &&
                        (m_text.isEmpty() || m_looker || AnswerText::of(*control->after).holds(m_text));
    if (m_place.kind != WriteKind::Question && !isSeen)
        return unusable(Text::tr("%1 takes a good body, but what it wrote is seen nowhere.").arg(name));
    m_control = control->answer;
    m_controlId = control->id;
    return control;
}

} // namespace cockpit
