// Values that stand for a secret and are none.
#pragma once

#include <string_view>

namespace cockpit {

// EXAMPLE, your_…, xxxx, ${…}, {{…}}, process.env, runs of one character or of the alphabet, true, null and the like;
// the samples of well-known documentations, and the address of a database on the reader's own machine. Of an address
// the password decides, and a weak one of a host that everybody can ask is none (weakpassword.h). No copy of the value
// is made.
bool standsForSecret(std::string_view value);

// The same of any setting, from the same list: a value that is no secret may hold more words of its own, so fewer of
// them count. Of an address without a password its host decides.
bool standsForSetting(std::string_view value);

// What somebody chose of an address: its password, or its user where there is none. Of anything else the whole value.
std::string_view chosenPart(std::string_view value);

// An address with a password whose host is one word, such as "db": a name that only the machines of one composed
// network can ask for.
bool isOnInnerHost(std::string_view value);

// Shannon entropy in bits per byte.
double entropyOfBytes(std::string_view value);

} // namespace cockpit
