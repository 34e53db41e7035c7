#include "checks/access/leftvalue.h"

#include "checks/access/shownvalue.h"
#include "checks/actors/formvalues.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/signinparts.h"
#include "checks/actors/writeanswer.h"
#include "checks/net/statusclass.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <optional>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeftValue)
};

bool isForm(const JournalEntry &entry)
{
    return entry.contentType.startsWith("application/x-www-form-urlencoded");
}

QByteArray shownValue(const JournalEntry &entry, const HttpResponse &shown)
{
    return isForm(entry) ? currentForm(entry.oldBody, shown) : currentJson(entry.oldBody, shown);
}

bool isOldValue(const JournalEntry &entry, const QByteArray &now)
{
    return now == entry.oldBody ||
           (!isForm(entry) && !now.isEmpty() && QJsonDocument::fromJson(now) == QJsonDocument::fromJson(entry.oldBody));
}

// A form is refused without what its page hands out.
QByteArray bodyFor(const JournalEntry &entry, const HttpResponse &page)
{
    if (!isForm(entry))
        return entry.oldBody;
    FormValues fields;
    for (const HiddenField &field : hiddenFieldsIn(page.body))
        fields.push_back({field.name, QString::fromUtf8(field.value.reveal())});
    return formBodyWith(entry.oldBody, fields);
}

// One place under way.
class PuttingBack
{
public:
    PuttingBack(std::span<const JournalEntry> entries, const Target &target, ActorSession &session, Deadline deadline)
        : m_entries(entries),
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
    Result<HttpResponse> write(const JournalEntry &entry, const HttpResponse &page);
    bool showsATest(const HttpResponse &shown) const;
    void putBack(std::size_t at, HttpResponse &shown);
    Error whyNotBack(const JournalEntry &entry, const HttpResponse &shown, bool isOurs) const;

    const std::span<const JournalEntry> m_entries;
    ActorSession &m_session;
    const Deadline m_deadline;
    const RouteAddress m_readAt, m_writeAt;
    std::vector<Result<void>> m_results;          // what stood in the way of the sending
    std::optional<Error> m_unread = std::nullopt; // why nobody knows what is there after the last of it
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

Result<HttpResponse> PuttingBack::write(const JournalEntry &entry, const HttpResponse &page)
{
    ActiveRequest back{.method = entry.create.method.toLatin1(), .url = *m_writeAt};
    back.routeName = entry.create.path;
    back.headers.push_back({"Content-Type", entry.contentType});
    back.body = bodyFor(entry, page);
    back.writes = true;
    back.timeoutMs = patience();
    return m_session.ask(back);
}

bool PuttingBack::showsATest(const HttpResponse &shown) const
{
    return std::ranges::any_of(
        m_entries, [&](const JournalEntry &entry) { return shownValue(entry, shown).contains("LC-CANARY-"); });
}

// shown: what is there now; afterwards what is there then, where that could be read.
void PuttingBack::putBack(std::size_t at, HttpResponse &shown)
{
    if (isOldValue(m_entries[at], shownValue(m_entries[at], shown)))
        return; // those before it brought it
    const auto done = write(m_entries[at], shown);
    if (!done)
        m_results[at] = tl::unexpected<Error>(done.error()); // it may have been carried out all the same
    else if (done->status >= 400)
        m_results[at] = failure(
            ErrorKind::Protocol,
            Text::tr("It could not be put back (status %1). Put the old value back by hand.").arg(done->status));
    auto after = read();
    m_unread = after ? std::nullopt : std::optional(after.error());
    if (after)
        shown = std::move(*after);
}

// Why the old value is not seen there, at the end. isOurs: it was sent.
Error PuttingBack::whyNotBack(const JournalEntry &entry, const HttpResponse &shown, bool isOurs) const
{
    const QString where = routeName(*first().read);
    if (m_unread)
        return *m_unread;
    if (const QStringList unseen = unseenMembers(entry, shown); !unseen.isEmpty())
        return unseenError(entry, unseen, isOurs);
    if (isOurs)
        return {ErrorKind::Protocol,
                Text::tr("It was sent, but %1 does not show it. Put the old value back by hand.").arg(where)};
    return {ErrorKind::Protocol, Text::tr("%1 shows neither the old value nor one of a test: somebody has changed it "
                                          "since. Look at it by hand.")
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
    const bool isOurs = showsATest(*shown);
    m_results.resize(m_entries.size());
    for (std::size_t at = 0; isOurs && at < m_entries.size(); ++at)
        putBack(at, *shown);
    for (std::size_t at = 0; at < m_entries.size(); ++at) {
        const bool isBack = !m_unread && isOldValue(m_entries[at], shownValue(m_entries[at], *shown));
        if (isBack)
            m_results[at] = {}; // whatever was answered
        else if (m_results[at])
            m_results[at] = tl::unexpected<Error>(whyNotBack(m_entries[at], *shown, isOurs));
    }
    return std::move(m_results);
}

} // namespace

std::vector<Result<void>> putBackValues(std::span<const JournalEntry> entries, const Target &target,
                                        ActorSession &session, Deadline deadline)
{
    return PuttingBack(entries, target, session, deadline).run();
}

} // namespace cockpit
