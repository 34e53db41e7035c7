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

} // namespace

Result<void> putBackValue(const JournalEntry &entry, const Target &target, ActorSession &session, Deadline deadline)
{
    const auto readAt = addressOf(target, *entry.read);
    const auto writeAt = addressOf(target, entry.create);
    if (!readAt || !writeAt)
        return failure(ErrorKind::BadInput, Text::tr("Its address is not known. Put the old value back by hand."));
    const auto read = [&] {
        ActiveRequest look{.url = *readAt, .routeName = entry.read->path};
        look.timeoutMs = std::max(1, static_cast<int>(deadline.remaining().count()));
        return session.ask(look);
    };
    const auto shown = read();
    if (!shown)
        return tl::unexpected<Error>(shown.error());
    if (!isSuccess(*shown))
        return failure(ErrorKind::Protocol, Text::tr("%1 answered with status %2, so that nobody knows what is there "
                                                     "now.")
                                                .arg(routeName(*entry.read), QString::number(shown->status)));
    const QByteArray now = shownValue(entry, *shown);
    if (isOldValue(entry, now))
        return {};
    if (const QStringList unseen = unseenMembers(entry, *shown); !unseen.isEmpty())
        return tl::unexpected<Error>(unseenError(entry, unseen, false));
    if (!now.contains("LC-CANARY-"))
        return failure(ErrorKind::Protocol, Text::tr("%1 shows neither the old value nor one of a test: somebody has "
                                                     "changed it since. Look at it by hand.")
                                                .arg(routeName(*entry.read)));
    ActiveRequest back{.method = entry.create.method.toLatin1(), .url = *writeAt};
    back.routeName = entry.create.path;
    back.headers.push_back({"Content-Type", entry.contentType});
    back.body = bodyFor(entry, *shown);
    back.writes = true;
    back.timeoutMs = std::max(1, static_cast<int>(deadline.remaining().count()));
    const auto done = session.ask(back);
    if (!done)
        return tl::unexpected<Error>(done.error());
    const auto after = read();
    if (!after)
        return tl::unexpected<Error>(after.error());
    if (done->status < 400 && isOldValue(entry, shownValue(entry, *after)))
        return {};
    const QStringList unseen = done->status < 400 ? unseenMembers(entry, *after) : QStringList();
    if (!unseen.isEmpty())
        return tl::unexpected<Error>(unseenError(entry, unseen, true));
    return failure(ErrorKind::Protocol, Text::tr("It could not be put back (status %1). Put the old value back by "
                                                 "hand.")
                                            .arg(done->status));
}

} // namespace cockpit
