#include "checks/access/shownvalue.h"

#include "checks/actors/routeaddress.h"
#include "checks/actors/writeanswer.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeftValue)
};

} // namespace

QStringList unseenMembers(const JournalEntry &entry, const HttpResponse &shown)
{
    const QJsonObject old = QJsonDocument::fromJson(entry.oldBody).object();
    const QJsonObject now = QJsonDocument::fromJson(currentJson(entry.oldBody, shown)).object();
    QStringList unseen;
    for (auto it = old.begin(); it != old.end(); ++it) {
        if (!now.contains(it.key()))
            unseen.append(it.key());
        else if (now.value(it.key()) != it.value())
            return {};
    }
    return unseen;
}

Error unseenError(const JournalEntry &entry, const QStringList &unseen, bool wasSent)
{
    const QString said = wasSent
                             ? Text::tr("The old value was sent, but %1 does not show %2, so that nobody could see "
                                        "whether it is as it was. Look at it as an administrator, and then take this "
                                        "off the list.")
                             : Text::tr("%1 does not show %2, so that nobody could see whether it is as it was, and "
                                        "nothing was sent. Look at it as an administrator, put it right by hand, and "
                                        "then take this off the list.");
    return {ErrorKind::Protocol, said.arg(routeName(*entry.read), unseen.join(QStringLiteral(", ")))};
}

} // namespace cockpit
