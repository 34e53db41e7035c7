// Values that look like secrets, and of which their form or their name says that they are none. Internal to the folder.
#pragma once

#include <string_view>

namespace cockpit {

// What is kept in place of a password, and what nobody signs in with: the forms of PostgreSQL and MySQL, which SQL
// takes too ("ALTER ROLE app PASSWORD 'SCRAM-SHA-256$…'"), bcrypt, Argon2, PBKDF2, scrypt and those of crypt(3).
bool isPasswordHash(std::string_view value);

// By what stands before the value, and of that by what the pattern matched. In XML a name that is of something else:
// <NextContinuationToken> (the next page of a list), <publicKeyToken> (who made an assembly of .NET). In "UPDATE … SET
// password =" the digits of a hash.
bool saysNoSecret(std::string_view before, size_t matchStart, std::string_view value);

} // namespace cockpit
