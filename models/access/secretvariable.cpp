#include "models/access/secretvariable.h"

namespace cockpit {

namespace {

QByteArray variableOf(const QByteArray &beginning, const TestActor &actor)
{
    QByteArray name = beginning;
    for (const QChar c : actor.name.toUpper()) {
        const bool isUsable = (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
        name += isUsable ? c.toLatin1() : '_';
    }
    return name;
}

} // namespace

QByteArray secretVariable(const TestActor &actor)
{
    return variableOf("LAUNCH_COCKPIT_SECRET_", actor);
}

// What it is comes first: behind the name, "Anna" and "Anna old" would share one.
QByteArray mailedVariable(const TestActor &actor, MailedValue value)
{
    switch (value) {
    case MailedValue::Reset:
        return variableOf("LAUNCH_COCKPIT_RESET_LINK_", actor);
    case MailedValue::SecondReset:
        return variableOf("LAUNCH_COCKPIT_SECOND_RESET_LINK_", actor);
    case MailedValue::OldReset:
        return variableOf("LAUNCH_COCKPIT_OLD_RESET_LINK_", actor);
    case MailedValue::Invite:
        return variableOf("LAUNCH_COCKPIT_INVITE_LINK_", actor);
    case MailedValue::SecondInvite:
        return variableOf("LAUNCH_COCKPIT_SECOND_INVITE_LINK_", actor);
    case MailedValue::OldInvite:
        return variableOf("LAUNCH_COCKPIT_OLD_INVITE_LINK_", actor);
    case MailedValue::InvitedMail:
        return variableOf("LAUNCH_COCKPIT_INVITE_MAIL_", actor);
    case MailedValue::Code:
        return variableOf("LAUNCH_COCKPIT_ONE_TIME_CODE_", actor);
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
