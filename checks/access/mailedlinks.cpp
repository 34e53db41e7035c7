#include "checks/access/mailedlinks.h"

#include "checks/engine/activegate.h"
#include "models/access/secretvariable.h"

#include <QCoreApplication>

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
    owner.actor = mailboxActorIn(look.facts.actors);
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

QString howToPaste(const TestActor &actor, const QList<MailedValue> &values)
{
    QStringList labels;
    QStringList variables;
    for (const MailedValue value : values) {
        labels << u"\u201c%1\u201d"_s.arg(labelOf(value));
        variables << QString::fromLatin1(mailedVariable(actor, value));
    }
    return Text::tr("Paste links that were never opened on the page Identity and access, under Test accounts, Mailed "
                    "links, as %1 (on a build server: into the variables %2). Then check again.")
        .arg(labels.join(u", "_s), variables.join(u", "_s));
}

QString howToHandInCode(const TestActor &actor)
{
    return Text::tr(
               "Type a code that was not used on the page Identity and access, under Test accounts, Mailed links, "
               "as \u201c%1\u201d (on a build server: into the variable %2), then check this line again at once: a "
               "code of an authenticator app lives for half a minute, one of a letter for some minutes.")
        .arg(labelOf(MailedValue::Code), QString::fromLatin1(mailedVariable(actor, MailedValue::Code)));
}

} // namespace cockpit
