#include "checks/access/mailedlinks.h"

#include "checks/actors/entrypoints.h"
#include "checks/engine/activegate.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MailedLinks)
};

} // namespace

MailboxOwner mailboxOwnerOf(const Look &look)
{
    MailboxOwner owner;
    const ActiveGate *gate = look.seen.active();
    for (const TestActor &actor : look.facts.actors) {
        if (!owner.actor && actor.isThrowAway && actor.userName.contains(u'@') && loginOf(actor))
            owner.actor = &actor;
    }
    if (!owner.actor) {
        owner.missing = Text::tr("Needs a test account that nobody else uses, marked as one that may be locked, whose "
                                 "user name is an address of mail that you can read.");
        return owner;
    }
    const Secret *entry = gate ? gate->secretOf(owner.actor->id) : nullptr;
    if (!entry) {
        owner.missing = Text::tr("No password is known for %1.").arg(owner.actor->name);
        return owner;
    }
    owner.values = holeValuesOf(*entry);
    owner.password = owner.values[u"password"_s];
    return owner;
}

PastedLink pastedLink(const MailboxOwner &owner, const QString &name)
{
    const auto value = owner.values.find(name);
    if (value == owner.values.end() || value->second.isEmpty())
        return {};
    PastedLink pasted{.link = mailedLinkIn(QString::fromUtf8(value->second.reveal()))};
    if (!pasted.link)
        pasted.problem = Text::tr("What was pasted as %1 is no link with a token in it.").arg(name);
    return pasted;
}

QString howToPaste(const QString &accountName, const QStringList &names)
{
    return Text::tr("Put the links beside the password of %1, as %2, and check again: the value of its entry is then "
                    "{\"password\":\"…\",\"%3\":\"https://…\"}.")
        .arg(accountName, names.join(u", "_s), names.constFirst());
}

bool isOfTarget(const MailedLink &link, const Target &target)
{
    const QString host = hostOf(link.url);
    return std::ranges::any_of(target.hosts, [&](const Host &one) { return one.name == host; });
}

QString poisonHost()
{
    return u"launch-cockpit-check.example.com"_s;
}

} // namespace cockpit
