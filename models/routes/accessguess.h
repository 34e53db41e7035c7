// Who may call an address, as far as its name tells.
#pragma once

#include "models/vocabulary.h"

#include <QString>

namespace cockpit {

enum class AddressKind {
    Call, // made by code: an API
    Page, // linked or opened by people
};

// A guess that a person has to confirm: "/admin/users" is for administrators, "/api/login" and "/pricing" for
// everybody, other calls for whoever has signed in.
AccessClass guessedAccess(const QString &path, AddressKind kind);

// Its name says that strangers are meant to reach it: to sign in, to see whether the service lives, to read what is
// published. A name of what belongs to members wins: /orders/{id}/status.
bool isNamedForEverybody(const QString &path, AddressKind kind);

} // namespace cockpit
