// Links that came by mail, for the checks that try them: a letter that sets a new password, an invitation; and a
// one-time code, which may have come by text message or from an authenticator app as well. A desktop program cannot
// read a mailbox, so a person pastes them. They are secrets, and stand beside the password in the keychain entry of the
// account whose mailbox it is, as values of their own (holeValuesOf()):
//     {"password":"…","reset_link":"https://…","invite_link":"https://…","one_time_code":"123456"}
// On a build server each can be in a variable of its own (models/access/secretvariable.h).
#pragma once

#include "models/access/actor.h"
#include "models/target.h"

#include <QUrl>

#include <array>
#include <optional>

namespace cockpit {

// What a person takes out of that mailbox: links, the address that the invitation was for, and a code.
enum class MailedValue { Reset, SecondReset, OldReset, Invite, SecondInvite, OldInvite, InvitedMail, Code };
inline constexpr std::array kMailedValues{
    MailedValue::Reset,        MailedValue::SecondReset, MailedValue::OldReset,    MailedValue::Invite,
    MailedValue::SecondInvite, MailedValue::OldInvite,   MailedValue::InvitedMail, MailedValue::Code,
};
// Its name in the keychain entry: "reset_link", "reset_link_2", "old_reset_link", "invite_link", …,
// "invite_mail", "one_time_code".
QString toWord(MailedValue value);
// "Link of the second letter for a new password".
QString labelOf(MailedValue value);

enum class MailedTopic { NewPassword, Invitation, OneTimeCode };
MailedTopic topicOf(MailedValue value);

// The link holds a secret: it lives in memory alone, and is never shown.
struct MailedLink
{
    QUrl url;
    QString token;
};

// The token is the longest value of the query or fragment, else the last part of the path. Nothing for text that is no
// web address, or has none.
std::optional<MailedLink> mailedLinkIn(const QString &text);
// Whether it leads to a host of the target: nothing is sent elsewhere.
bool isOfTarget(const MailedLink &link, const Target &target);
// The host that letters must not name, and which access.reset-link names when it asks for one; nobody can own it
// (RFC 2606). A letter whose link leads there proves the fault.
QString poisonHost();
// Whether what a person pasted can be that. BadInput with a sentence that says what to paste instead, for a link
// without a token, for one that leads to a host that is neither the target's nor poisonHost(), for what is no address
// and for what is no code; the sentence never repeats what was pasted.
[[nodiscard]] Result<void> checkedMailed(MailedValue value, const QString &text, const Target &target);

// Letters to it can be read and links in them be tried: it may be locked out, signs in with a password that is typed,
// and its user name is an address of mail.
bool canTryMailedLinks(const TestActor &actor);
// The account whose entry has the links: the first such one; null without.
const TestActor *mailboxActorIn(const std::vector<TestActor> &actors);

// Of the values of an entry, those that came by mail and are not empty.
HoleValues mailedValuesOf(const HoleValues &values);
// The keychain entry with these in the place of those of the same name; an empty one takes it out. The others stay.
Secret withMailedValues(const Secret &entry, const HoleValues &mailed);

} // namespace cockpit
