// Values that look like secrets, and of which their form or their name says that they are none. Internal to the folder.
#pragma once

#include <string_view>

namespace cockpit {

// What is kept in place of a password, and what nobody signs in with: the forms of PostgreSQL and MySQL, which SQL
// takes too ("ALTER ROLE app PASSWORD 'SCRAM-SHA-256$…'"), bcrypt, Argon2, PBKDF2, scrypt and those of crypt(3).
bool isPasswordHash(std::string_view value);

// By the name that stands before the value, within what the pattern matched from matchStart on. In XML a name that is
// of something else: <NextContinuationToken> and <page-token> (the next page of a list), <publicKeyToken> (who made an
// assembly of .NET).
bool isNamedForOther(std::string_view before, size_t matchStart);

// Hexadecimal digits of a length that hashes have (MD5, SHA-1, SHA-256), as the value of a column of passwords, with
// the whole "UPDATE table SET … password = '" directly before it. Not of a column of keys or tokens: those are kept as
// they are.
bool isHashOfColumn(std::string_view before, std::string_view value);

} // namespace cockpit
