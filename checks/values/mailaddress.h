// E-mail addresses of people.
#pragma once

#include "checks/values/span.h"

#include <string_view>
#include <vector>

namespace cockpit {

// The whole text is one. Mailboxes that companies print on every page (info@, support@) are nobody's, and
// "logo@2x.png" is a picture.
bool isMailOfPerson(std::string_view text);

// Those in a text, also with the sign written "%40". Left out: addresses of examples, the user and host of an address
// with a scheme ("postgres://user:…@host"), and git's and npm's own uses of the sign.
std::vector<ValueSpan> mailsOfPeopleIn(std::string_view text);

} // namespace cockpit
