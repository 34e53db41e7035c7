// The routes that strangers knock at, and those that cost something each time: what a route is by its method and the
// words of its path. Pure.
#pragma once

#include "models/projectstate.h"

#include <QString>

#include <optional>

namespace cockpit {

enum class EntryKind {
    Login,
    SignUp,
    Forgot,    // asks for a reset link
    MagicLink, // asks for a link or a code to sign in with
    Discovery, // asks by which way somebody signs in
    Lookup,    // shows who has an account to whoever asks ; entryKindOf() names none so
    ResetPassword,
    Invite,
    AcceptInvite,
    OnceOnly, // what counts once: a coupon, a vote
    Webhook,
    Chat,
    Upload,
    Heavy, // an export, a report, a search
};
QString toWord(EntryKind value);

// Nothing for an ordinary route.
std::optional<EntryKind> entryKindOf(const Route &route);

// Asked there, products send a letter by mail: with a link or a code, to confirm a sign-up, or as an invitation.
bool sendsLetters(EntryKind kind);

} // namespace cockpit
