#include "checks/access/leftvalue.h"

#include "checks/access/oldestvalues.h"
#include "checks/access/shownvalue.h"
#include "checks/actors/formvalues.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/signinparts.h"
#include "checks/net/statusclass.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeftValue)
};

// A form is refused without what its page hands out.
QByteArray withHiddenFields(const QByteArray &body, const QByteArray &contentType, const HttpResponse &page)
{
    if (!contentType.startsWith("application/x-www-form-urlencoded"))
        return body;
    FormValues fields;
    for (const HiddenField &field : hiddenFieldsIn(page.body))
        fields.push_back({field.name, QString::fromUtf8(field.value.reveal())});
    return formBodyWith(body, fields);
}

// One place under way.
class PuttingBack
{
public:
    PuttingBack(std::span<const JournalEntry> entries, const Target &target, ActorSession &session, Deadline deadline)
        : m_entries(entries),
          m_oldest(withOldestValues(entries)),
          m_session(session),
          m_deadline(deadline),
          m_readAt(addressOf(target, *entries.front().read)),
          m_writeAt(addressOf(target, entries.front().create))
    {
    }

    std::vector<Result<void>> run();

private:
    const JournalEntry &first() const { return m_entries.front(); }
    int patience() const { return std::max(1, static_cast<int>(m_deadline.remaining().count())); }
    Result<HttpResponse> read();
    Result<HttpResponse> write(const QByteArray &body);
    void putBack();
    std::optional<Error> whyNotBack(const JournalEntry &entry) const;

    const std::span<const JournalEntry> m_entries; // as they were written down
    const std::vector<JournalEntry> m_oldest;      // the same, with what is put back
    ActorSession &m_session;
    const Deadline m_deadline;
    const RouteAddress m_readAt, m_writeAt;
    HttpResponse m_shown;                         // what is there now
    bool m_isSent = false;                        // what is put back
    std::optional<Error> m_unsent = std::nullopt; // what stood in the way of that
    std::optional<Error> m_unread = std::nullopt; // why nobody knows what is there afterwards
};

Result<HttpResponse> PuttingBack::read()
{
    ActiveRequest look{.url = *m_readAt, .routeName = first().read->path};
    look.timeoutMs = patience();
    auto shown = m_session.ask(look);
    if (shown && !isSuccess(*shown))
        return failure(ErrorKind::Protocol,
                       Text::tr("%1 answered with status %2, so that nobody knows what is there now.")
                           .arg(routeName(*first().read), QString::number(shown->status)));
    return shown;
}

Result<HttpResponse> PuttingBack::write(const QByteArray &body)
{
    ActiveRequest back{.method = first().create.method.toLatin1(), .url = *m_writeAt};
    back.routeName = first().create.path;
    back.headers.push_back({"Content-Type", first().contentType});
    back.body = withHiddenFields(body, first().contentType, m_shown);
    back.writes = true;
    back.timeoutMs = patience();
    return m_session.ask(back);
}

// What the place does not show may never have been changed, and be a field that the product does not take from this
// account: it must not keep back the others. A body that was refused has changed nothing.
void PuttingBack::putBack()
{
    m_isSent = true;
    const QByteArray whole = bodyOfAll(m_oldest, m_shown, UnseenMembers::Sent);
    const QByteArray seen = bodyOfAll(m_oldest, m_shown, UnseenMembers::LeftOut);
    auto done = write(whole);
    if (done && done->status >= 400 && seen != whole)
        done = write(seen);
    if (!done)
        m_unsent = done.error(); // it may have been carried out all the same
    else if (done->status >= 400)
        m_unsent = {
            ErrorKind::Protocol,
            Text::tr("It could not be put back (status %1). Put the old value back by hand.").arg(done->status)};
    auto after = read();
    if (after)
        m_shown = std::move(*after);
    else
        m_unread = after.error();
}

// Nothing: the old value is seen there, whatever was answered.
std::optional<Error> PuttingBack::whyNotBack(const JournalEntry &entry) const
{
    if (!m_unread && isOldValue(entry, m_shown))
        return std::nullopt;
    if (m_unsent)
        return m_unsent;
    if (m_unread)
        return m_unread;
    const QString where = routeName(*first().read);
    if (const QStringList unseen = unseenMembers(entry, m_shown); !unseen.isEmpty())
        return unseenError(entry, unseen, m_isSent);
    if (m_isSent)
        return Error{ErrorKind::Protocol,
                     Text::tr("It was sent, but %1 does not show it. Put the old value back by hand.").arg(where)};
    return Error{ErrorKind::Protocol, Text::tr("%1 shows neither the old value nor one of a test: somebody has changed "
                                               "it since. Look at it by hand.")
                                          .arg(where)};
}

std::vector<Result<void>> PuttingBack::run()
{
    const auto all = [this](const Error &error) {
        return std::vector<Result<void>>(m_entries.size(), tl::unexpected<Error>(error));
    };
    if (!m_readAt || !m_writeAt)
        return all({ErrorKind::BadInput, Text::tr("Its address is not known. Put the old value back by hand.")});
    auto shown = read();
    if (!shown)
        return all(shown.error());
    m_shown = std::move(*shown);
    if (isLeftByTheRun(m_entries, m_shown))
        putBack();
    std::vector<Result<void>> results;
    for (const JournalEntry &entry : m_oldest) {
        const auto why = whyNotBack(entry);
        results.push_back(why ? Result<void>(tl::unexpected<Error>(*why)) : Result<void>());
    }
    return results;
}

} // namespace

std::vector<Result<void>> putBackValues(std::span<const JournalEntry> entries, const Target &target,
                                        ActorSession &session, Deadline deadline)
{
    return PuttingBack(entries, target, session, deadline).run();
}

} // namespace cockpit
