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

} // namespace cockpit
